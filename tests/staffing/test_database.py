"""What the database refuses the web role of cases, openings and candidates, whatever the program would say."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import Error, transaction

from apps.core.tenancy import NATION, Scope, entered
from apps.staffing.models import Case, CaseAct, CaseState
from tests.core.tables import changed
from tests.factories import user_of
from tests.staffing.conftest import Place

PlaceOf = Callable[..., Place]
RAISED, DENIED = "P0001", "42501"
MOVES = {
    "open": {"returned", "done", "refused", "withdrawn"},
    "returned": {"open", "withdrawn"},
    "done": {"withdrawn"},
    "refused": set[str](),
    "withdrawn": set[str](),
}


def brought_to(place: Place, state: str) -> Case:
    """A case in a state, by what the program itself does."""
    case = place.nominate("member", health=state != "returned")
    if state in ("done", "refused"):
        place.act("county_office", case, "plain", outcome=state, remark="理由")
    if state == "withdrawn":
        with entered(Scope(area=NATION)):
            Case.objects.filter(pk=case.pk).update(state="withdrawn")
    case.refresh_from_db()
    assert case.state == state
    return case


@pytest.mark.parametrize("state", CaseState.values)
def test_only_legal_moves(place_of: PlaceOf, state: str) -> None:
    case = brought_to(place_of("tongwei"), state)
    for after in CaseState.values:
        allowed = after in MOVES[state] or after == state
        found = changed("UPDATE staffing_case SET state = %s WHERE id = %s", [after, case.pk])
        assert found == (1 if allowed else RAISED), (state, after)


@pytest.mark.parametrize(
    "column",
    [
        "area = 'C621121100202'", "matter = 'recall'", "person = 'x'", "unit_id = unit_id + 1", "opening_id = NULL",
        "by = 'x'", "rule = '{}'", "name = 'x'", "roles = '{leader}'", "round = 2", "place = 'x'", "reason = 'x'",
    ],
)  # fmt: skip
def test_what_was_sent_stays_while_it_is_under_way(place_of: PlaceOf, column: str) -> None:
    case = place_of("tongwei").nominate("member")
    assert changed(f"UPDATE staffing_case SET {column} WHERE id = %s", [case.pk]) == RAISED


def test_a_posting_is_written_once(place_of: PlaceOf) -> None:
    place = place_of("tongwei")
    case = place.place(place.reviewed("member"))
    assert changed("UPDATE staffing_case SET posting_id = NULL WHERE id = %s", [case.pk]) == RAISED
    assert changed("UPDATE staffing_case SET team_id = NULL WHERE id = %s", [case.pk]) == RAISED


@pytest.mark.parametrize(
    "column", ["area = 'C621121100202'", "person = 'x'", "id_number = ''", "birth = birth - 1", "case_id = case_id + 1"]
)
def test_a_candidate_stays_the_same_person(place_of: PlaceOf, column: str) -> None:
    case = place_of("tongwei").nominate("member")
    assert changed(f"UPDATE staffing_candidate SET {column} WHERE case_id = %s", [case.pk]) == RAISED


def test_acts_and_declarations_are_never_changed_and_nothing_is_removed(place_of: PlaceOf) -> None:
    place_of("kunming", "city").nominate("member")
    for table in ("staffing_caseact", "staffing_declaration"):
        assert changed(f"UPDATE {table} SET day = day") == DENIED
        assert changed(f"DELETE FROM {table}") == DENIED
    for table in ("staffing_case", "staffing_opening", "staffing_candidate"):
        assert changed(f"DELETE FROM {table}") == RAISED


def test_an_opening_that_is_filled_or_cancelled_stays_so_and_keeps_what_it_waits_for(place_of: PlaceOf) -> None:
    place = place_of("tongwei")
    filled = place.place(place.reviewed("member")).opening_id
    for state in ("open", "cancelled"):
        assert changed("UPDATE staffing_opening SET state = %s WHERE id = %s", [state, filled]) == RAISED
    opening = place.opening("member")
    for column in ("area = 'C621121100202'", "roles = '{leader}'", "why = 'recall'", "since = since - 1"):
        assert changed(f"UPDATE staffing_opening SET {column} WHERE id = %s", [opening.pk]) == RAISED


def test_nobody_records_an_act_on_his_own_case_nor_for_another_person(place_of: PlaceOf) -> None:
    place = place_of("tongwei")
    case = place.nominate("member")
    himself = user_of("本人", person=case.person)
    told = {
        "area": case.area,
        "case": case,
        "person": case.person,
        "unit": place.unit,
        "round": 1,
        "key": "plain",
        "label": "核定",
        "outcome": "done",
        "office": "county_office",
        "body": "county_office",
        "name": "本人",
        "user": himself,
        "day": "2026-09-02",
    }
    other = place.offices["county_office"].user
    wrongs = ({}, {"user": other, "office": "cadre"}, {"user": other, "person": "x" * 32}, {"user": other, "round": 2})
    for wrong in wrongs:
        with pytest.raises(Error), transaction.atomic():
            CaseAct.objects.create(**{**told, **wrong})
    assert CaseAct.objects.create(**{**told, "user": other}).pk

"""Row-level security at work: what a connection sees and may write without a scope, and in each kind of scope."""

from __future__ import annotations

import pytest

from apps.amendments.models import Amendment
from apps.attendance.models import DaySpan, SheetSignature
from apps.cadres.models import Cadre
from apps.core.tenancy import NATION, Scope, entered
from apps.jurisdictions.models import Village, VillageClassSpan, VillageMeasure, VillageNeed
from apps.leave.models import DutyDay, LeaveDue, LeaveFiling, RestPlan
from apps.ledgers.models import LedgerLine, LedgerRemark, Tally
from apps.notices.models import Notice, NoticeValue
from apps.staffing.models import Departure, Handover, HandoverParty, PartyRelation, VillageSecretary
from apps.teams.models import HelpingUnit, Posting, Team
from tests.core.classes import TENANT
from tests.core.tables import changed, count, run, said, samples
from tests.world import COUNTY, FAR_TOWNSHIP, TOWNSHIP, World

REFUSED = "42501"  # insufficient_privilege: also what a policy's WITH CHECK answers
REFUSALS = (REFUSED, "P0001")  # by its policy, or already by a trigger that finds nothing it may rest on
GARBAGE = {"app.area": "'; --", "app.area_end": "'", "app.unit": "1 OR 1=1", "app.person": "%", "app.team": "9" * 40}
GARBAGE |= {"app.notice": "' OR true --"}
NO_SCOPES = {
    "nothing said": {},
    "garbage": GARBAGE,
    "a begin without an end": {"app.area": "C"},
    "an end without a begin": {"app.area_end": "D"},
    "an empty range": {"app.area": "C53", "app.area_end": "C53"},
    "numbers that are none": {"app.unit": "x", "app.team": "-1"},
    "a unit beyond all numbers": {"app.unit": "9" * 18},
}


@pytest.fixture
def filled(world: World) -> World:
    """The world with at least one row in every tenant table."""
    with entered(Scope(area=NATION)):
        for model, column in ((Village, "name"), (Team, "name"), (Posting, "name"), (Cadre, "rank")):
            model.objects.within(COUNTY).update(**{column: "改过"})
        for known in (VillageClassSpan, VillageMeasure, VillageNeed, DutyDay, RestPlan, LeaveDue, NoticeValue):
            known.objects.within(COUNTY).update(by="改过")
        for known in (Handover, PartyRelation, HelpingUnit):
            known.objects.within(COUNTY).update(by="改过")
        Departure.objects.within(COUNTY).update(number="改过")
        HandoverParty.objects.within(COUNTY).update(note="改过")
        VillageSecretary.objects.within(COUNTY).update(reason="改过")
        DaySpan.objects.within(COUNTY).update(document="改过")
        Amendment.objects.within(COUNTY).update(remark="改过")
        SheetSignature.objects.within(COUNTY).update(office="改过")
        LeaveFiling.objects.within(COUNTY).update(unit=world.unit, person=world.member.person)
        moved = LedgerLine.objects.within(COUNTY).filter(ledger=world.submitted)[0]
        Tally.objects.create(area=moved.area, posting_id=moved.posting_id, month=moved.month, ytd=moved.ytd)
        LedgerRemark.objects.create(area=TOWNSHIP, ledger_id=world.submitted, text="请核对", by="某人")
    return world


@pytest.mark.parametrize("scope", NO_SCOPES)
def test_without_a_scope_no_row_is_seen_and_none_can_be_written(filled: World, scope: str) -> None:
    rows = samples(TENANT)
    with said(NO_SCOPES[scope]):
        for table, row in rows.items():
            assert count(table) == 0, table
            assert changed(f"UPDATE {table} SET area = area") in (0, REFUSED), table
            assert changed(f"DELETE FROM {table}") in (0, REFUSED), table
            insert = f"INSERT INTO {table} SELECT * FROM json_populate_record(null::{table}, %s::json)"
            assert changed(insert, [row]) in REFUSALS, table


def test_an_area_sees_and_writes_its_own_rows_only(filled: World) -> None:
    rows = samples(TENANT)
    with entered(Scope(area=FAR_TOWNSHIP)):
        for table, row in rows.items():
            assert run(f"SELECT count(*) FROM {table} WHERE NOT starts_with(area, %s)", [FAR_TOWNSHIP]) == [(0,)]
            if COUNTY in row:
                insert = f"INSERT INTO {table} SELECT * FROM json_populate_record(null::{table}, %s::json)"
                assert changed(insert, [row]) in REFUSALS, table
        assert changed("UPDATE teams_team SET area = %s", [f"{TOWNSHIP}999"]) == REFUSED, "no row is given away"


def test_units_persons_teams_and_the_public_read_their_rows_and_never_write(filled: World) -> None:
    with entered(Scope(area=NATION)):
        token = Notice.objects.get(pk=filled.notice).token
    scopes = {
        "notice": (Scope(notice=token), token),
        "unit": (Scope(unit=filled.unit.pk), filled.unit.pk),
        "person": (Scope(person=filled.member.person), filled.member.person),
        "team": (Scope(team=filled.team.pk), filled.team.pk),
    }
    rows = samples(TENANT)
    for kind, (scope, value) in scopes.items():
        with entered(scope):
            for table, readers in TENANT.items():
                column = readers.get(kind)
                if column is None:
                    assert count(table) == 0, (kind, table)
                else:
                    assert count(table) > 0, (kind, table)
                    assert run(f"SELECT count(*) FROM {table} WHERE {column} <> %s", [value]) == [(0,)], (kind, table)
                assert changed(f"UPDATE {table} SET area = area") in (0, REFUSED), (kind, table)
                assert changed(f"DELETE FROM {table}") in (0, REFUSED), (kind, table)
                insert = f"INSERT INTO {table} SELECT * FROM json_populate_record(null::{table}, %s::json)"
                assert changed(insert, [rows[table]]) in REFUSALS, (kind, table)

"""Objects named inside a body or a query: at one's own address nobody reaches through to somebody else's things."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from apps.core.tenancy import NATION, Scope, entered
from apps.ledgers.models import LedgerLine, LedgerRemark
from apps.teams.models import Posting
from tests.core.classes import TENANT
from tests.core.tables import fingerprints
from tests.world import AUGUST, CANARY, NEIGHBOUR, NOW, OCTOBER, SECOND_VILLAGE, World, browser

HERE = {"area": NEIGHBOUR, "month": OCTOBER}


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def neighbour(world: World) -> Client:
    return browser(world.strangers["another township"])


def own_posting() -> int:
    with entered(Scope(area=NEIGHBOUR)):
        return Posting.objects.get().pk


def test_a_line_of_another_township_is_not_saved_beside_ones_own(world: World, neighbour: Client) -> None:
    before = fingerprints(TENANT)
    rows = [
        {"p": own_posting(), "v": 0, "cells": {"1": [".", "V"]}},
        {"p": world.member.pk, "v": 1, "cells": {"1": ["V", "L"]}},
    ]
    response = neighbour.post(
        reverse("attendance:save", kwargs=HERE), json.dumps({"key": "k", "rows": rows}), content_type="application/json"
    )
    assert response.status_code == 404
    assert CANARY not in response.content.decode()
    assert fingerprints(TENANT) == before, "all or nothing: the own line is not saved either"


def test_a_record_is_not_made_for_a_person_of_another_township(world: World, neighbour: Client) -> None:
    before = fingerprints(TENANT)
    body = {
        "posting": world.member.pk,
        "kind": "official_trip",
        "first": "2026-10-20",
        "last": "2026-10-20",
        "reason": "外出",
    }
    assert neighbour.post(reverse("attendance:spans", kwargs=HERE), body).status_code == 404
    assert fingerprints(TENANT) == before


def test_a_team_of_another_township_is_not_opened_through_ones_own_ledger(world: World) -> None:
    """The owner's clerk names a neighbour's team; only his own can be opened."""
    with entered(Scope(area=NEIGHBOUR)):
        foreign = Posting.objects.get().team_id
    before = fingerprints(["teams_teammonth"])
    body = {"team": [foreign], "reason": "登记有误，需要更正"}
    browser(world.user("township_clerk")).post(reverse("ledgers:reopen", kwargs={"ledger": world.draft}), body)
    assert fingerprints(["teams_teammonth"]) == before


def test_a_remark_on_a_line_of_another_ledger_is_refused(world: World) -> None:
    with entered(Scope(area=NATION)):
        lines = LedgerLine.objects.filter(ledger_id=world.submitted)
        other = Posting.objects.exclude(pk__in=lines.values("posting")).values_list("pk", flat=True).first()
        own = lines.values_list("posting", flat=True).first()
    assert own and other
    county = browser(world.user("county_office"))
    at = reverse("ledgers:review", kwargs={"ledger": world.submitted})
    body = {"decision": "return", f"remark-{own}": "请核对", f"remark-{other}": "请核对"}
    assert county.post(at, body).status_code == 404
    with entered(Scope(area=NATION)):
        assert not LedgerRemark.objects.exists()


def test_a_team_leader_changes_no_other_teams_lines_of_his_township(world: World) -> None:
    before = fingerprints(["attendance_sheetline"])
    leader = browser(world.strangers["another team"])
    edit = {"p": world.member.pk, "v": 1, "cells": {"1": ["V", "L"]}}
    at = reverse("attendance:save", kwargs={"area": SECOND_VILLAGE, "month": OCTOBER})
    response = leader.post(at, json.dumps({"key": "k", "rows": [edit]}), content_type="application/json")
    assert response.status_code == 404
    assert fingerprints(["attendance_sheetline"]) == before


@pytest.mark.parametrize("query", ["area=C530113102", "area=C5", "area=%27", "area=C62&month=2026-07", "area=C"])
def test_a_filter_for_another_area_lists_nothing_of_it(world: World, neighbour: Client, query: str) -> None:
    for path in ("/ledgers/", "/api/v1/ledgers/", "/rollup/", "/sheet/", "/"):
        assert CANARY not in neighbour.get(f"{path}?{query}").content.decode()
        assert "汤丹镇" not in neighbour.get(f"{path}?{query}").content.decode()


def test_a_sheet_of_another_month_of_ones_own_area_is_all_one_sees(world: World, neighbour: Client) -> None:
    data = neighbour.get(reverse("attendance:data", kwargs={"area": NEIGHBOUR, "month": AUGUST})).json()
    assert [row["name"] for row in data["rows"]] == [f"外人{NEIGHBOUR}201"]

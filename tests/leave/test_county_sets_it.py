"""A county whose city leaves the procedure to it: nothing can be asked for until it has said how, then by its numbers.

The county's two pages are invented; they are published as a county would publish them.
"""

from __future__ import annotations

from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from apps.core.errors import Refused
from apps.core.tenancy import NATION, Scope, entered
from apps.leave.models import LeaveFiling
from apps.leave.selectors.plan import leave_plan
from tests.factories import posting_of, team_of
from tests.leave.conftest import AREAS, TOWNSHIPS, VILLAGE, Clock, Place, place_build
from tests.leave.table import DELEGATED

MONDAY = date(2026, 9, 7)
PACK = """
code: twostage
title: 驻村干部请销假办法
number: 府驻发〔2026〕1号
issuer: 县委农村工作领导小组
level: county
area: {area}
effective: 2026-01-01
inherits: {inherits}
see: [TS-1]
"""
PROCEDURES = """
procedures:
  leave_short:
    label: 请假{short}天以内
    matter: leave
    counted: workday
    days: {{up_to: {short}}}
    steps: [{{apply: cadre}}, {{approve: township_leader}}]
    clause: TS-2
  leave_long:
    label: 请假{short}天以上
    matter: leave
    counted: workday
    days: {{over: {short}}}
    steps: [{{apply: cadre}}, {{agree: township_secretary}}, {{approve: county_office}}]
    filings: [{{to: [dispatch_unit], after: approve}}]
    clause: TS-3
  leave_reported:
    label: 丧假
    matter: leave
    kinds: [丧假]
    steps: [{{apply: cadre}}]
    filings: [{{to: [township_clerk], after: start}}]
    clause: TS-4
"""
CLAUSES = """
source: {code: TS, title: 驻村干部请销假办法, number: 府驻发〔2026〕1号}
clauses:
  - {id: TS-1, article: 第1条, topic: scope, binds: [team], modality: must, kind: record, gist: 适用于全县}
  - {id: TS-2, article: 第2条, topic: leave, binds: [team], modality: must, kind: workflow, gist: 短假由分管领导批}
  - {id: TS-3, article: 第3条, topic: leave, binds: [team], modality: must, kind: workflow, gist: 长假由书记同意后报县办批}
  - {id: TS-4, article: 第4条, topic: leave, binds: [team], modality: must, kind: workflow, gist: 丧假报乡镇即可}
"""


@pytest.fixture
def county(clock: Clock) -> Place:
    with entered(Scope(area=NATION)):
        return place_build(TOWNSHIPS["yulin"])


def published(folder: Path, short: int, inherits: str = "yulin") -> None:
    pack = PACK.format(inherits=inherits, area=AREAS[inherits][:7])
    for name, text in (("pack", pack), ("procedures", PROCEDURES.format(short=short)), ("clauses", CLAUSES)):
        (folder / f"{name}.yaml").write_text(text.lstrip(), "utf-8")
    with entered(Scope(area=NATION)):
        publish(folder)


def publish(folder: Path) -> None:
    """What two people do by command: propose, rehearse, publish."""
    call_command("rules", "publish", str(folder), "--by", "王某", "--confirmed-by", "李某", stdout=StringIO())


@pytest.mark.clause("YL-7.2.3-9", "CN-4.2-2")
@pytest.mark.parametrize("short", [2, 5])
def test_once_the_county_has_said_how_leave_goes_its_way(county: Place, tmp_path: Path, short: int) -> None:
    with pytest.raises(Refused) as refusal:
        county.ask("member", MONDAY, MONDAY)
    assert [finding.clause for finding in refusal.value.findings] == ["YL-7.2.3-9"]
    published(tmp_path, short)
    brief = county.ask("member", MONDAY, MONDAY + timedelta(days=short - 1))
    assert (brief.rule["clause"], brief.rule["pack"], brief.returning) == ("TS-2", "twostage", None)
    assert county.act("township_leader", brief, "approve").state == "granted"
    long = county.ask("other", MONDAY, MONDAY + timedelta(days=7 if short == 5 else short))
    assert (long.rule["clause"], long.workdays) == ("TS-3", short + 1)
    county.act("township_secretary", long, "agree")
    assert county.act("county_office", long, "approve").state == "granted"
    with entered(county.offices["unit_liaison"].scope):
        assert LeaveFiling.objects.get().request_id == long.pk


@pytest.mark.clause("YL-7.2.3-9", "CN-4.2-2")
@pytest.mark.parametrize("role", ["leader", "member"])
@pytest.mark.parametrize("pack", ["yulin", "central"])
def test_the_countys_numbers_hold_over_weekends_holidays_and_the_year_end(
    clock: Clock, tmp_path: Path, pack: str, role: str
) -> None:
    published(tmp_path, 3, pack)
    found, expected = {}, {}
    with entered(Scope(area=NATION)):
        posting = posting_of(team_of(AREAS[pack] + VILLAGE), "请假的人", role)
        for line in DELEGATED.strip().splitlines():
            start, days, workdays, clause = map(str.strip, line.split("|"))
            first = date.fromisoformat(start)
            last = first + timedelta(days=int(days) - 1)
            plan = leave_plan(posting=posting, kind="事假", first=first, last=last, today=date(2026, 9, 2))
            filed = [filing.clause for filing in plan.filings]
            found[start, days] = (plan.own.workdays, plan.rule and plan.rule["clause"], len(plan.steps), filed)
            long = clause == "TS-3"
            expected[start, days] = (int(workdays), clause, 3 if long else 2, ["TS-3"] if long else [])
    assert found == expected


@pytest.mark.clause("YL-7.2.3-9")
def test_days_count_as_the_county_counts_them(county: Place, tmp_path: Path) -> None:
    """Eight days over the National Day hold one workday."""
    published(tmp_path, 2)
    request = county.ask("member", date(2026, 10, 1), date(2026, 10, 8))
    assert (request.days, request.workdays, request.rule["clause"]) == (8, 1, "TS-2")


def test_a_leave_that_is_only_reported_is_granted_with_the_report(county: Place, tmp_path: Path) -> None:
    published(tmp_path, 2)
    request = county.ask("member", MONDAY, MONDAY + timedelta(days=2), kind="丧假")
    assert (request.state, request.rule["clause"]) == ("granted", "TS-4")
    with entered(county.offices["township_clerk"].scope):
        assert (filing := LeaveFiling.objects.get()).to == "township_clerk" and filing.state == "granted"


def test_a_request_keeps_the_procedure_it_was_sent_under(county: Place, tmp_path: Path) -> None:
    """The county changes its mind while a request is under way: the one sent before goes the way it began."""
    published(tmp_path, 5)
    request = county.ask("member", MONDAY, MONDAY + timedelta(days=2))
    (tmp_path / "procedures.yaml").write_text(PROCEDURES.format(short=2).lstrip(), "utf-8")
    with entered(Scope(area=NATION)):
        publish(tmp_path)
    later = county.ask("other", MONDAY, MONDAY + timedelta(days=2))
    assert (request.rule["clause"], later.rule["clause"]) == ("TS-2", "TS-3")
    assert request.rule["version"] != later.rule["version"]
    assert county.act("township_leader", request, "approve").state == "granted"

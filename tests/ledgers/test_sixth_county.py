"""A county that nobody has seen: one folder of YAML, written from two invented pages, and the month runs by it.

The regulation is tests/rules/packs/yunshan/regulation.txt.  Nothing in the product names this county.
"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command

from apps.attendance.selectors import sheet_context, sheet_rows
from apps.attendance.services import LineEdit, sheet_save
from apps.core.errors import Refused
from apps.jurisdictions.models import Division, RulePack
from apps.jurisdictions.selectors import law_of
from apps.ledgers.models import LedgerLine
from apps.ledgers.selectors.chain import frozen_book
from apps.ledgers.services import month_close
from apps.rules.language.chains import chain_for
from apps.rules.language.composition import set_findings
from apps.rules.language.counters import count, mark_events
from apps.rules.language.entitlements import Claim, due, quantity
from apps.rules.language.formulas import evaluate
from apps.rules.language.fulfilment import Recorded, fulfilment, occurrences
from apps.rules.language.ladders import proposals
from apps.rules.language.on_duty import Member, leave_findings
from apps.rules.language.points import Entry, balance
from apps.rules.language.proposals import Occasion
from apps.rules.language.quotas import Candidate, allocate
from apps.rules.language.selectors import Case
from apps.rules.language.spending import Books, Spent, spending_findings
from apps.rules.language.vocabularies import graded
from apps.rules.language.windows import Stretch
from apps.rules.marks import CATEGORIES
from apps.rules.pack import Pack
from tests.factories import posting_of, team_of
from tests.ledgers.constructs import ALL, used
from tests.ledgers.month import SEPTEMBER, Walk

FOLDER = Path(__file__).parents[1] / "rules" / "packs" / "yunshan"
TOWNSHIP, DAY = "C620102001", date(2026, 9, 30)


@pytest.fixture(autouse=True)
def county(nation: None):
    with time_machine.travel("2026-10-02 09:00+08:00", tick=False):
        Division.objects.create(code=TOWNSHIP, name="酒泉路街道", level="township", parent_id=TOWNSHIP[:7])
        call_command("rules", "publish", str(FOLDER), "--by", "王某", "--confirmed-by", "李某", stdout=StringIO())
        yield


def law(construct: str, on: date = DAY) -> dict[str, Any]:
    return {key: each.rule for key, each in law_of(TOWNSHIP, construct, on).items()}


def test_it_uses_more_than_fifteen_of_the_twenty_one_constructs() -> None:
    pack = Pack.load(json.loads(RulePack.objects.get(code="yunshan").content))
    found = used(pack)
    assert len(ALL) == 21 and len(found) > 15
    assert set(ALL) - set(found) == {"states", "modality and judgement"}
    assert set(found) - set(used(pack.model_copy(update={"ladders": {}}))) == {"ladders", "effects"}
    assert set(found) - set(used(pack.model_copy(update={"regimes": {}, "inherits": None}))) == {"time", "layers"}


def test_the_month_runs_from_entry_to_acceptance_by_its_rules() -> None:
    team = team_of(f"{TOWNSHIP}201", classes=("relocation",))
    posting_of(team, "王建国", "leader", "first_secretary")
    member = posting_of(team, "李秀英")
    walk = Walk(TOWNSHIP, team)
    walk.fill()
    row = next(row for row in sheet_rows(area=TOWNSHIP, month=SEPTEMBER) if row.posting == member.pk)
    cells = sheet_context(TOWNSHIP, SEPTEMBER).cells(row)
    typed = {1: "N", 2: "N", 3: "A", 4: "A", 7: "L", 8: "T"}  # six workdays
    edit = LineEdit(member.pk, row.version, {day: (cells[day - 1], mark) for day, mark in typed.items()})
    saved = sheet_save(actor=walk.actor("township_clerk"), area=TOWNSHIP, month=SEPTEMBER, edits=[edit])
    assert saved.errors == []
    with pytest.raises(Refused) as refused:
        month_close(actor=walk.actor("township_clerk"), area=TOWNSHIP, month=SEPTEMBER)
    said = [finding.message for finding in refused.value.findings]
    assert [text.split("·")[1] for text in said] == ["队长确认队员考勤尚未办理。", "村党支部书记签字尚未办理。"]
    assert {finding.clause for finding in refused.value.findings} == {"YS-5-1"}
    walk.sign()
    walk.close()
    walk.submit()
    assert walk.accept().state == "accepted"
    line = LedgerLine.objects.get(ledger=walk.ledger(), posting=member)
    names = [measure.name for measure in frozen_book(line.ledger).presence]
    workdays = sheet_context(TOWNSHIP, SEPTEMBER).calendar.workdays(SEPTEMBER.first, SEPTEMBER.last)
    figures = {name: (line.done[place], line.due[place]) for place, name in enumerate(names)}
    # 180 in a relocation village, not 210; training, leave and absence do not count, the official trip does.
    assert figures == {
        "village_days": (None, None),
        "village_days_relocation": (workdays - 5, 180),
        "month_days": (workdays - 6, 15),
    }
    assert line.counts[CATEGORIES.index("absent")] == 2


def test_its_leave_goes_by_its_three_lengths() -> None:
    rules = law("procedures")
    chosen = [chain_for(rules, Case(roles=frozenset({"member"})), days) for days in (2, 3, 10, 11)]
    assert [chain.key for chain in chosen if chain] == ["leave_short", "leave_middle", "leave_middle", "leave_long"]
    assert [chain.clause for chain in chosen if chain] == ["YS-6-1", "YS-6-2", "YS-6-2", "YS-6-3"]


@pytest.mark.parametrize(
    ("marks", "done"),
    [("VVV", []), ("VAV", ["talk"]), ("VAA", ["grade_cap", "allowance_withheld"]), ("AAA", ["recall", "talk"])],
)
def test_absences_on_the_sheet_lead_to_what_its_text_says(marks: str, done: list[str]) -> None:
    events = mark_events(marks, date(2026, 9, 1), {"person": "李秀英"})
    counted = count(law("counters")["absences"], events, DAY, "李秀英")
    assert counted.number == marks.count("A")
    found = proposals(law("ladders")["absence"], counted.number, Occasion(event=DAY, subjects={"person": "李秀英"}))
    assert [(each.do, each.clause) for each in found] == [(what, "YS-8") for what in done]


def test_its_meetings_pause_in_the_flood_season_and_its_visits_are_counted() -> None:
    assert "fortnight_meeting" in law("duties", date(2026, 6, 14))
    assert "fortnight_meeting" not in law("duties", date(2026, 6, 15))
    assert "fortnight_meeting" in law("duties", date(2026, 9, 1))
    visits, report = law("duties")["household_visits"], law("duties")["quarter_report"]
    (september,) = occurrences(visits, Stretch(date(2026, 9, 1), DAY))
    houses = [f"户{number}" for number in range(40)]
    acts = [Recorded(date(2026, 9, 9), subject=house) for house in houses[:20]]
    told = [
        fulfilment(visits, september, some, on=date(2026, 10, 1), subjects=houses)
        for some in (acts[:19], [*acts[:19], acts[0]], acts)
    ]
    assert [(each.done, each.due, each.state) for each in told] == [
        (19, 20, "short"),
        (19, 20, "short"),
        (20, 20, "met"),
    ]
    (quarter,) = occurrences(report, Stretch(date(2026, 7, 1), DAY))
    assert quarter.due == date(2026, 9, 25)


def test_its_team_scores_grades_places_and_money() -> None:
    team = law("sets")["team"]
    three = [Member("王", frozenset({"first_secretary"})), Member("李", frozenset({"member"})), Member("赵")]
    assert set_findings(team, three) == []
    assert [finding.clause for finding in set_findings(team, three[:2])] == ["YS-3"]
    alone = [Member("王", frozenset({"first_secretary"}))]
    asked = Stretch(date(2026, 9, 7), date(2026, 9, 8))
    assert [finding.clause for finding in leave_findings(team, alone, "王", asked)] == ["YS-3"] * 2  # on both days
    points = balance(law("accounts")["quarter_points"], [Entry("praised", DAY, 3), Entry("late_task", DAY)], DAY)
    assert points.value == 80 + 10 - 3
    scored = {"points": 87, "township": 90, "villagers": Decimal("95.5"), "days_short": 0}
    score = evaluate(law("formulas")["yearly_score"], scored).value
    assert score is not None
    assert float(score) == 90.5  # 34.8 + 27 + 28.65 = 90.45
    assert graded(law("vocabularies")["yearly_grades"], score) == "优秀"
    short = evaluate(law("formulas")["yearly_score"], scored | {"days_short": 1}).value
    assert short == 59
    people = [Candidate(str(number), 100 - number) for number in range(14)]
    assert allocate(law("quotas")["excellent"], people).inside == ("0", "1")
    allowance = law("entitlements")["living_allowance"]
    assert [due(allowance, Claim(quantity(allowance, {"in_village": days}))).amount for days in (19, 20, 23)] == [
        114_000, 120_000, 120_000,
    ]  # fmt: skip
    fund = law("funds")["work_fund"]
    refused = spending_findings(fund, Spent("reception", 10_000), Books(given=1_000_000))
    assert [(finding.severity, finding.clause) for finding in refused] == [("block", "YS-13")]
    assert spending_findings(fund, Spent("visits", 10_000), Books(given=1_000_000)) == []

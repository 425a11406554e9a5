"""The compile's SQL and the pure rules say the same of every line: two ways to one number."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest
from django.core.management import call_command

from apps.core.months import Month
from apps.jurisdictions.models import Division, VillageClass
from apps.jurisdictions.selectors import book_of, calendar_of
from apps.ledgers.compile.expressions import Plan
from apps.ledgers.compile.rehearsal import differing
from apps.ledgers.compile.township import ledger_hash
from apps.ledgers.models import Ledger, LedgerLine
from apps.ledgers.selectors.figures import earlier_lines
from apps.ledgers.traces import line_result
from apps.rules.marks import LETTERS, counts, work_marks
from apps.rules.presence import Counts, Inputs, judge
from apps.rules.trace import recompute
from apps.teams.models import Posting, Team
from tests.factories import posting_of, sheet_line_of, team_of
from tests.ledgers.month import compiled

ROLES = [
    ("leader", "first_secretary"),
    ("first_secretary",),
    ("member",),
    ("agri_technician",),
    ("credit_officer",),
    ("legal_adviser",),
]
# Mostly in the village, so that floors are met, just missed and far off.
WEIGHTED = "V" * 18 + "R" * 8 + LETTERS

# An invented county with floors by the half-month, the quarter and the half-year, and in nights.
FOLDER = Path(__file__).parents[1] / "rules" / "packs" / "qingya"
QINGYA = "C620103001"
# Township, first of twelve months: a leap year, years of announcement and of none, the year in which the regulation
# began (that of the invented county inside a quarter), and a turn of the year.
CASES = [
    ("C621121100", Month(2026, 1)),
    ("C621121100", Month(2018, 1)),
    ("C610822100", Month(2024, 1)),
    ("C610822100", Month(2021, 1)),
    ("C530129101", Month(2025, 1)),
    ("C530129101", Month(2016, 1)),
    ("C511703100", Month(2026, 1)),
    ("C511703100", Month(2027, 1)),
    ("C511703100", Month(2025, 9)),
    ("C110101001", Month(2026, 1)),
    (QINGYA, Month(2026, 1)),
    (QINGYA, Month(2025, 1)),
    (QINGYA, Month(2027, 1)),
    (QINGYA, Month(2025, 8)),
]


@pytest.fixture(autouse=True)
def county(nation: None) -> None:
    Division.objects.create(code=QINGYA, name="青崖镇", level="township", parent_id=QINGYA[:7])
    call_command("rules", "publish", str(FOLDER), "--by", "王某", "--confirmed-by", "李某", stdout=StringIO())


class Kept(NamedTuple):
    """One month of somebody as typed: marks, those of workdays, nights."""

    month: Month
    marks: str
    work: str
    nights: str


def _people(rng: Random, township: str, start: Month) -> list[Posting]:
    classes = [tuple(rng.sample(VillageClass.values, rng.choice((1, 1, 2)))) for _ in range(4)]
    classes += [("poor",), ("non_poor",)]
    teams = [team_of(f"{township}{200 + i}", classes=kinds) for i, kinds in enumerate(classes)]
    found = []
    for number in range(48):
        first = start.first + timedelta(days=rng.choice((-400, 0, 0, 0, rng.randrange(365))))
        last = rng.choice((None, None, first + timedelta(days=rng.randrange(600))))
        village = teams[number % 6].village
        team = Team.objects.create(area=village.area, village=village, name=f"第{number}队")  # one leader to a team
        found.append(posting_of(team, f"人{number}", *ROLES[(number + number // 6) % 6], first=first, last=last))
    return found


def _marks(rng: Random, posting: Posting, month: Month) -> str:
    def mark(day: date) -> str:
        posted = posting.first <= day and (posting.last is None or day <= posting.last)
        return rng.choice(WEIGHTED) if posted else "-"

    return "".join(mark(day) for day in month.dates())


def _nights(rng: Random, marks: str, township: str, month: Month) -> str:
    if not book_of(township, month.last).sheet.nights:
        return ""
    return "".join(rng.choice("1110") if mark == "V" else " " for mark in marks)


def _in_post(posting: Posting, month: Month) -> bool:
    return posting.first <= month.last and (posting.last is None or posting.last >= month.first)


@pytest.mark.parametrize(("township", "start"), CASES)
def test_a_year_of_ledgers_says_of_every_person_what_the_rules_say(township: str, start: Month) -> None:
    rng = Random(f"{township}{start}")
    people = _people(rng, township, start)
    so_far: dict[int, list[Kept]] = defaultdict(list)
    seen: set[int] = set()
    for month in (start.shifted(number) for number in range(12)):
        present = [posting for posting in people if _in_post(posting, month)]
        for posting in present:
            marks = _marks(rng, posting, month)
            nights = _nights(rng, marks, township, month)
            sheet_line_of(posting, month, marks, nights)
            work = work_marks(marks, calendar_of(month.year).month_mask(month.first))
            so_far[posting.pk].append(Kept(month, marks, work, nights))
        ledger = compiled(township, month)
        assert ledger.people == len(present)
        assert ledger.hash == ledger_hash(ledger.pk)
        assert ledger.totals["nights"] == sum(so_far[posting.pk][-1].nights.count("1") for posting in present)
        for line in LedgerLine.objects.filter(ledger=ledger).select_related("posting"):
            seen |= _agrees(line, ledger, so_far[line.posting_id])
        if township == QINGYA:
            _explained(ledger)
            _rehearsed(ledger)
    if book_of(township, start.shifted(11).last).presence:
        assert len(seen) >= 3, "the cases do not reach enough different states"


def _since(so_far: list[Kept], first: date) -> Counts:
    """What was counted from a day through the last month, taken from the letters themselves."""
    held = [kept for kept in so_far if kept.month.first >= first]
    marks, work = "".join(kept.marks for kept in held), "".join(kept.work for kept in held)
    return Counts(counts(marks), counts(work), sum(kept.nights.count("1") for kept in held))


def _agrees(line: LedgerLine, ledger: Ledger, so_far: list[Kept]) -> set[int]:
    posting, now, before = line.posting, so_far[-1], so_far[-2] if len(so_far) > 1 else None
    month = now.month
    book = book_of(ledger.area, month.last)
    year, alone = _since(so_far, date(month.year, 1, 1)), _since(so_far, month.first)
    inputs = Inputs(
        roles=posting.roles,
        classes=line.classes,
        first=posting.first,
        last=posting.last,
        month=month,
        month_all=alone.all,
        month_work=alone.work,
        ytd_all=year.all,
        ytd_work=year.work,
        ytd_nights=year.nights,
        marks=now.marks,
        previous_marks=before.marks if before else None,
        nights=now.nights,
        previous_nights=before.nights if before else None,
        stretches={
            "quarter": _since(so_far, date(month.year, (month.month - 1) // 3 * 3 + 1, 1)),
            "half_year": _since(so_far, date(month.year, 1 if month.month <= 6 else 7, 1)),
        },
    )
    assert line.counts == [*alone.all, *alone.work, alone.nights]
    assert line.ytd == [*year.all, *year.work, year.nights]
    chosen = book.chosen(posting.roles, line.classes)
    for place, measure in enumerate(book.presence):
        said = judge(measure, inputs, calendar_of(month.year)) if chosen.get(measure.key) is measure else (0, 0, 0)
        stored = (line.done[place] or 0, line.due[place] or 0, line.state[place])
        assert stored == (tuple(map(int, said)) if said[2] else (0, 0, 0)), (measure.name, posting.roles, line.classes)
    return set(line.state)


def _explained(ledger: Ledger) -> None:
    """Every eighth line's figures are shown with a trace made from stored lines alone, and it recomputes to them."""
    month = Month.of(ledger.month)
    book, calendar = book_of(ledger.area, month.last), calendar_of(month.year)
    for line in LedgerLine.objects.filter(ledger=ledger)[::8]:
        earlier = earlier_lines(line)
        for place, measure in enumerate(book.presence):
            result = line_result(book, line, place, calendar, earlier)
            if result is not None:
                assert "outdated" not in result.trace, measure.name
                assert recompute(result.trace) == line.done[place]


def _rehearsed(ledger: Ledger) -> None:
    """Added up from the sheets, against rules without any measure, everybody stands as in his ledger."""
    month = Month.of(ledger.month)
    old = Plan(book_of(ledger.area, month.last), month, calendar_of(month.year))
    new = Plan(old.book.model_copy(update={"presence": ()}), month, old.calendar)
    found = {each.posting: each.old for each in differing(old, new, [ledger.area])}
    for line in LedgerLine.objects.filter(ledger=ledger):
        stored = enumerate(zip(line.done, line.due, line.state, strict=True))
        assert found.get(line.posting_id, {}) == {place: judged for place, judged in stored if judged[2]}

"""The compile's SQL and the pure rules say the same of every line: two ways to one number."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from random import Random

import pytest

from apps.core.months import Month
from apps.core.tenancy import area_end
from apps.jurisdictions.models import VillageClass
from apps.jurisdictions.selectors import book_of, calendar_of
from apps.ledgers.compile import ledgers_compile
from apps.ledgers.compile.expressions import Plan
from apps.ledgers.compile.township import ledger_hash
from apps.ledgers.models import Ledger, LedgerLine, Tally
from apps.ledgers.services.books import book_freeze
from apps.rules.figures import Inputs, judge
from apps.rules.marks import LETTERS, counts, work_marks
from apps.teams.models import Posting
from tests.factories import posting_of, sheet_line_of, team_of

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

# Township, year: a leap year, years of announcement and of none, the year in which the regulation began.
CASES = [
    ("C621121100", 2026),
    ("C621121100", 2018),
    ("C610822100", 2024),
    ("C610822100", 2021),
    ("C530129101", 2025),
    ("C530129101", 2016),
    ("C511703100", 2026),
    ("C511703100", 2027),
    ("C110101001", 2026),
]


def _people(rng: Random, township: str, year: int) -> list[Posting]:
    classes = [tuple(rng.sample(VillageClass.values, rng.choice((1, 1, 2)))) for _ in range(4)]
    classes += [("poor",), ("non_poor",)]
    teams = [team_of(f"{township}{200 + i}", classes=kinds) for i, kinds in enumerate(classes)]
    found = []
    for number in range(48):
        first = date(year, 1, 1) + timedelta(days=rng.choice((-400, 0, 0, 0, rng.randrange(365))))
        last = rng.choice((None, None, first + timedelta(days=rng.randrange(600))))
        found.append(
            posting_of(teams[number % 6], f"人{number}", *ROLES[(number + number // 6) % 6], first=first, last=last)
        )
    return found


def _marks(rng: Random, posting: Posting, month: Month) -> str:
    def mark(day: date) -> str:
        posted = posting.first <= day and (posting.last is None or day <= posting.last)
        return rng.choice(WEIGHTED) if posted else "-"

    return "".join(mark(day) for day in month.dates())


def _in_post(posting: Posting, month: Month) -> bool:
    return posting.first <= month.last and (posting.last is None or posting.last >= month.first)


def _compiled(township: str, month: Month, version: int = 1) -> Ledger:
    book = book_of(township, month.last)
    ledger = Ledger.objects.create(
        area=township, kind="township", name="镇", month=month.first, version=version, book=book_freeze(book)
    )
    plan = Plan(book, month, calendar_of(month.year))
    ledgers_compile(plan, [(ledger.pk, township, area_end(township))], state="draft", corrections=version > 1)
    ledger.refresh_from_db()
    return ledger


@pytest.mark.usefixtures("nation")
@pytest.mark.parametrize(("township", "year"), CASES)
def test_a_year_of_ledgers_says_of_every_person_what_the_rules_say(township: str, year: int) -> None:
    rng = Random(f"{township}{year}")
    people = _people(rng, township, year)
    calendar = calendar_of(year)
    so_far: dict[int, list[tuple[str, str]]] = defaultdict(list)
    seen: set[int] = set()
    for number in range(1, 13):
        month = Month(year, number)
        present = [posting for posting in people if _in_post(posting, month)]
        for posting in present:
            marks = _marks(rng, posting, month)
            sheet_line_of(posting, month, marks)
            so_far[posting.pk].append((marks, work_marks(marks, calendar.month_mask(month.first))))
        ledger = _compiled(township, month)
        assert ledger.people == len(present)
        assert ledger.hash == ledger_hash(ledger.pk)
        for line in LedgerLine.objects.filter(ledger=ledger).select_related("posting"):
            seen |= _agrees(line, ledger, so_far[line.posting_id], month)
    if book_of(township, date(year, 12, 31)).presence:
        assert len(seen) >= 3, "the cases do not reach enough different states"


def _agrees(line: LedgerLine, ledger: Ledger, so_far: list[tuple[str, str]], month: Month) -> set[int]:
    book = book_of(ledger.area, month.last)
    posting = line.posting
    month_all, month_work = (counts(text) for text in so_far[-1])
    year = "".join(marks for marks, _ in so_far), "".join(work for _, work in so_far)
    inputs = Inputs(
        roles=posting.roles,
        classes=line.classes,
        first=posting.first,
        last=posting.last,
        month=month,
        month_all=month_all,
        month_work=month_work,
        ytd_all=counts(year[0]),
        ytd_work=counts(year[1]),
        marks=so_far[-1][0],
        previous_marks=so_far[-2][0] if len(so_far) > 1 else None,
    )
    assert line.counts == [*month_all, *month_work]
    assert line.ytd == [*inputs.ytd_all, *inputs.ytd_work]
    chosen = book.chosen(posting.roles, line.classes)
    for place, measure in enumerate(book.presence):
        said = judge(measure, inputs, calendar_of(month.year)) if chosen.get(measure.key) is measure else (0, 0, 0)
        stored = (line.done[place] or 0, line.due[place] or 0, line.state[place])
        assert stored == (tuple(map(int, said)) if said[2] else (0, 0, 0)), (measure.name, posting.roles, line.classes)
    return set(line.state)


@pytest.mark.usefixtures("nation")
def test_a_correction_moves_the_running_totals_of_the_later_months_and_no_signed_line() -> None:
    township, posting = "C621121100", posting_of(team_of("C621121100201"), "李秀英", first=date(2026, 1, 1))
    months = [Month(2026, 1), Month(2026, 2), Month(2026, 3)]
    for month in months:
        sheet_line_of(posting, month, "V" * month.days)
        _compiled(township, month)
    Ledger.objects.filter(month=months[0].first).update(state="superseded")
    posting.lines.filter(month=months[0].first).update(marks="VVVVVVVVVVLLL" + "V" * 18)
    _compiled(township, months[0], version=2)
    sums = [tally.ytd[0] for tally in Tally.objects.order_by("month")]
    assert sums == [28, 28 + 28, 28 + 28 + 31]
    march = LedgerLine.objects.get(ledger__month=months[2].first)
    assert march.ytd[0] == 31 + 28 + 31

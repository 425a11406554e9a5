"""Where a figure of a roll-up comes from: the same figure of every area below, each with its own trace, down to ledgers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from apps.core.errors import NotFound
from apps.core.figures import Figure, Term
from apps.core.months import Month
from apps.desk.selectors.ledgers import current_ledgers
from apps.desk.selectors.months import unsent_months
from apps.desk.selectors.rollup import BELOW, SENT, MeasureSum, RollupRow, rollup_rows
from apps.desk.selectors.sheets import close_due, passed
from apps.desk.selectors.words import local_book
from apps.jurisdictions.days import due_day
from apps.jurisdictions.selectors import division_names, with_clauses
from apps.ledgers.traces import sum_trace, summed
from apps.rules.book import RuleBook

LATE, UNSENT, UNSENT_LATE = "late", "unsent", "unsent-late"
_MEASURE = re.compile(r"bound|state-[1-5]")


@dataclass(frozen=True)
class Asked:
    """Which figure of a roll-up: of whom and when, what (a sum as in `summed`, `late`, `unsent`, `unsent-late`, or with
    a measure's label and clause `bound` or `state-<state>`)."""

    area: str
    month: Month
    what: str
    measure: str = ""
    clause: str = ""

    @property
    def url(self) -> str:
        query = {"area": self.area, "month": str(self.month), "what": self.what}
        query |= {"measure": self.measure, "clause": self.clause} if self.measure else {}
        return f"{reverse('desk:rollup_trace')}?{urlencode(query)}"

    def of(self, area: str) -> Asked:
        """The same figure of another area."""
        return Asked(area, self.month, self.what, self.measure, self.clause)


def figure_url(row: RollupRow, asked: Asked) -> str:
    """The address of a row's own figure: the sum of its ledger, or a roll-up of what lies below; '' where there is
    neither."""
    if len(row.area) in BELOW:
        return asked.of(row.area).url
    if asked.what == LATE:
        return _passed_day(row, asked.month)[0]
    if row.state not in SENT:
        return ""
    return reverse("ledgers:trace_total", args=[row.ledger, _of_ledger(row, asked)])


def _of_ledger(row: RollupRow, asked: Asked) -> str:
    """The name of a figure as the ledger's own sums have it."""
    if not asked.measure:
        return asked.what
    kind, _, state = asked.what.partition("-")
    return "-".join(part for part in (kind, str(_sum(row, asked).index), state) if part)


def _sum(row: RollupRow, asked: Asked) -> MeasureSum:
    return row.measures[asked.measure, asked.clause]


def value_of(row: RollupRow, asked: Asked) -> int:
    """A row's figure."""
    if asked.measure:
        if (asked.measure, asked.clause) not in row.measures:
            return 0
        found = _sum(row, asked)
        return found.people if asked.what == "bound" else found.states[int(asked.what[-1])]
    if asked.what in (LATE, "people", "posted"):
        return int(getattr(row, asked.what))
    return row.day_count(asked.what)


def rollup_figure(asked: Asked, today: date) -> Figure:
    """A figure of an area with those of the areas below it.  NotFound for what no roll-up has."""
    book = local_book(asked.area, asked.month.last)
    if book is None:
        raise NotFound
    if asked.what in (UNSENT, UNSENT_LATE):
        label = "尚未报送的乡镇" if asked.what == UNSENT else "逾期未报送的乡镇"
        return _told(asked, book, label, "个", _unsent(asked, book, today))
    rows = rollup_rows(area=asked.area, month=asked.month, today=today)
    if asked.what == LATE:
        return _told(asked, book, "逾期的乡镇", "个", [_late(row, asked) for row in rows if row.late])
    if asked.measure:
        return _judged(asked, book, rows)
    rule = summed(book, asked.what)
    if rule is None or _MEASURE.match(asked.what):
        raise NotFound
    terms = [Term(row.name, value_of(row, asked), figure_url(row, asked)) for row in rows if value_of(row, asked)]
    return _told(asked, book, rule.label, rule.unit, terms, rule.clause)


def _judged(asked: Asked, book: RuleBook, rows: Sequence[RollupRow]) -> Figure:
    """How many people a measure binds, or stand in one state; the rule is that of the ledgers."""
    held = [row for row in rows if (asked.measure, asked.clause) in row.measures]
    if not held or not _MEASURE.fullmatch(asked.what):
        raise NotFound
    rule = _sum(held[0], asked)
    word = "适用人数" if asked.what == "bound" else f"{rule.word(int(asked.what[-1]))}的人数"
    terms = [Term(row.name, value_of(row, asked), figure_url(row, asked)) for row in held if value_of(row, asked)]
    figure = _told(asked, book, f"{rule.label}：{word}", "人", terms, rule.clause)
    figure.trace.update(rule=f"presence.{rule.name}", pack=rule.pack, version=rule.version)
    return figure


def _told(
    asked: Asked, book: RuleBook, label: str, unit: str, terms: Sequence[Term], clause: str | None = None
) -> Figure:
    trace = sum_trace(book, label, unit, [term.value for term in terms], clause)
    trace["rule"] = f"rollup.{asked.what}"
    if asked.what in (LATE, UNSENT, UNSENT_LATE) and (due := close_due(book)):
        trace["clause"], trace["see"] = due.clause, list(due.see)
    name = division_names([asked.area]).get(asked.area, "")
    where = " · ".join(text for text in (name, f"{asked.month.label}汇总") if text)
    return with_clauses(Figure(where, trace, tuple(terms), f"{book.title}{book.number}"))


def _late(row: RollupRow, asked: Asked) -> Term:
    if len(row.area) in BELOW:
        return Term(row.name, row.late, asked.of(row.area).url)
    url, shown = _passed_day(row, asked.month)
    return Term(f"{row.name}：{'逾期报送' if row.sent else '逾期未报送'}", row.late, url, shown, "month done")


def _passed_day(row: RollupRow, month: Month) -> tuple[str, str]:
    """The address and text of the day by which a township was late."""
    if row.passed is None:
        return "", ""
    book, due = row.passed
    found = due_day(book, due, month, source=row.area)
    return (found.url, found.text) if found else ("", "")


def _unsent(asked: Asked, book: RuleBook, today: date) -> list[Term]:
    """The townships of one month on the county's worklist that have not submitted: late, or still in time."""
    made = {ledger.area for ledger in current_ledgers(asked.area, today) if ledger.month == asked.month.first}
    areas = [area for month, area in unsent_months(area=asked.area, today=today) if month == asked.month]
    names = division_names(areas)
    found = []
    for area in areas:
        late = passed(book, asked.month, today, made=area in made)
        if (late is not None) == (asked.what == UNSENT_LATE):
            day = due_day(book, late or close_due(book), asked.month, source=area)
            shown = (day.url, day.text) if day else ("", "没有规定期限")
            found.append(Term(names.get(area, area), 1, *shown, "month done"))
    return found

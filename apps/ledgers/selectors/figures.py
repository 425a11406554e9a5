"""Reads: figures with where they come from, for whoever may see them.

Outside the scope is NotFound like what does not exist; inside it the wrong role is Forbidden.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from apps.accounts.access import Actor, require
from apps.attendance.compile import row_result
from apps.attendance.models import SheetLine
from apps.attendance.selectors import SheetContext, SheetRow, sheet_context, sheet_rows
from apps.core.errors import NotFound
from apps.core.figures import Figure, Term
from apps.core.months import Month, quarter_months
from apps.core.tenancy import AREA_FORM
from apps.jurisdictions.law import book_key
from apps.jurisdictions.origin import value_url
from apps.jurisdictions.selectors import book_of, calendar_of, with_clauses
from apps.ledgers.models import FrozenBook, Ledger, LedgerKind, LedgerLine, UnitFeedback
from apps.ledgers.selectors.chain import book_by_hash, frozen_book
from apps.ledgers.selectors.lists import lines_of
from apps.ledgers.selectors.table import TONES, days_url
from apps.ledgers.traces import (
    OUTDATED,
    Summed,
    day_count,
    day_word,
    days_trace,
    is_day_count,
    line_result,
    measure_terms,
    sum_trace,
    summed,
)
from apps.rules.book import RuleBook
from apps.rules.due_days import due_days, due_trace
from apps.rules.presence import Result
from apps.rules.sheet import marks_of, nights_of
from apps.rules.stretches import stretch_of
from apps.teams.models import Posting, PostRole

LineKey = tuple[int, int]  # a line's ledger and posting


def line_figure(*, actor: Actor, line: LineKey, measure: int) -> Figure:
    """One measure of a ledger line, explained from the frozen rules and the stored line."""
    found, book = _line(actor, line)
    month = Month.of(found.month)
    result = line_result(book, found, measure, calendar_of(month.year), earlier_lines(found))
    if result is None:
        raise NotFound
    note = OUTDATED if result.trace.get("outdated") else ""
    return _measure_figure(book, _where(found), result, found.area, month, note)


def days_figure(*, actor: Actor, line: LineKey, category: str) -> Figure:
    """The days of one category in a ledger line."""
    found, book = _line(actor, line)
    if not is_day_count(category):
        raise NotFound
    trace = days_trace(book, Month.of(found.month), found.marks, found.nights, category)
    return with_clauses(Figure(_where(found), trace, (), _rules(book)))


def sheet_figure(*, actor: Actor, posting: int, month: Month, measure: int) -> Figure:
    """One measure of a line of the month sheet as it stands now, under the rules in force."""
    row, context = _sheet_row(actor, posting, month)
    if not 0 <= measure < len(context.book.presence):
        raise NotFound
    result = row_result(context, row, measure)
    if result is None:
        raise NotFound
    where = f"{row.name} · {row.village} · {month.label}考勤月表"
    return _measure_figure(context.book, where, result, row.area, month)


def _sheet_row(actor: Actor, posting: int, month: Month) -> tuple[SheetRow, SheetContext]:
    found = Posting.objects.filter(pk=posting).first()
    if found is None:
        raise NotFound
    require(actor, "sheet.view", found.area)
    rows = sheet_rows(area=found.area, month=month, team=found.team_id)
    row = next((row for row in rows if row.posting == posting), None)
    if row is None:
        raise NotFound
    return row, sheet_context(found.area[:10], month)


def sheet_days_figure(*, actor: Actor, posting: int, month: Month, category: str) -> Figure:
    """The days of one category in a line of the month sheet as it stands now; in his own scope a person's own."""
    if not is_day_count(category):
        raise NotFound
    if actor.scope.person is not None:
        require(actor, "self.view")
        return _own_days(posting, month, category)
    row, context = _sheet_row(actor, posting, month)
    cells = context.cells(row)
    trace = days_trace(context.book, month, marks_of(cells), nights_of(cells), category)
    where = f"{row.name} · {row.village} · {month.label}考勤月表"
    return with_clauses(Figure(where, trace, (), _rules(context.book)))


def _own_days(posting: int, month: Month, category: str) -> Figure:
    line = SheetLine.objects.filter(posting_id=posting, month=month.first).first()
    if line is None:
        raise NotFound
    book = book_of(line.area, month.last)
    trace = days_trace(book, month, line.marks, line.nights, category)
    return with_clauses(Figure(f"{month.label}考勤月表", trace, (), _rules(book)))


def due_figure(*, source: str, month: Month, part: str, today: date) -> Figure:
    """A last day of a month, from the rules in force in an area or from a frozen book: rules are open to everybody.

    `source` is the area's code or the frozen book's hash, `part` as in `due_days`.
    """
    book = _source(source, month)
    if part not in due_days(book):
        raise NotFound
    trace = due_trace(book, part, month, today)
    words = {"rule_day": "规定的日", "of_month": "台账的月份", "month_days": "到期当月的天数"}
    terms = tuple(Term(word, trace["inputs"][name]) for name, word in words.items())
    return with_clauses(Figure(month.label, trace, terms, _rules(book)))


def _source(source: str, month: Month) -> RuleBook:
    try:
        return book_of(source, month.last) if AREA_FORM.fullmatch(source) else book_by_hash(source)
    except (LookupError, FrozenBook.DoesNotExist) as error:
        raise NotFound from error


def total_figure(*, actor: Actor, ledger: int, what: str) -> Figure:
    """A sum of a ledger: over its lines, or over the townships of a county's."""
    found = Ledger.objects.filter(pk=ledger).first()
    if found is None:
        raise NotFound
    require(actor, "ledger.view", found.area)
    book = frozen_book(found)
    rule = summed(book, what)
    if rule is None:
        raise NotFound
    terms = _parts(found, rule) if found.kind == LedgerKind.COUNTY else _lines(found, rule)
    trace = sum_trace(book, rule.label, rule.unit, [term.value for term in terms], rule.clause)
    where = f"{found.name} · {Month.of(found.month).label}{LedgerKind(found.kind).label}第{found.version}版"
    return with_clauses(Figure(where, trace, tuple(terms), _rules(book)))


def quarter_figure(*, actor: Actor, posting: int, year: int, quarter: int, category: str) -> Figure:
    """A person's days of one category in the months of a quarter that were fed back to the unit."""
    if not is_day_count(category) or quarter not in (1, 2, 3, 4) or not 2000 <= year < 2100:
        raise NotFound
    lines = quarter_lines(months=[month.first for month in quarter_months(year, quarter)], postings=[posting])
    if not lines:
        raise NotFound
    require(actor, "unit.view")
    book = _unit_book(lines[-1])
    terms = [Term(Month.of(line.month).label, day_count(line, category), days_url(line, category)) for line in lines]
    label = f"{day_word(book, category)}季度合计"
    trace = sum_trace(book, label, "天", [term.value for term in terms], None)
    where = f"{lines[-1].name} · {lines[-1].village} · {year}年第{quarter}季度"
    return with_clauses(Figure(where, trace, tuple(terms), _rules(book)))


def quarter_lines(*, months: Iterable[date], postings: Iterable[int]) -> list[LedgerLine]:
    """The lines of postings in the ledgers that are fed back to the scope's unit, by month.  One query."""
    fed_back = UnitFeedback.objects.filter(month__in=list(months), current=True)
    rows = LedgerLine.objects.filter(ledger_id__in=fed_back.values("ledger_id"), posting_id__in=list(postings))
    return list(rows.order_by("month", "area", "posting_id"))


def earlier_lines(line: LedgerLine) -> list[LedgerLine]:
    """The same posting's lines of the months before, from the first of the half-year and at least one, as they were when
    the line's ledger was made: of every month the newest ledger older than that.  One query."""
    month = Month.of(line.month)
    since = min(stretch_of("half_year", month).first, month.previous().first)
    rows = LedgerLine.objects.filter(posting_id=line.posting_id, month__gte=since, month__lt=line.month)
    older = rows.filter(ledger_id__lt=line.ledger_id).order_by("month", "ledger_id")
    return list({each.month: each for each in older}.values())


def _line(actor: Actor, line: LineKey) -> tuple[LedgerLine, RuleBook]:
    """A line and the rules it was made under, by the scope in which it is read."""
    found = LedgerLine.objects.filter(pk=line).first()
    if found is None:
        raise NotFound
    if actor.scope.unit is not None:
        require(actor, "unit.view")
        return found, _unit_book(found)
    if actor.scope.person is not None:
        require(actor, "self.view")
        return found, own_book(found)
    require(actor, "ledger.view", found.area)
    ledger = Ledger.objects.filter(pk=found.ledger_id).first()
    if ledger is None:
        raise NotFound
    return found, frozen_book(ledger)


def _unit_book(line: LedgerLine) -> RuleBook:
    """What a unit was fed back; before that the line does not exist for it."""
    feedback = UnitFeedback.objects.filter(ledger_id=line.ledger_id, current=True).first()
    if feedback is None:
        raise NotFound
    return book_by_hash(feedback.book_id)


def own_book(line: LedgerLine) -> RuleBook:
    """The rules in force in a line's month, for the person himself, who cannot read the ledger that froze them.

    NotFound where they no longer have the measures that the line was made with.
    """
    book = book_of(line.area, Month.of(line.month).last)
    if len(book.presence) != len(line.done):
        raise NotFound("这个月的台账编制以后制度有更新，数字请向乡镇核对。")
    return book


def _where(line: LedgerLine) -> str:
    return f"{line.name} · {line.village} · {Month.of(line.month).label}台账"


def _measure_figure(book: RuleBook, where: str, result: Result, area: str, month: Month, note: str = "") -> Figure:
    trace = result.trace
    rule = value_url(area[:10], "book", book_key("presence", trace["label"]), month.last)
    links = (("这条规定的全文、读法和历次变化", rule),)
    terms = measure_terms(trace, book)
    figure = Figure(where, trace, terms, _rules(book), note, TONES[result.state], links=links)
    return with_clauses(figure)


def _lines(ledger: Ledger, rule: Summed) -> list[Term]:
    """The lines behind a sum; of a count of people only those counted."""
    lines = lines_of(ledger)
    if rule.unit == "人":
        lines = [line for line in lines if rule.of_line(line)]
    steps = "done due" if rule.measure >= 0 else "done"
    return [
        Term(f"{line.village} {line.name}", rule.of_line(line), _line_url(line, rule), _line_text(line, rule), steps)
        for line in lines
    ]


def _line_text(line: LedgerLine, rule: Summed) -> str:
    if rule.measure >= 0:
        return f"{line.done[rule.measure]}/{line.due[rule.measure]}"
    return "、".join(str(PostRole(role).label) for role in line.roles) if rule.unit == "人" else ""


def _line_url(line: LedgerLine, rule: Summed) -> str:
    if is_day_count(rule.what):
        return days_url(line, rule.what)
    if rule.measure >= 0:
        return reverse("ledgers:trace_line", args=[line.pk, rule.measure])
    return ""


def _parts(ledger: Ledger, rule: Summed) -> list[Term]:
    return [
        Term(
            part["name"],
            rule.of_part(part["people"], part["totals"]),
            reverse("ledgers:trace_total", args=[part["ledger"], rule.what]),
        )
        for part in ledger.parts
    ]


def _rules(book: RuleBook) -> str:
    return f"{book.title}{book.number}"

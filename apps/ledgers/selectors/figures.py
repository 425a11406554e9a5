"""Reads: figures with where they come from, for whoever may see them.

Outside the scope is NotFound like what does not exist; inside it the wrong role is Forbidden.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.urls import reverse

from apps.accounts.access import Actor, require
from apps.attendance.compile import row_result
from apps.attendance.selectors import sheet_context, sheet_rows
from apps.core.errors import NotFound
from apps.core.months import Month, quarter_months
from apps.jurisdictions.selectors import book_of, calendar_of, clause_source, clauses_of
from apps.ledgers.models import Ledger, LedgerKind, LedgerLine, UnitFeedback
from apps.ledgers.selectors.chain import book_by_hash, frozen_book
from apps.ledgers.selectors.lists import lines_of
from apps.ledgers.selectors.table import TONES
from apps.ledgers.traces import (
    OUTDATED,
    Figure,
    Summed,
    Term,
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
from apps.rules.presence import Result
from apps.teams.models import Posting, PostRole


def line_figure(*, actor: Actor, line: int, measure: int) -> Figure:
    """One measure of a ledger line, explained from the frozen rules and the stored line."""
    found, book = _line(actor, line)
    month = Month.of(found.month)
    result = line_result(book, found, measure, calendar_of(month.year), previous_marks(found))
    if result is None:
        raise NotFound
    note = OUTDATED if result.trace.get("outdated") else ""
    return _measure_figure(book, _where(found), result, note)


def days_figure(*, actor: Actor, line: int, category: str) -> Figure:
    """The days of one category in a ledger line."""
    found, book = _line(actor, line)
    if not is_day_count(category):
        raise NotFound
    return _with_clauses(Figure(_where(found), days_trace(book, found, category), (), _rules(book)))


def sheet_figure(*, actor: Actor, posting: int, month: Month, measure: int) -> Figure:
    """One measure of a line of the month sheet as it stands now, under the rules in force."""
    found = Posting.objects.filter(pk=posting).first()
    if found is None:
        raise NotFound
    require(actor, "sheet.view", found.area)
    rows = sheet_rows(area=found.area, month=month, team=found.team_id)
    row = next((row for row in rows if row.posting == posting), None)
    context = sheet_context(found.area[:10], month)
    if row is None or not 0 <= measure < len(context.book.presence):
        raise NotFound
    result = row_result(context, row, measure)
    if result is None:
        raise NotFound
    return _measure_figure(context.book, f"{row.name} · {row.village} · {month.label}考勤月表", result)


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
    return _with_clauses(Figure(where, trace, tuple(terms), _rules(book)))


def quarter_figure(*, actor: Actor, posting: int, year: int, quarter: int, category: str) -> Figure:
    """A person's days of one category in the months of a quarter that were fed back to the unit."""
    if not is_day_count(category) or quarter not in (1, 2, 3, 4) or not 2000 <= year < 2100:
        raise NotFound
    lines = quarter_lines(months=[month.first for month in quarter_months(year, quarter)], postings=[posting])
    if not lines:
        raise NotFound
    require(actor, "unit.view")
    book = _unit_book(lines[-1])
    terms = [Term(Month.of(line.month).label, day_count(line, category), _days_url(line, category)) for line in lines]
    label = f"{day_word(book, category)}季度合计"
    trace = sum_trace(book, label, "天", [term.value for term in terms], None)
    where = f"{lines[-1].name} · {lines[-1].village} · {year}年第{quarter}季度"
    return _with_clauses(Figure(where, trace, tuple(terms), _rules(book)))


def quarter_lines(*, months: Iterable[date], postings: Iterable[int]) -> list[LedgerLine]:
    """The lines of postings in the ledgers that are fed back to the scope's unit, by month.  One query."""
    fed_back = UnitFeedback.objects.filter(month__in=list(months), current=True)
    rows = LedgerLine.objects.filter(ledger_id__in=fed_back.values("ledger_id"), posting_id__in=list(postings))
    return list(rows.order_by("month", "id"))


def previous_marks(line: LedgerLine) -> str | None:
    """The marks of the same posting's month before, as its newest ledger has them; None where there is none."""
    before = Month.of(line.month).previous().first
    rows = LedgerLine.objects.filter(posting_id=line.posting_id, month=before).order_by("-ledger_id")
    return rows.values_list("marks", flat=True).first()


def _line(actor: Actor, line: int) -> tuple[LedgerLine, RuleBook]:
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


def _measure_figure(book: RuleBook, where: str, result: Result, note: str = "") -> Figure:
    trace = result.trace
    figure = Figure(where, trace, measure_terms(trace, book), _rules(book), note, TONES[result.state])
    return _with_clauses(figure)


def _lines(ledger: Ledger, rule: Summed) -> list[Term]:
    """The lines behind a sum; of a count of people only those counted."""
    lines = lines_of(ledger)
    if rule.unit == "人":
        lines = [line for line in lines if rule.of_line(line)]
    return [
        Term(f"{line.village} {line.name}", rule.of_line(line), _line_url(line, rule), _line_text(line, rule))
        for line in lines
    ]


def _line_text(line: LedgerLine, rule: Summed) -> str:
    if rule.measure >= 0:
        return f"{line.done[rule.measure]}/{line.due[rule.measure]}"
    return "、".join(str(PostRole(role).label) for role in line.roles) if rule.unit == "人" else ""


def _line_url(line: LedgerLine, rule: Summed) -> str:
    if is_day_count(rule.what):
        return _days_url(line, rule.what)
    if rule.measure >= 0:
        return reverse("ledgers:trace_line", args=[line.pk, rule.measure])
    return ""


def _days_url(line: LedgerLine, category: str) -> str:
    return reverse("ledgers:trace_days", args=[line.pk, category])


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


def _with_clauses(figure: Figure) -> Figure:
    known = clauses_of(figure.cited)
    return replace(figure, clauses=tuple(clause_source(known[id_]) for id_ in figure.cited if id_ in known))

"""Checklists: what must be there — the papers of a set, the things of an office, the sorts of treatment, and one record
for every village, team or person — and what is missing of it on a day.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from apps.core.findings import Finding
from apps.rules.language.entitlements import Entitlement
from apps.rules.language.parts import severity_of
from apps.rules.language.records import Record
from apps.rules.language.selectors import Case
from apps.rules.language.windows import Stretch, window_at


class Kept(NamedTuple):
    """One item (or a whole record of a subject) that is there from a day on, until `last` where it ends."""

    what: str
    first: date
    last: date | None = None


def items_missing(
    rule: Record | Entitlement,
    kept: Iterable[Kept],
    on: date,
    *,
    named: Sequence[str] = (),
    case: Case | None = None,
    judged: bool = False,
    term: Stretch | None = None,
) -> list[Finding]:
    """Every item of the rule that is not there on a day, with its clause; severity by modality.

    `named` are items that the level below has listed: the whole list where the text names none, and what it adds to an
    open one.  Where the text says how many but leaves open which, and fewer are listed, that is told instead.  Nothing is asked of a
    `case` that the rule is not for, nor before somebody has `judged` what the rule says must be found first.  In a
    record with a window only what was made in the window of that day counts.
    """
    if not _asked(rule, case, judged):
        return []
    wanted = list(dict.fromkeys((*rule.items, *named)))
    number = rule.number if isinstance(rule, Record) and "items" in rule.left_open else None
    if number is not None and len(wanted) < number:
        told = f"“{rule.label}”共 {number} 项，只列出了 {len(wanted)} 项，请先把名称填全。"
        inputs = {"number": number, "named": wanted}
        return [Finding("items_not_named", severity_of(rule.modality), told, rule.clause, inputs=inputs)]
    there = _there(rule, kept, on, term)
    missing = [item for item in wanted if item not in there]
    told = f"（已有 {len(wanted) - len(missing)} 项，共 {len(wanted)} 项）"
    return [
        Finding(
            "item_missing",
            severity_of(rule.modality),
            f"“{rule.label}”缺少“{item}”{told}。",
            rule.clause,
            inputs={"item": item, "there": len(wanted) - len(missing), "of": len(wanted)},
        )
        for item in missing
    ]


def records_missing(
    record: Record, subjects: Collection[str], kept: Iterable[Kept], on: date, term: Stretch | None = None
) -> list[Finding]:
    """A finding for every subject for whom the record is not there on a day: in its window where it has one, else at all.

    `subjects` are those that the rule is for, as the caller lists them; `kept` names the subject of each record.
    """
    there = _there(record, kept, on, term)
    return [
        Finding(
            "record_missing",
            severity_of(record.modality),
            f"{subject}没有“{record.label}”。",
            record.clause,
            inputs={"subject": subject, "on": on.isoformat()},
        )
        for subject in subjects
        if subject not in there
    ]


def _asked(rule: Record | Entitlement, case: Case | None, judged: bool) -> bool:
    if case is not None and not rule.applies.matches(case):
        return False
    return judged or not (isinstance(rule, Entitlement) and rule.judged)


def _there(rule: Record | Entitlement, kept: Iterable[Kept], on: date, term: Stretch | None) -> set[str]:
    window = rule.window if isinstance(rule, Record) else None
    held = window_at(window, on, term) if window is not None else None
    return {
        one.what
        for one in kept
        if one.first <= on and (one.last is None or on <= one.last) and (held is None or held.holds(one.first))
    }

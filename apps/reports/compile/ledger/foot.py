"""The foot of a ledger: who signed or has yet to, and which clauses it rests on."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from apps.jurisdictions.selectors import clauses_of
from apps.ledgers.selectors.chain import Link
from apps.reports.compile.ledger.paper import Cited, Place
from apps.reports.selectors.snapshot import Snapshot

_SEALED = {"sign", "review", "accept"}


def places(found: Snapshot) -> list[Place]:
    """Who attested the month, then every step of the pack's chain, done or not."""
    ledger = found.ledger
    on = timezone.localtime(ledger.created_at).date()
    first = Place("汇总编制" if found.is_county else "月结确认", "经办人", ledger.attested_by, on, False, False, "")
    return [first, *(_place(link) for link in found.chain)]


def _place(link: Link) -> Place:
    act = link.act
    return Place(
        label=link.step.label,
        offices=link.offices,
        person=act.person if act else "",
        on=timezone.localtime(act.at).date() if act else None,
        seal=link.step.verb in _SEALED,
        late=bool(act and act.late),
        clause=link.step.clause or "",
    )


def cited(found: Snapshot, categories: Iterable[str]) -> list[Cited]:
    """The clauses of the measures that bind somebody, of the kinds of day kept, of nights and of every step."""
    book = found.book
    bound = {
        measure
        for line in found.lines
        for measure, state in zip(found.books[line.ledger].presence, line.state, strict=True)
        if state
    }
    kept = set(categories)
    ids = [clause for measure in bound for clause in (measure.clause, *measure.see)]
    ids += [mark.clause for mark in book.sheet.marks if mark.clause and mark.category in kept]
    ids += [book.sheet.nights_clause] if book.sheet.nights and book.sheet.nights_clause else []
    ids += [link.step.clause for link in found.chain if link.step.clause]
    clauses = clauses_of(ids)
    return [
        Cited(clause.pk, clause.body["title"], clause.article, clause.gist) for _, clause in sorted(clauses.items())
    ]

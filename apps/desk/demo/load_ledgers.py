"""Ledgers of the past: compiled by the product's own compile, then carried through the packs' steps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

from apps.core.months import Month
from apps.core.sql import change
from apps.core.tenancy import NATION
from apps.desk.demo.dice import dice
from apps.desk.demo.keys import Keys
from apps.desk.demo.load_sheets import CLERK, CLOSED
from apps.desk.demo.rows import insert
from apps.jurisdictions.selectors import division_names
from apps.ledgers.models import Ledger, LedgerKind, LedgerLine, LedgerRemark, LedgerState, LedgerStep
from apps.ledgers.selectors.chain import book_by_hash
from apps.ledgers.services.county import county_ledger_fill
from apps.ledgers.services.fill import ledgers_fill
from apps.rules.terms import Step

LATE = 0.04
COUNTY = ("county_office", "county_org_dept", "county_poverty_office")

_ONWARD = "UPDATE ledgers_ledger SET state = %(to)s WHERE id = ANY(%(ids)s) AND state = %(from)s"
_MOVE = """
UPDATE ledgers_ledger l SET state = x.state, changed_at = x.at
FROM unnest(%(ids)s::bigint[], %(states)s::text[], %(times)s::timestamptz[]) AS x(id, state, at) WHERE l.id = x.id
"""
_FEEDBACK = """
INSERT INTO ledgers_unitfeedback (area, unit_id, ledger_id, book_id, month, county, township, version, hash, current, at)
SELECT DISTINCT l.area, n.unit_id, l.id, l.book_id, l.month, c.name, l.name, l.version, l.hash, true, l.changed_at
FROM ledgers_ledger l
JOIN ledgers_ledgerline n ON n.ledger_id = l.id
JOIN jurisdictions_division c ON c.code = left(l.area, 7)
WHERE l.kind = 'township' AND l.state = 'accepted'
"""


def load_ledgers(keys: Keys) -> None:
    """Compile every closed month in order, then write the acts that brought each ledger to its state."""
    townships = sorted({team.village[:10] for team in keys.world.teams})
    names = division_names([*townships, *(code[:7] for code in townships)])
    for month in keys.world.months:
        closed = [code for code in townships if keys.world.stage(code, month) in CLOSED]
        _queue(keys, LedgerKind.TOWNSHIP, month, {code: names[code] for code in closed})
        while ledgers_fill(area=NATION, month=month).more:
            pass
    ledgers = list(Ledger.objects.order_by("month", "area"))
    _walk(keys, ledgers)
    change(_FEEDBACK, [])
    for month in keys.world.months:
        finished = _finished_counties(keys, townships, month)
        _queue(keys, LedgerKind.COUNTY, month, {code: names[code] for code in finished})
    for ledger in Ledger.objects.filter(kind=LedgerKind.COUNTY).order_by("month", "area"):
        county_ledger_fill(ledger=ledger.pk)


def _finished_counties(keys: Keys, townships: list[str], month: Month) -> list[str]:
    unfinished = {code[:7] for code in townships if keys.world.stage(code, month) != "accepted"}
    return sorted({code[:7] for code in townships} - unfinished)


def _queue(keys: Keys, kind: str, month: Month, names: dict[str, str]) -> None:
    """Queued ledgers of one month: a township's by its clerk, a county's by its office."""
    offices, days = (CLERK, 2) if kind == LedgerKind.TOWNSHIP else (COUNTY, 16)
    at = keys.moment(month, days, 10, 31)
    insert(
        Ledger,
        [
            {
                "area": area,
                "kind": kind,
                "name": name,
                "month": month.first,
                "version": 1,
                "state": LedgerState.QUEUED,
                "book": keys.book(area, month).pk,
                "people": 0,
                "totals": {},
                "parts": [],
                "hash": "",
                "attested_by": keys.signer(offices, [area], month.last).name,
                "reason": "",
                "created_at": at,
                "changed_at": at,
            }
            for area, name in names.items()
        ],
    )


def _walk(keys: Keys, ledgers: list[Ledger]) -> None:
    """Write the acts of each ledger and move it to where they brought it, one state after the other."""
    acts = [act for ledger in ledgers for act in _acts(keys, ledger)]
    insert(LedgerStep, acts)
    insert(LedgerRemark, [row for ledger in ledgers for row in _remarks(keys, ledger)])
    reached = {act["ledger"]: act["at"] for act in acts}
    ids = [ledger.pk for ledger in ledgers]
    for before, after in pairwise((LedgerState.DRAFT, LedgerState.SIGNED, LedgerState.SUBMITTED)):
        change(_ONWARD, {"ids": ids, "from": before, "to": after})
    change(
        _MOVE,
        {
            "ids": ids,
            "states": [_stage(keys, ledger) for ledger in ledgers],
            "times": [reached[ledger.pk] for ledger in ledgers],
        },
    )


def _stage(keys: Keys, ledger: Ledger) -> str:
    return keys.world.stage(ledger.area, Month.of(ledger.month))


def _acts(keys: Keys, ledger: Ledger) -> Iterator[dict[str, object]]:
    rule, month, stage = book_by_hash(ledger.book_id).ledger, Month.of(ledger.month), _stage(keys, ledger)
    days = 6 if dice(ledger.area, month).random() < LATE else 3
    for place, step in enumerate(rule.steps):
        yield _act(keys, ledger, step, keys.moment(month, days, 9 + place, 12))
    if stage == "returned":
        returned = Step(key="return", label="退回更正", verb="review", offices=rule.review.offices)
        yield _act(keys, ledger, returned, keys.moment(month, 7, 15, 5), note=keys.world.return_note)
    if stage == "accepted":
        yield _act(keys, ledger, rule.review, keys.moment(month, 8, 16, 40))
        for place, step in enumerate(rule.filings):
            yield _act(keys, ledger, step, keys.moment(month, 9, 9 + place, 30))
        if rule.feedback:
            feedback = rule.feedback.model_copy(update={"offices": rule.review.offices})
            yield _act(keys, ledger, feedback, keys.moment(month, 8, 16, 40), note="审核通过时自动反馈")


def _act(keys: Keys, ledger: Ledger, step: Step, at: datetime, note: str = "") -> dict[str, object]:
    signer = keys.signer(step.offices, [ledger.area, ledger.area[:7]], ledger.month)
    due = step.due.due_on(Month.of(ledger.month)) if step.due else None
    return {
        "area": ledger.area,
        "ledger": ledger.pk,
        "step": step.key,
        "verb": step.verb,
        "label": step.label,
        "office": signer.office,
        "person": signer.name,
        "user": signer.user,
        "note": note,
        "clause": step.clause or "",
        "late": due is not None and at.date() > due,
        "hash": ledger.hash,
        "at": at,
    }


def _remarks(keys: Keys, ledger: Ledger) -> Iterator[dict[str, object]]:
    """What the county asked about the first lines of a ledger that it returned."""
    if _stage(keys, ledger) != "returned":
        return
    rule, month = book_by_hash(ledger.book_id).ledger, Month.of(ledger.month)
    by = keys.signer(rule.review.offices, [ledger.area[:7]], ledger.month).name
    lines = LedgerLine.objects.filter(ledger=ledger).order_by("posting_id").values_list("posting_id", flat=True)
    for posting, text in zip(lines, keys.world.remarks, strict=False):
        yield {
            "area": ledger.area,
            "ledger": ledger.pk,
            "posting": posting,
            "text": text,
            "by": by,
            "at": keys.moment(month, 7, 15, 5),
        }

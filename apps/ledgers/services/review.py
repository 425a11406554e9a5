"""What the county does with a submitted ledger: return it with remarks, accept it, file it; and feedback to units."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from apps.accounts.access import Actor
from apps.core.errors import BadInput, Conflict, Forbidden, NotFound
from apps.core.sql import change
from apps.jurisdictions.selectors import division_names
from apps.ledgers.models import Ledger, LedgerLine, LedgerRemark, LedgerState, LedgerStep
from apps.ledgers.selectors.chain import county_links, frozen_book
from apps.ledgers.services.steps import ledger_locked, ledger_move, settled_require, step_record
from apps.rules.terms import Step

_RETURN = Step(key="return", label="退回更正", verb="review", offices=("county_office",))

_FEEDBACK = """
INSERT INTO ledgers_unitfeedback (area, unit_id, ledger_id, book_id, month, county, township, version, hash, current, at)
SELECT %(area)s, u.unit_id, %(ledger)s, %(book)s, %(month)s, %(county)s, %(township)s, %(version)s, %(hash)s, true, now()
FROM (SELECT DISTINCT unit_id FROM ledgers_ledgerline WHERE ledger_id = %(ledger)s) u
ON CONFLICT (unit_id, ledger_id) DO NOTHING
"""


def _require_reviewer(actor: Actor, ledger: Ledger) -> str:
    offices = frozen_book(ledger).ledger.review.offices
    office = actor.office_for(list(offices))
    if office is None:
        raise Forbidden("这份台账不由您审核。")
    return office


@transaction.atomic
def ledger_return(*, actor: Actor, ledger: int, remarks: Mapping[int, str], note: str = "") -> Ledger:
    """Send a submitted ledger back with remarks {posting: text} and a note; at least one of them must say something.

    Remarks stay beside the version they were made on.
    """
    found = ledger_locked(actor=actor, ledger=ledger, action="ledger.review")
    office = _require_reviewer(actor, found)
    texts = {posting: text.strip() for posting, text in remarks.items() if text.strip()}
    if not texts and not note.strip():
        raise BadInput("退回时请至少写一条意见，说明哪里要改。")
    known = set(LedgerLine.objects.filter(ledger=found, posting__in=texts).values_list("posting_id", flat=True))
    if known != set(texts):
        raise NotFound("有的意见不属于这份台账，请刷新页面。")
    ledger_move(found, LedgerState.RETURNED)
    step_record(actor=actor, ledger=found, step=_RETURN, office=office, note=note)
    LedgerRemark.objects.bulk_create(
        LedgerRemark(area=found.area, ledger=found, posting_id=posting, text=text[:500], by=actor.name)
        for posting, text in sorted(texts.items())
    )
    return found


@transaction.atomic
def ledger_accept(*, actor: Actor, ledger: int, note: str = "") -> Ledger:
    """Accept a submitted ledger and feed it back to the dispatch units of its people, in one transaction.

    The month must still be closed.  A corrected version takes the place of the one that the units held before.
    """
    found = ledger_locked(actor=actor, ledger=ledger, action="ledger.review")
    office = _require_reviewer(actor, found)
    settled_require(found)
    ledger_move(found, LedgerState.ACCEPTED)
    rule = frozen_book(found).ledger
    step_record(actor=actor, ledger=found, step=rule.review, office=office, note=note)
    _feed_back(found)
    if rule.feedback is not None:
        step_record(actor=actor, ledger=found, step=rule.feedback, office=office, note="审核通过时自动反馈")
    return found


def _feed_back(ledger: Ledger) -> None:
    names = division_names([ledger.area[:7]])
    change(
        "UPDATE ledgers_unitfeedback SET current = false WHERE area = %s AND month = %s AND current",
        [ledger.area, ledger.month],
    )
    change(
        _FEEDBACK,
        {
            "area": ledger.area,
            "ledger": ledger.pk,
            "book": ledger.book_id,
            "month": ledger.month,
            "county": names[ledger.area[:7]],
            "township": ledger.name,
            "version": ledger.version,
            "hash": ledger.hash,
        },
    )


@transaction.atomic
def ledger_file(*, actor: Actor, ledger: int, step: str) -> LedgerStep:
    """Mark an accepted ledger as filed with a department; once only, by that department or the reviewing office."""
    found = ledger_locked(actor=actor, ledger=ledger, action="ledger.file")
    link = next((link for link in county_links(found) if link.step.key == step and link.step.verb == "file"), None)
    if link is None:
        raise NotFound("这份台账不需要这项备案。")
    if link.act is not None:
        return link.act
    if found.state != LedgerState.ACCEPTED:
        raise Conflict("台账审核通过后才能备案。")
    office = actor.office_for(list(link.step.offices))
    if office is None:
        raise Forbidden(f"“{link.step.label}”不由您办理。")
    return step_record(actor=actor, ledger=found, step=link.step, office=office)

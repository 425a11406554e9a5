"""What a settled departure brings about: the posting ends, a village waits for somebody, a handover begins."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from apps.accounts.access import Actor
from apps.rules.language.procedures import JUDGING, acts_of
from apps.staffing.models import (
    Case,
    CaseState,
    Departure,
    DepartureWhy,
    Opening,
    OpeningWhy,
    Outcome,
    VillageSecretary,
)
from apps.staffing.selectors.run import procedure_of, run_of
from apps.staffing.services.acts import Deed, acts_of as acts_done
from apps.staffing.services.handovers import handover_bound, handover_open
from apps.staffing.services.matters import MATTERS, Matter
from apps.teams.services import posting_end

_WHY = {
    DepartureWhy.ADJUSTMENT: OpeningWhy.ADJUSTMENT,
    DepartureWhy.RECALL: OpeningWhy.RECALL,
    DepartureWhy.END_OF_TERM: OpeningWhy.END_OF_TERM,
}


def departure_end(actor: Actor, departure: Departure, last: date) -> None:
    """End the posting of a departure that is settled; `last` is its last day.

    The rules' term holds a term that is said to be over; every other departure is the exception from it that they
    allow.  Refused inside a closed month, and where days are entered after the last one.
    """
    posting = departure.posting
    ground = "" if departure.why == DepartureWhy.END_OF_TERM else departure.way
    posting_end(actor=actor, posting=posting, last=last, why=departure.reason, ground=ground)
    VillageSecretary.objects.filter(posting=posting, last__isnull=True).update(last=last)
    departure.ended_on, departure.over = last, True
    departure.opening = _opening(actor, departure, last) if departure.successor else None
    departure.save()
    if not hasattr(posting, "handover"):
        handover_open(actor, posting, departure)


def departure_begin_handover(actor: Actor, departure: Departure) -> bool:
    """Open the handover before the posting ends, where the rules bind its end to that; False where they do not."""
    if not handover_bound(departure.posting):
        return False
    if departure.successor:
        departure.opening = _opening(actor, departure, departure.last)
        departure.save()
    handover_open(actor, departure.posting, departure)
    return True

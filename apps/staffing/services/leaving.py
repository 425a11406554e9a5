"""What a settled departure brings about: the posting ends, a village waits for somebody, a handover begins."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from apps.accounts.access import Actor
from apps.rules.language.procedures import JUDGING, acts_of
from apps.staffing.models import (
    Case,
    CaseState,
    Departure,
    DepartureWhy,
    Handover,
    Opening,
    OpeningWhy,
    Outcome,
    Part,
    VillageSecretary,
)
from apps.staffing.selectors.handing import handover_law, has_handover
from apps.staffing.selectors.handover import parties_of
from apps.staffing.selectors.run import run_of
from apps.staffing.services.acts import Deed
from apps.staffing.services.acts import acts_of as acts_done
from apps.staffing.services.handovers import handover_open, posting_full
from apps.staffing.services.matters import MATTERS, Matter
from apps.staffing.services.openings import OpeningEntry, opening_write
from apps.teams.models import ONE_PERSON, Posting
from apps.teams.services import posting_change_roles, posting_end

_DAY = timedelta(days=1)
_WHY = {
    DepartureWhy.ADJUSTMENT: OpeningWhy.ADJUSTMENT,
    DepartureWhy.RECALL: OpeningWhy.RECALL,
    DepartureWhy.END_OF_TERM: OpeningWhy.END_OF_TERM,
}


def departure_end(actor: Actor, departure: Departure, last: date) -> None:
    """End the posting of a departure that is settled; `last` is its last day.

    The rules' term holds whoever is said to have served it; every other departure is an exception from it that the rules
    allow.  Refused inside a closed month, and where days are entered after the last one.
    """
    posting = posting_full(departure.posting_id)
    ground = "" if departure.why == DepartureWhy.END_OF_TERM else departure.way
    posting_end(actor=actor, posting=posting, last=last, why=departure.reason, ground=ground, decided=True)
    VillageSecretary.objects.filter(posting=posting, last__isnull=True).update(last=last)
    departure.ended_on, departure.over = last, True
    if departure.successor and departure.opening is None:
        departure.opening = _opening(actor, departure, posting, last + _DAY)
    departure.save()
    if not Handover.objects.filter(posting=posting).exists():
        handover_open(actor, posting, departure)


def departure_waits(actor: Actor, departure: Departure) -> bool:
    """Open the handover before the posting ends, where the rules bind its end to that; False where they do not."""
    posting, today = posting_full(departure.posting_id), timezone.localdate()
    if handover_law(posting, today).bound is None or not has_handover(posting, today):
        return False
    if departure.successor:
        departure.opening = _opening(actor, departure, posting, departure.last + _DAY)
        departure.save()
    handover_open(actor, posting, departure)
    return True


def _opening(actor: Actor, departure: Departure, posting: Posting, since: date) -> Opening:
    """The village waits for somebody in his place, sent by the same unit."""
    entry = OpeningEntry(
        area=posting.area,
        roles=tuple(posting.roles),
        since=since,
        why=_WHY[DepartureWhy(departure.why)],
        unit=posting.unit_id,
        note=f"接替{departure.name}（{departure.way}）"[:300],
        due=departure.due,
    )
    return opening_write(actor=actor, entry=entry)


def successor_takes_over(actor: Actor, held: Handover, last: date) -> None:
    """Whoever came to take over holds the roles of the one who left from the day after his last one: one person holds
    them on a day, so meanwhile he was a member."""
    incoming = next((each for each in parties_of(held) if each.part == Part.INCOMING), None)
    if incoming is None or incoming.provisional or incoming.posting is None:
        return
    now, roles = Posting.objects.get(pk=incoming.posting_id), held.posting.roles
    open_still = now.last is None or now.last > last
    if set(roles) & set(ONE_PERSON) and set(now.roles) != set(roles) and open_still:
        posting_change_roles(actor=actor, posting=now, from_day=last + _DAY, roles=roles, decided=True)


def _follow(actor: Actor, case: Case, deed: Deed) -> None:
    """The last of those who judge it has agreed: it is settled, whatever is still to be carried out."""
    departure = Departure.objects.select_for_update().filter(case=case, over=False).first()
    if departure is None:
        return
    if case.state == CaseState.REFUSED:
        departure.over = True
        departure.save()
    elif deed.outcome == Outcome.DONE and _agreed(case):
        departure_end(actor, departure, max(departure.last, deed.day or timezone.localdate()))


def _agreed(case: Case) -> bool:
    run = run_of(case, acts_done(case), timezone.localdate())
    done = {act.key for act in run.done if act.outcome == "done"}
    judging = [step for step in acts_of(run.procedure.steps) if step.verb in JUDGING]
    return all(step.key in done for step in judging if step.applies.matches(run.situation.case))


MATTERS["replacement"] = Matter(follow=_follow)

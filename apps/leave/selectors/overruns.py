"""Days after the end of a leave on which the person was not back: what the system proposes to look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from apps.leave.models import LIVE, VALID, LeaveOverrun, LeaveRequest, LeaveState
from apps.leave.selectors.days import recorded_of
from apps.rules.language.windows import Stretch


@dataclass(frozen=True)
class Overrun:
    """A stretch nobody has judged yet, and the clause by which such days count as absence."""

    span: Stretch
    clause: str | None


def overrun_of(request: LeaveRequest, today: date) -> Overrun | None:
    """The unjudged days from the day after the leave's end to the day before the return, as far as yesterday."""
    return overruns_of([request], today).get(request.pk)


def overruns_of(requests: Sequence[LeaveRequest], today: date) -> dict[int, Overrun]:
    """{request: its unjudged days}, those without any left out; each with its posting at hand.

    They end with the posting, before the person's next leave (an extension is one, asked for or granted), and before
    an official record: what comes after those is no longer the matter of this leave.  Days judged for another leave are
    judged.  Three queries, whatever the number.
    """
    ended = [request for request in requests if request.state in VALID and request.until < today]
    if not ended:
        return {}
    postings = {request.posting_id for request in ended}
    judged = list(LeaveOverrun.objects.filter(posting__in=postings).order_by("first"))
    begun = list(LeaveRequest.objects.filter(posting__in=postings, state__in=LIVE).values_list("posting", "first"))
    since = Stretch(min(request.until for request in ended), today)
    begun += [(posting, span.first) for posting, spans in recorded_of(postings, since).items() for span in spans]
    found = {}
    for request in ended:
        ends = [day for posting, day in begun if posting == request.posting_id and day > request.until]
        ends += [request.back] if request.back else []
        ends += [request.posting.last + timedelta(days=1)] if request.posting.last else []
        span = _unjudged(request, min([today, *ends]) - timedelta(days=1), judged)
        if span is not None:
            found[request.pk] = Overrun(span, (request.returning or request.rule).get("clause"))
    return found


def _unjudged(request: LeaveRequest, last: date, judged: Sequence[LeaveOverrun]) -> Stretch | None:
    """The first stretch of days after a leave, up to `last`, that is in none of the judged ones, which are in order."""
    first = request.until + timedelta(days=1)
    for each in judged:
        if each.posting_id != request.posting_id or each.last < first:
            continue
        if each.first > first:
            last = min(last, each.first - timedelta(days=1))
            break
        first = each.last + timedelta(days=1)
    return Stretch(first, last) if first <= last else None


def overdue_in(rows: QuerySet[LeaveRequest], today: date) -> QuerySet[LeaveRequest]:
    """Those of some requests that may have unjudged days: over without a return, or returned from too late."""
    judged = LeaveOverrun.objects.filter(request=OuterRef("pk"), last__gte=OuterRef("back") - timedelta(days=1))
    late = Q(state=LeaveState.ENDED, back__gt=F("until") + timedelta(days=1)) & ~Exists(judged)
    return rows.filter(Q(state=LeaveState.GRANTED, until__lt=today) | late).order_by("until", "pk")

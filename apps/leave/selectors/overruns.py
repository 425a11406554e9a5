"""Days after the end of a leave on which the person was not back: what the system proposes to look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from apps.leave.models import LeaveOverrun, LeaveRequest, LeaveState
from apps.rules.language.windows import Stretch


@dataclass(frozen=True)
class Overrun:
    """A stretch nobody has judged yet, and the clause by which such days count as absence."""

    span: Stretch
    clause: str | None


def overrun_of(request: LeaveRequest, today: date) -> Overrun | None:
    """The unjudged days from the day after the leave's end to the day before the return, as far as yesterday."""
    if request.state not in (LeaveState.GRANTED, LeaveState.ENDED):
        return None
    if LeaveRequest.objects.filter(
        extends=request, state__in=(LeaveState.ASKED, LeaveState.GRANTED, LeaveState.ENDED)
    ).exists():
        return None
    judged = LeaveOverrun.objects.filter(request=request).order_by("-last").values_list("last", flat=True).first()
    first = (judged or request.until) + timedelta(days=1)
    last = min(today, request.back or today) - timedelta(days=1)
    clause = (request.returning or request.rule).get("clause")
    return Overrun(Stretch(first, last), clause) if first <= last else None

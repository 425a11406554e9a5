"""Where a request stands: which acts may be done now, by which office, and what was done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.utils import timezone

from apps.accounts.access import Actor
from apps.jurisdictions.days import work_days
from apps.leave.length import IsWork
from apps.leave.models import LeaveAct, LeaveRequest
from apps.leave.selectors.law import case_of
from apps.rules.language.chains import POST_OFFICES
from apps.rules.language.procedures import JUDGING, Procedure, acts_of
from apps.rules.language.proceeding import Done, Ending, Open, Situation, next_steps, state_of

ASKING, RETURNING = "leave", "return_from_leave"


@dataclass(frozen=True)
class Run:
    """One procedure of a request under way, from its frozen text and its acts."""

    request: LeaveRequest
    matter: str
    procedure: Procedure
    done: tuple[Done, ...]
    situation: Situation

    @property
    def open(self) -> tuple[Open, ...]:
        return next_steps(self.procedure, self.done, self.situation)

    @property
    def open_steps(self) -> tuple[Open, ...]:
        return tuple(entry for entry in self.open if entry.kind == "step")

    @property
    def filings(self) -> tuple[Open, ...]:
        """What is to be handed on now for the record."""
        return tuple(entry for entry in self.open if entry.kind != "step")

    @property
    def state(self) -> str:
        return state_of(self.procedure, self.done, self.situation)

    def after(self, act: Done) -> Run:
        """The run with one more act."""
        return Run(self.request, self.matter, self.procedure, (*self.done, act), self.situation)

    def judges(self, key: str) -> bool:
        """Whether a step judges the request (and so may return or refuse it)."""
        return any(act.key == key and act.verb in JUDGING for act in acts_of(self.procedure.steps))

    def last_judging(self, key: str) -> bool:
        """Whether no judging step follows."""
        judging = [act.key for act in acts_of(self.procedure.steps) if act.verb in JUDGING]
        return bool(judging) and judging[-1] == key


def run_of(
    request: LeaveRequest, acts: Iterable[LeaveAct], today: date, *, matter: str = ASKING, is_work: IsWork | None = None
) -> Run | None:
    """The run of a request's own procedure or of its return; None where none was frozen with it.

    `is_work` is the calendar, where many runs share one.
    """
    kept: dict[str, Any] | None = request.rule if matter == ASKING else request.returning
    if not kept:
        return None
    done = tuple(
        Done(act.key, act.day, act.office, cast(Ending, act.outcome))
        for act in acts
        if act.matter == matter and act.round == request.round
    )
    own = frozenset(POST_OFFICES[role] for role in request.posting.roles if role in POST_OFFICES)
    asked = timezone.localdate(request.at) if request.at else today
    events = {
        "start": asked,
        "leave_first": request.first,
        "leave_last": request.until,
    }
    case = case_of(request.posting, asked)
    situation = Situation(case=case, own=own, events=events, on=today, is_work=is_work or work_days())
    return Run(request, matter, Procedure.model_validate(kept["procedure"]), done, situation)


def may_act(actor: Actor, request: LeaveRequest, entry: Open) -> str:
    """The office in which an actor may do an open step of a request, or ''.

    Never on his own request, nor as his deputy on his principal's; a team's leader only for his own team.
    """
    if request.person in actor.persons:
        return ""
    if actor.position.team is not None and actor.position.team != request.team_id:
        return ""
    return actor.office_for(list(entry.by)) or ""

"""Requests for leave and what was decided on each; who keeps watch, when people rest, what leave is due to them."""

from apps.leave.models.acts import LeaveAct, LeaveFiling, LeaveProof
from apps.leave.models.duty import DutyDay
from apps.leave.models.overruns import Judgement, LeaveOverrun
from apps.leave.models.request import LeaveRequest
from apps.leave.models.rest import Counted, LeaveDue, RestPlan
from apps.leave.models.states import LIVE, TRANSITIONS, VALID, LeaveState, Outcome

__all__ = [
    "LIVE",
    "TRANSITIONS",
    "VALID",
    "Counted",
    "DutyDay",
    "Judgement",
    "LeaveAct",
    "LeaveDue",
    "LeaveFiling",
    "LeaveOverrun",
    "LeaveProof",
    "LeaveRequest",
    "LeaveState",
    "Outcome",
    "RestPlan",
]

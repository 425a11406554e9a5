"""The states of a request and the moves between them."""

from __future__ import annotations

from django.db import models


class LeaveState(models.TextChoices):
    ASKED = "asked", "待审批"
    RETURNED = "returned", "退回修改"
    GRANTED = "granted", "已批准"
    REFUSED = "refused", "未批准"
    WITHDRAWN = "withdrawn", "已撤回"
    UNTAKEN = "untaken", "没有休"
    ENDED = "ended", "已销假"


LIVE = (LeaveState.ASKED, LeaveState.GRANTED, LeaveState.ENDED)
VALID = (LeaveState.GRANTED, LeaveState.ENDED)
TRANSITIONS: dict[str, frozenset[str]] = {
    LeaveState.ASKED: frozenset({LeaveState.RETURNED, LeaveState.GRANTED, LeaveState.REFUSED, LeaveState.WITHDRAWN}),
    LeaveState.RETURNED: frozenset({LeaveState.ASKED, LeaveState.WITHDRAWN}),
    LeaveState.GRANTED: frozenset({LeaveState.WITHDRAWN, LeaveState.ENDED, LeaveState.UNTAKEN}),
    LeaveState.REFUSED: frozenset(),
    LeaveState.WITHDRAWN: frozenset(),
    LeaveState.UNTAKEN: frozenset(),
    LeaveState.ENDED: frozenset(),
}


class Outcome(models.TextChoices):
    DONE = "done", "办理"
    RETURNED = "returned", "退回修改"
    REFUSED = "refused", "不同意"

"""Requests for leave.  A day of leave is derived from a granted request; no table stores it a second time."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q, Value

from apps.core.history import tracked
from apps.core.ranges import DateRange
from apps.core.tenancy import TenantModel
from apps.core.triggers import changed, moves
from apps.leave.models.states import LIVE, TRANSITIONS, LeaveState

# What never changes, and what changes only when a returned request is sent again.
_WHOSE = ("area", "posting_id", "team_id", "person", "on_paper", "extends_id", "by", "at")
_AS_SENT = (
    "kind", "first", "last", "days", "workdays", "reason", "whereabouts", "exception", "document", "rule", "returning",
    "round",
)  # fmt: skip


@tracked()
class LeaveRequest(TenantModel):
    """One request: from `first` to `last`, both included, as asked; `until` is the last day that is leave after all
    (earlier than `last` after an early return, a day before `first` never).

    `rule` is the procedure that was in force when it was sent, with its pack and version, `returning` that of the
    return (or null): both explain the request for ever.  `round` rises with every sending after a return for
    changes; acts of earlier rounds no longer count.  `days` and `workdays` are those of the leaves that adjoin it
    together with its own, by which the procedure was chosen.
    """

    scope_columns = {"person": "person"}

    posting = models.ForeignKey("teams.Posting", models.PROTECT, related_name="leaves", verbose_name="派驻")
    team = models.ForeignKey("teams.Team", models.PROTECT, related_name="+", verbose_name="工作队")
    person = models.CharField("身份摘要", max_length=32, db_collation="C")
    kind = models.CharField("假别", max_length=20)
    first = models.DateField("起")
    last = models.DateField("止")
    until = models.DateField("实际止日")
    days = models.PositiveSmallIntegerField("合并天数")
    workdays = models.PositiveSmallIntegerField("其中工作日")
    reason = models.CharField("事由", max_length=300)
    whereabouts = models.CharField("去向", max_length=100, blank=True)
    exception = models.CharField("超出一般规定的理由", max_length=300, blank=True)
    document = models.CharField("纸质材料", max_length=200, blank=True)
    on_paper = models.BooleanField("纸质审批补登", default=False)
    extends = models.ForeignKey("self", models.PROTECT, null=True, related_name="extensions", verbose_name="续假")
    rule = models.JSONField("适用程序")
    returning = models.JSONField("销假程序", null=True)
    state = models.CharField("状态", max_length=10, choices=LeaveState, default=LeaveState.ASKED)
    round = models.PositiveSmallIntegerField("第几次送审", default=1)
    back = models.DateField("返岗日", null=True)
    by = models.CharField("登记人", max_length=60)
    at = models.DateTimeField("提出时间", auto_now_add=True)
    changed_at = models.DateTimeField("变更时间", auto_now=True)

    class Meta:
        verbose_name = "请假"
        ordering = ("-first", "-id")
        indexes = [
            models.Index(fields=["area", "until"]),
            models.Index(fields=["posting", "first"]),
            models.Index(fields=["person"]),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="leave_order"),
            models.CheckConstraint(
                condition=Q(until__gte=F("first")) & Q(until__lte=F("last")), name="leave_until_inside"
            ),
            ExclusionConstraint(
                name="leave_no_overlap",
                expressions=[
                    ("posting", RangeOperators.EQUAL),
                    (DateRange("first", "until", Value("[]")), RangeOperators.OVERLAPS),
                ],
                condition=Q(state__in=LIVE),
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="leave_state", field="state", transitions=moves(TRANSITIONS)),
            pgtrigger.Protect(name="leave_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="leave_begins", operation=pgtrigger.Insert, condition=~pgtrigger.Q(new__state=LeaveState.ASKED)
            ),
            pgtrigger.Protect(name="leave_whose", operation=pgtrigger.Update, condition=changed(_WHOSE)),
            pgtrigger.Protect(
                name="leave_as_sent",
                operation=pgtrigger.Update,
                condition=changed(_AS_SENT, "OLD.state <> 'returned'"),
            ),
            pgtrigger.Protect(
                name="leave_shortened",
                operation=pgtrigger.Update,
                condition=changed(("until",), "OLD.state <> 'returned'", "NEW.state <> 'ended'"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first}—{self.last}"

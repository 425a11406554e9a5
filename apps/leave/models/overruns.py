"""What a named person decided of days after the end of a leave."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q, Value

from apps.core.ranges import DateRange
from apps.core.tenancy import TenantModel
from apps.leave.models.request import LeaveRequest


class Judgement(models.TextChoices):
    ABSENT = "absent", "认定为脱岗"
    EXCUSED = "excused", "有正当理由，不认定"


class LeaveOverrun(TenantModel):
    """What a named person decided of days after the end of a leave on which somebody was not back yet.

    Without such a decision nothing follows from them: the system only proposes.
    """

    scope_columns = {"person": "person"}

    request = models.ForeignKey(LeaveRequest, models.PROTECT, related_name="overruns", verbose_name="请假")
    posting = models.ForeignKey("teams.Posting", models.PROTECT, related_name="+", verbose_name="派驻")
    person = models.CharField("身份摘要", max_length=32, db_collation="C")
    first = models.DateField("起")
    last = models.DateField("止")
    judgement = models.CharField("认定", max_length=10, choices=Judgement)
    reason = models.CharField("理由", max_length=300)
    clause = models.CharField("依据", max_length=20, blank=True)
    office = models.CharField("身份", max_length=30)
    by = models.CharField("认定人", max_length=60)
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = "超假认定"
        ordering = ("first", "id")
        indexes = [models.Index(fields=["area"]), models.Index(fields=["posting", "first"])]
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="overrun_order"),
            ExclusionConstraint(
                name="overrun_no_overlap",
                expressions=[
                    ("posting", RangeOperators.EQUAL),
                    (DateRange("first", "last", Value("[]")), RangeOperators.OVERLAPS),
                ],
            ),
        ]

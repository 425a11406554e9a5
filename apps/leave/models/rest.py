"""When the people of a team mean to rest in a year, and how many days of leave are due to somebody."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q, Value

from apps.core.history import tracked
from apps.core.ranges import DateRange
from apps.core.tenancy import TenantModel


@tracked()
class RestPlan(TenantModel):
    """One line of a team's yearly rest plan (年度休假计划): from `first` to `last`, both included, in one year.

    It is no approval: whoever rests still asks for leave.
    """

    team = models.ForeignKey("teams.Team", models.PROTECT, related_name="+", verbose_name="工作队")
    posting = models.ForeignKey("teams.Posting", models.PROTECT, related_name="+", verbose_name="派驻")
    year = models.PositiveSmallIntegerField("年度")
    first = models.DateField("起")
    last = models.DateField("止")
    way = models.CharField("休假方式", max_length=20)
    by = models.CharField("登记人", max_length=60)
    at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        verbose_name = "休假计划"
        ordering = ("first", "id")
        indexes = [models.Index(fields=["area", "year"]), models.Index(fields=["team", "year"])]
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="rest_plan_order"),
            models.CheckConstraint(
                condition=Q(first__year=F("year")) & Q(last__year=F("year")), name="rest_plan_in_its_year"
            ),
            ExclusionConstraint(
                name="rest_plan_no_overlap",
                expressions=[
                    ("posting", RangeOperators.EQUAL),
                    (DateRange("first", "last", Value("[]")), RangeOperators.OVERLAPS),
                ],
            ),
        ]


class Counted(models.TextChoices):
    DAY = "day", "日历天"
    WORKDAY = "workday", "工作日"


@tracked()
class LeaveDue(TenantModel):
    """How many days of one entitlement are due to a person in a year, as somebody entered it with his basis.

    `key` is the entitlement in the rules; `days` is empty where the rules name the number themselves.  `elsewhere` are
    days taken that no request here tells of (at his unit, after his term).
    """

    scope_columns = {"unit": "unit_id", "person": "person"}

    posting = models.ForeignKey("teams.Posting", models.PROTECT, related_name="+", verbose_name="派驻")
    unit = models.ForeignKey("cadres.DispatchUnit", models.PROTECT, related_name="+", verbose_name="派出单位")
    person = models.CharField("身份摘要", max_length=32, db_collation="C")
    key = models.CharField("待遇", max_length=60)
    year = models.PositiveSmallIntegerField("年度")
    days = models.PositiveSmallIntegerField("应休天数", null=True)
    counted = models.CharField("计算单位", max_length=10, choices=Counted, default=Counted.DAY)
    elsewhere = models.PositiveSmallIntegerField("其他已休天数", default=0)
    basis = models.CharField("依据", max_length=200)
    by = models.CharField("登记人", max_length=60)
    at = models.DateTimeField("登记时间", auto_now=True)

    class Meta:
        verbose_name = "应休天数"
        ordering = ("-at", "-id")
        indexes = [
            models.Index(fields=["area", "year"]),
            models.Index(fields=["unit"]),
            models.Index(fields=["person"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["posting", "year", "key"], name="leave_due_once"),
            models.CheckConstraint(condition=Q(days__isnull=True) | Q(days__lte=366), name="leave_due_in_a_year"),
        ]

"""Where the party relations of people in post lie, and first secretaries who lead a village's party organisation."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q, Value

from apps.core.history import tracked
from apps.core.ranges import DateRange
from apps.core.tenancy import TenantModel


@tracked()
class PartyRelation(TenantModel):
    """A party member's relation as moved to the village of his posting; no row: not moved, or no party member."""

    scope_columns = {"unit": "unit_id", "person": "person"}

    posting = models.OneToOneField("teams.Posting", models.PROTECT, related_name="party_relation", verbose_name="派驻")
    unit = models.ForeignKey("cadres.DispatchUnit", models.PROTECT, related_name="+", verbose_name="派出单位")
    person = models.CharField("身份摘要", max_length=32, db_collation="C")
    moved_on = models.DateField("转接日期")
    branch = models.CharField("接收的村党组织", max_length=80)
    by = models.CharField("登记人", max_length=60)
    at = models.DateTimeField("登记时间", auto_now=True)

    class Meta:
        verbose_name = "党组织关系转接"
        ordering = ("area", "id")
        indexes = [models.Index(fields=["area"]), models.Index(fields=["person"])]
        constraints = [models.CheckConstraint(condition=~Q(branch=""), name="party_relation_somewhere")]


@tracked()
class VillageSecretary(TenantModel):
    """That a first secretary is the village's party secretary too, from `first` to `last` (open while empty), and why."""

    scope_columns = {"unit": "unit_id", "person": "person"}

    posting = models.ForeignKey("teams.Posting", models.PROTECT, related_name="+", verbose_name="派驻")
    team = models.ForeignKey("teams.Team", models.PROTECT, related_name="+", verbose_name="工作队")
    unit = models.ForeignKey("cadres.DispatchUnit", models.PROTECT, related_name="+", verbose_name="派出单位")
    person = models.CharField("身份摘要", max_length=32, db_collation="C")
    first = models.DateField("兼任起")
    last = models.DateField("兼任止", null=True, blank=True)
    reason = models.CharField("选不出合格书记人选的情况", max_length=300)
    clause = models.CharField("依据", max_length=20, blank=True)
    by = models.CharField("登记人", max_length=60)
    at = models.DateTimeField("登记时间", auto_now=True)

    class Meta:
        verbose_name = "兼任村党组织书记"
        ordering = ("area", "first", "id")
        indexes = [models.Index(fields=["area"]), models.Index(fields=["person"])]
        constraints = [
            models.CheckConstraint(condition=Q(last__isnull=True) | Q(last__gte=F("first")), name="secretary_span"),
            models.CheckConstraint(condition=~Q(reason=""), name="secretary_reason"),
            ExclusionConstraint(
                name="secretary_one_a_day",
                expressions=[
                    ("team", RangeOperators.EQUAL),
                    (DateRange("first", "last", Value("[]")), RangeOperators.OVERLAPS),
                ],
            ),
        ]

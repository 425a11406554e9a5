"""Departures: somebody is to leave his post, why, and what came of it."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from apps.core.history import tracked
from apps.core.tenancy import TenantModel
from apps.core.triggers import changed


class DepartureWhy(models.TextChoices):
    ADJUSTMENT = "adjustment", "调整轮换"
    RECALL = "recall", "召回"
    END_OF_TERM = "end_of_term", "任期届满"


_WHOSE = ("area", "posting_id", "team_id", "unit_id", "person", "why", "by", "at")
_RECALLED = Q(decided_on__isnull=False) & ~Q(decided_by="") & ~Q(number="")


@tracked()
class Departure(TenantModel):
    """One person is to leave one post.

    `case` is its way through a procedure; null where nothing is left to decide: a term that is over, a recall that was
    decided elsewhere (`decided_by`, `decided_on`, `number`).  `way` is what was asked for and `ground` on which ground, in
    the words of the rules.  `last` is the day asked for, `ended_on` the last day in post once it is settled; `over` says
    that nothing more follows (ended, refused, withdrawn).  `helped_on` and `helped` tell of an earlier talk or help.
    """

    scope_columns = {"unit": "unit_id", "person": "person"}

    case = models.OneToOneField("staffing.Case", models.PROTECT, null=True, related_name="departure")
    posting = models.ForeignKey("teams.Posting", models.PROTECT, related_name="departures", verbose_name="派驻")
    team = models.ForeignKey("teams.Team", models.PROTECT, related_name="+", verbose_name="工作队")
    unit = models.ForeignKey(
        "cadres.DispatchUnit", models.PROTECT, related_name="+", db_index=False, verbose_name="派出单位"
    )
    person = models.CharField("身份摘要", max_length=32, db_collation="C")
    name = models.CharField("姓名", max_length=40)
    place = models.CharField("驻村", max_length=120)
    roles = ArrayField(models.CharField(max_length=20), verbose_name="岗位")
    why = models.CharField("类别", max_length=12, choices=DepartureWhy)
    way = models.CharField("事项", max_length=80)
    ground = models.CharField("情形", max_length=60, blank=True)
    clause = models.CharField("依据", max_length=20, blank=True)
    reason = models.CharField("事由", max_length=300)
    evidence = models.CharField("证明材料", max_length=200, blank=True)
    promoted_on = models.DateField("驻村期间提拔重用的日期", null=True, blank=True)
    helped_on = models.DateField("教育帮助日期", null=True, blank=True)
    helped = models.CharField("教育帮助情况", max_length=300, blank=True)
    decided_by = models.CharField("决定机关", max_length=60, blank=True)
    decided_on = models.DateField("决定日期", null=True, blank=True)
    number = models.CharField("文号", max_length=80, blank=True)
    last = models.DateField("拟离岗日")
    successor = models.BooleanField("需要另派人接替", default=True)
    forced = models.BooleanField("属强制调换", default=False)
    due = models.DateField("另派人的期限", null=True, blank=True)
    remarks = models.JSONField("核对情况", default=list)
    opening = models.ForeignKey("staffing.Opening", models.PROTECT, null=True, related_name="departures")
    ended_on = models.DateField("离岗日", null=True)
    over = models.BooleanField("已办结", default=False)
    by = models.CharField("登记人", max_length=60)
    at = models.DateTimeField("提出时间", auto_now_add=True)
    changed_at = models.DateTimeField("变更时间", auto_now=True)

    class Meta:
        verbose_name = "离任"
        ordering = ("-at", "-id")
        indexes = [
            models.Index(fields=["area", "over"]),
            models.Index(fields=["unit"]),
            models.Index(fields=["person"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["posting"], condition=Q(over=False), name="departure_one_at_a_time"),
            models.UniqueConstraint(
                fields=["posting"], condition=Q(ended_on__isnull=False), name="departure_ends_once"
            ),
            models.CheckConstraint(condition=~Q(why="recall") | _RECALLED, name="departure_recall_decided"),
            models.CheckConstraint(condition=~Q(reason=""), name="departure_reason"),
        ]
        triggers = [
            pgtrigger.Protect(name="departure_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(name="departure_whose", operation=pgtrigger.Update, condition=changed(_WHOSE)),
            pgtrigger.Protect(
                name="departure_settled",
                operation=pgtrigger.Update,
                condition=changed(("ended_on", "over"), "OLD.over"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

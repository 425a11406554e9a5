"""Who is put forward for an opening, and what named bodies confirm of him."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from apps.core.history import tracked
from apps.core.tenancy import TenantModel
from apps.core.triggers import changed
from apps.staffing.models.case import Case


class Channel(models.TextChoices):
    OWN = "own", "个人报名"
    RECOMMENDED = "recommended", "组织推荐"


@tracked()
class Candidate(TenantModel):
    """One person put forward in a case of selection.

    The ID number is sealed as a cadre's of the county is, so that it moves on when he is posted.  `facts` are what the
    rules in force ask, {fact: word, words, flag or day}, by the names of the rules' language; of his health only that he is
    fit and on which day that was stated.  `form` is {field: text} of what a paper asks besides; `exception` the written
    reason for what the rules want in principle.
    """

    scope_columns = {"unit": "unit_id"}

    case = models.OneToOneField(Case, models.PROTECT, related_name="candidate", verbose_name="事项")
    unit = models.ForeignKey(
        "cadres.DispatchUnit", models.PROTECT, related_name="+", db_index=False, verbose_name="派出单位"
    )
    person = models.CharField("身份摘要", max_length=32, db_collation="C")
    name = models.CharField("姓名", max_length=40)
    id_number = models.BinaryField("身份证号（加密）")
    id_masked = models.CharField("身份证号", max_length=18)
    birth = models.DateField("出生日期")
    channels = ArrayField(models.CharField(max_length=12, choices=Channel), verbose_name="选派渠道")
    position = models.CharField("现任职务", max_length=60, blank=True)
    phone = models.CharField("联系电话", max_length=20, blank=True)
    facts = models.JSONField("条件", default=dict)
    health_on = models.DateField("健康确认日期", null=True)
    form = models.JSONField("审核表", default=dict)
    exception = models.CharField("超出一般规定的理由", max_length=300, blank=True)
    by = models.CharField("登记人", max_length=60)
    at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        verbose_name = "选派人选"
        ordering = ("id",)
        indexes = [models.Index(fields=["area"]), models.Index(fields=["unit"])]
        constraints = [models.CheckConstraint(condition=Q(channels__len__gte=1), name="candidate_has_channel")]
        triggers = [
            pgtrigger.Protect(name="candidate_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="candidate_who",
                operation=pgtrigger.Update,
                condition=changed(("area", "case_id", "unit_id", "person", "id_number", "birth")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Declaration(TenantModel):
    """What a named body confirms or denies of a candidate, in the words of a rule.  Written once, never changed; those of
    earlier rounds of his case no longer count."""

    scope_columns = {"unit": "unit_id"}

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="declarations", verbose_name="人选")
    unit = models.ForeignKey(
        "cadres.DispatchUnit", models.PROTECT, related_name="+", db_index=False, verbose_name="派出单位"
    )
    round = models.PositiveSmallIntegerField("第几次送审")
    word = models.CharField("内容", max_length=100)
    holds = models.BooleanField("符合")
    body = models.CharField("认定单位", max_length=60)
    name = models.CharField("姓名", max_length=60)
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    day = models.DateField("日期")
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = "人选认定"
        ordering = ("id",)
        indexes = [models.Index(fields=["candidate"])]

"""What hangs on a village's board: notices as published, when they were put up, and what is told there from time to time."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from apps.core.history import tracked
from apps.core.tenancy import TenantModel


class Notice(TenantModel):
    """One publication of a village's notice, and what it said.  Written once; the next `version` takes its place.

    `content` holds the fields that the pack's record lists and nothing else.  `token` is the address of the public page:
    drawn once for a record of a village (of a team, where each has its own) and kept by every version.  A withdrawn one
    has no content.  `hash` is the sha256 of all that the public reads.
    """

    scope_columns = {"notice": "token"}

    village = models.ForeignKey("jurisdictions.Village", models.PROTECT, related_name="notices", verbose_name="村")
    team = models.ForeignKey("teams.Team", models.PROTECT, null=True, related_name="notices", verbose_name="工作队")
    record = models.CharField("公示", max_length=60)
    version = models.PositiveIntegerField("版次")
    title = models.CharField("标题", max_length=200)
    shown_at = models.CharField("地点", max_length=80, blank=True)
    pack = models.CharField("规则包", max_length=40)
    pack_version = models.CharField("规则版本", max_length=64)
    clause = models.CharField("依据", max_length=20, blank=True)
    basis = models.CharField("依据原文出处", max_length=200, blank=True)
    content = models.JSONField("内容")
    withdrawn = models.BooleanField("撤下", default=False)
    reason = models.CharField("撤下原因", max_length=200, blank=True)
    token = models.CharField("公开地址", max_length=19, db_collation="C")
    hash = models.CharField("内容摘要", max_length=64)
    published_on = models.DateField("发布日期")
    by = models.CharField("发布人", max_length=60)
    at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        verbose_name = "公示"
        ordering = ("area", "record", "-version")
        indexes = [models.Index(fields=["area"]), models.Index(fields=["token"])]
        constraints = [
            models.UniqueConstraint(
                fields=["village", "record", "team", "version"], name="notice_version_once", nulls_distinct=False
            ),
            models.CheckConstraint(condition=Q(withdrawn=False) | Q(content={}), name="notice_withdrawn_is_empty"),
        ]


class NoticeDisplay(TenantModel):
    """When a published notice was put up on the board.  Said once."""

    notice = models.OneToOneField(Notice, models.PROTECT, related_name="display", verbose_name="公示")
    on = models.DateField("张贴日期")
    by = models.CharField("登记人", max_length=60)
    at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        verbose_name = "张贴登记"
        indexes = [models.Index(fields=["area"])]


@tracked()
class NoticeValue(TenantModel):
    """What a notice shows and no register holds: a leader's number, what a role is to do.

    `area` is a township, so that it reads its own: what a county says once stands in each of its townships.
    """

    record = models.CharField("公示", max_length=60)
    label = models.CharField("栏目", max_length=60)
    role = models.CharField("岗位", max_length=20, blank=True)
    value = models.CharField("内容", max_length=200)
    by = models.CharField("登记人", max_length=60)

    class Meta:
        verbose_name = "公示固定内容"
        ordering = ("area", "record", "label", "role")
        constraints = [
            models.UniqueConstraint(fields=["area", "record", "label", "role"], name="notice_value_once"),
        ]


class PlanPublication(TenantModel):
    """A team told the village its plan and how far it is.  Written once."""

    team = models.ForeignKey("teams.Team", models.PROTECT, related_name="publications", verbose_name="工作队")
    on = models.DateField("公布日期")
    plan = models.CharField("公布的计划事项", max_length=2000)
    completion = models.CharField("完成情况", max_length=2000)
    by = models.CharField("登记人", max_length=60)
    at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        verbose_name = "计划公布"
        ordering = ("area", "-on", "-id")
        indexes = [models.Index(fields=["area", "-on"])]


class Disclosure(TenantModel):
    """A matter that the village laid open, urged by the team.  Written once; `kind` is one of the record's choices."""

    team = models.ForeignKey("teams.Team", models.PROTECT, related_name="disclosures", verbose_name="工作队")
    kind = models.CharField("事项类别", max_length=60)
    on = models.DateField("公开日期")
    evidence = models.CharField("凭据存放处", max_length=200)
    by = models.CharField("登记人", max_length=60)
    at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        verbose_name = "村务公开登记"
        ordering = ("area", "-on", "-id")
        indexes = [models.Index(fields=["area", "-on"])]

"""What was decided on each request, the proof attached, and what was handed on for the record."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q

from apps.core.history import tracked
from apps.core.tenancy import TenantModel
from apps.leave.models.request import LeaveRequest
from apps.leave.models.states import LeaveState, Outcome


class LeaveAct(TenantModel):
    """One act on a request, never changed: which step, how it ended, who did it in which office.

    `principal` is the person whose deputy acted; `paper` marks an act that was done on paper and entered by `entered_by`.
    """

    scope_columns = {"person": "person"}

    request = models.ForeignKey(LeaveRequest, models.PROTECT, related_name="acts", verbose_name="请假")
    person = models.CharField("身份摘要", max_length=32, db_collation="C")
    matter = models.CharField("事项", max_length=20)
    round = models.PositiveSmallIntegerField("第几次送审")
    key = models.CharField("步骤", max_length=40)
    label = models.CharField("步骤名称", max_length=60)
    outcome = models.CharField("结果", max_length=10, choices=Outcome)
    office = models.CharField("身份", max_length=30)
    name = models.CharField("姓名", max_length=60)
    principal = models.CharField("被代理人", max_length=60, blank=True)
    user = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    paper = models.BooleanField("纸质", default=False)
    entered_by = models.CharField("补登人", max_length=60, blank=True)
    remark = models.CharField("意见", max_length=300, blank=True)
    clause = models.CharField("依据", max_length=20, blank=True)
    day = models.DateField("日期")
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = "请假办理"
        ordering = ("id",)
        indexes = [models.Index(fields=["request"])]
        constraints = [
            models.CheckConstraint(condition=Q(paper=True) | Q(user__isnull=False), name="leave_act_by_somebody")
        ]
        triggers = [
            pgtrigger.Trigger(
                name="leave_not_by_himself",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=pgtrigger.Func(
                    "IF NOT EXISTS (SELECT FROM leave_leaverequest r WHERE r.id = NEW.request_id "
                    "AND r.person = NEW.person AND r.area = NEW.area) "
                    "THEN RAISE EXCEPTION 'an act is about the person of its request'; END IF; "
                    "IF NEW.paper OR (NEW.office = 'cadre') = EXISTS (SELECT FROM accounts_user u "
                    "WHERE u.id = NEW.user_id AND u.person = NEW.person) THEN RETURN NEW; END IF; "
                    "RAISE EXCEPTION 'nobody decides on his own leave, nobody else asks for it';"
                ),
            )
        ]


class LeaveProof(TenantModel):
    """A file that proves the ground of a leave; kept in the database, so that row security guards it too."""

    scope_columns = {"person": "person"}

    request = models.ForeignKey(LeaveRequest, models.PROTECT, related_name="proofs", verbose_name="请假")
    person = models.CharField("身份摘要", max_length=32, db_collation="C")
    name = models.CharField("文件名", max_length=120)
    type = models.CharField("类型", max_length=40)
    content = models.BinaryField("内容")
    by = models.CharField("上传人", max_length=60)
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = "证明材料"
        ordering = ("id",)
        indexes = [models.Index(fields=["request"])]


@tracked()
class LeaveFiling(TenantModel):
    """A request handed to a body for the record (备案): nobody waits for it.  A dispatch unit reads those of its people.

    It says all that the body needs to know, since the body does not read the request.
    """

    scope_columns = {"unit": "unit_id", "person": "person"}

    request = models.ForeignKey(LeaveRequest, models.PROTECT, related_name="filings", verbose_name="请假")
    person = models.CharField("身份摘要", max_length=32, db_collation="C")
    unit = models.ForeignKey(
        "cadres.DispatchUnit", models.PROTECT, null=True, related_name="+", verbose_name="派出单位"
    )
    key = models.CharField("备案", max_length=40)
    label = models.CharField("名称", max_length=60)
    to = models.CharField("备案单位", max_length=60)
    name = models.CharField("姓名", max_length=40)
    place = models.CharField("驻村", max_length=120)
    kind = models.CharField("假别", max_length=20)
    first = models.DateField("起")
    last = models.DateField("止")
    until = models.DateField("实际止日")
    state = models.CharField("请假状态", max_length=10, choices=LeaveState)
    clause = models.CharField("依据", max_length=20, blank=True)
    at = models.DateTimeField("备案时间", auto_now_add=True)
    seen_by = models.CharField("收悉人", max_length=60, blank=True)
    seen_at = models.DateTimeField("收悉时间", null=True)

    class Meta:
        verbose_name = "请假备案"
        ordering = ("-at", "-id")
        indexes = [models.Index(fields=["area"]), models.Index(fields=["unit"])]
        constraints = [models.UniqueConstraint(fields=["request", "key", "to"], name="leave_filing_once")]

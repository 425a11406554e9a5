"""Requests for leave, what was decided on each, the proof attached, and what was handed on for the record.

A day of leave is derived from a granted request; no table stores it a second time (design.md, "read down").
"""

from __future__ import annotations

from collections.abc import Sequence

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from apps.core.history import tracked
from apps.core.tenancy import TenantModel


class LeaveState(models.TextChoices):
    ASKED = "asked", "待审批"
    RETURNED = "returned", "退回修改"
    GRANTED = "granted", "已批准"
    REFUSED = "refused", "未批准"
    WITHDRAWN = "withdrawn", "已撤回"
    ENDED = "ended", "已销假"


LIVE = (LeaveState.ASKED, LeaveState.GRANTED, LeaveState.ENDED)
VALID = (LeaveState.GRANTED, LeaveState.ENDED)
TRANSITIONS: dict[str, frozenset[str]] = {
    LeaveState.ASKED: frozenset({LeaveState.RETURNED, LeaveState.GRANTED, LeaveState.REFUSED, LeaveState.WITHDRAWN}),
    LeaveState.RETURNED: frozenset({LeaveState.ASKED, LeaveState.WITHDRAWN}),
    LeaveState.GRANTED: frozenset({LeaveState.WITHDRAWN, LeaveState.ENDED}),
    LeaveState.REFUSED: frozenset(),
    LeaveState.WITHDRAWN: frozenset(),
    LeaveState.ENDED: frozenset(),
}


class Outcome(models.TextChoices):
    DONE = "done", "办理"
    RETURNED = "returned", "退回修改"
    REFUSED = "refused", "不同意"


# What never changes, and what changes only when a returned request is sent again.
_WHOSE = ("area", "posting_id", "team_id", "person", "on_paper", "extends_id", "by", "at")
_AS_SENT = (
    "kind", "first", "last", "days", "workdays", "reason", "whereabouts", "exception", "document", "rule", "returning",
    "round",
)  # fmt: skip


class _DateRange(Func):
    function = "daterange"
    output_field = DateRangeField()


def _moves() -> list[tuple[str, str]]:
    return [(before, after) for before, targets in TRANSITIONS.items() for after in sorted(targets)]


def _changed(columns: Sequence[str], *when: str) -> pgtrigger.Condition:
    """Any of some columns takes another value, and all of `when` holds."""
    other = " OR ".join(f'OLD."{column}" IS DISTINCT FROM NEW."{column}"' for column in columns)
    return pgtrigger.Condition(f"({' AND '.join((f'({other})', *when))})")


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
                    (_DateRange("first", "until", Value("[]")), RangeOperators.OVERLAPS),
                ],
                condition=Q(state__in=LIVE),
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="leave_state", field="state", transitions=_moves()),
            pgtrigger.Protect(name="leave_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="leave_begins", operation=pgtrigger.Insert, condition=~pgtrigger.Q(new__state=LeaveState.ASKED)
            ),
            pgtrigger.Protect(name="leave_whose", operation=pgtrigger.Update, condition=_changed(_WHOSE)),
            pgtrigger.Protect(
                name="leave_as_sent",
                operation=pgtrigger.Update,
                condition=_changed(_AS_SENT, "OLD.state <> 'returned'"),
            ),
            pgtrigger.Protect(
                name="leave_shortened",
                operation=pgtrigger.Update,
                condition=_changed(("until",), "OLD.state <> 'returned'", "NEW.state <> 'ended'"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first}—{self.last}"


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
                    (_DateRange("first", "last", Value("[]")), RangeOperators.OVERLAPS),
                ],
            ),
        ]

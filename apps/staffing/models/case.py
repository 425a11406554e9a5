"""Cases: one matter about one person on its way through a procedure, and the acts on it."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

from apps.core.history import tracked
from apps.core.tenancy import TenantModel
from apps.core.triggers import changed, moves


class CaseState(models.TextChoices):
    OPEN = "open", "办理中"
    RETURNED = "returned", "退回修改"
    DONE = "done", "已办结"
    REFUSED = "refused", "未通过"
    WITHDRAWN = "withdrawn", "已撤回"


LIVE = (CaseState.OPEN, CaseState.RETURNED)
_MOVES: dict[str, frozenset[str]] = {
    CaseState.OPEN: frozenset({CaseState.RETURNED, CaseState.DONE, CaseState.REFUSED, CaseState.WITHDRAWN}),
    CaseState.RETURNED: frozenset({CaseState.OPEN, CaseState.WITHDRAWN}),
    CaseState.DONE: frozenset({CaseState.WITHDRAWN}),
    CaseState.REFUSED: frozenset(),
    CaseState.WITHDRAWN: frozenset(),
}


class Outcome(models.TextChoices):
    DONE = "done", "办理"
    RETURNED = "returned", "退回修改"
    REFUSED = "refused", "不同意"


# What never changes, what changes only when a returned case is sent again, what is written once.
_WHOSE = ("area", "matter", "person", "unit_id", "opening_id", "by", "at")
_AS_SENT = ("kind", "ground", "reason", "rule", "name", "roles", "classes", "place", "round")
_ONCE = ("team_id", "posting_id")


@tracked()
class Case(TenantModel):
    """One matter about one person in a village.

    `rule` is the procedure that was in force when it was sent, with its pack and version; null where the law knows none:
    then the county's office deals with it.  `roles` and `classes` (of the village) are what the rules chose by.  `round`
    rises with every sending after a return; acts of earlier rounds no longer count.
    """

    scope_columns = {"unit": "unit_id", "person": "person"}

    matter = models.CharField("事项", max_length=20)
    kind = models.CharField("类别", max_length=60, blank=True)
    ground = models.CharField("情形", max_length=60, blank=True)
    reason = models.CharField("事由", max_length=300, blank=True)
    rule = models.JSONField("适用程序", null=True)
    person = models.CharField("身份摘要", max_length=32, db_collation="C")
    name = models.CharField("姓名", max_length=40)
    place = models.CharField("驻村", max_length=120)
    roles = ArrayField(models.CharField(max_length=20), verbose_name="岗位")
    classes = ArrayField(models.CharField(max_length=20), default=list, verbose_name="村类别")
    unit = models.ForeignKey(
        "cadres.DispatchUnit", models.PROTECT, related_name="+", db_index=False, verbose_name="派出单位"
    )
    team = models.ForeignKey("teams.Team", models.PROTECT, null=True, related_name="+", verbose_name="工作队")
    posting = models.ForeignKey("teams.Posting", models.PROTECT, null=True, related_name="cases", verbose_name="派驻")
    opening = models.ForeignKey(
        "staffing.Opening", models.PROTECT, null=True, related_name="cases", verbose_name="选派任务"
    )
    state = models.CharField("状态", max_length=10, choices=CaseState, default=CaseState.OPEN)
    round = models.PositiveSmallIntegerField("第几次送审", default=1)
    by = models.CharField("登记人", max_length=60)
    at = models.DateTimeField("提出时间", auto_now_add=True)
    changed_at = models.DateTimeField("变更时间", auto_now=True)

    class Meta:
        verbose_name = "选派调整事项"
        ordering = ("-at", "-id")
        indexes = [
            models.Index(fields=["area", "state"]),
            models.Index(fields=["unit"]),
            models.Index(fields=["person"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "matter", "person"], condition=models.Q(state__in=LIVE), name="case_one_at_a_time"
            )
        ]
        triggers = [
            pgtrigger.FSM(name="case_state", field="state", transitions=moves(_MOVES)),
            pgtrigger.Protect(name="case_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="case_begins", operation=pgtrigger.Insert, condition=~pgtrigger.Q(new__state=CaseState.OPEN)
            ),
            pgtrigger.Protect(name="case_whose", operation=pgtrigger.Update, condition=changed(_WHOSE)),
            pgtrigger.Protect(
                name="case_as_sent", operation=pgtrigger.Update, condition=changed(_AS_SENT, "OLD.state <> 'returned'")
            ),
            *(
                pgtrigger.Protect(
                    name=f"case_{column}_once",
                    operation=pgtrigger.Update,
                    condition=changed((column,), f'OLD."{column}" IS NOT NULL'),
                )
                for column in _ONCE
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CaseAct(TenantModel):
    """One act on a case, never changed: which step, how it ended, who recorded it in which office.

    With `paper` the act is that of `body`, which has no account: `name` is who decided there, `document` and `day` are its
    paper's, `entered_by` who entered it.  `joined` is {body: what it said} of those who took part or were heard.
    """

    scope_columns = {"unit": "unit_id", "person": "person"}

    case = models.ForeignKey(Case, models.PROTECT, related_name="acts", verbose_name="事项")
    person = models.CharField("身份摘要", max_length=32, db_collation="C")
    unit = models.ForeignKey(
        "cadres.DispatchUnit", models.PROTECT, related_name="+", db_index=False, verbose_name="派出单位"
    )
    round = models.PositiveSmallIntegerField("第几次送审")
    key = models.CharField("步骤", max_length=40)
    label = models.CharField("步骤名称", max_length=60)
    outcome = models.CharField("结果", max_length=10, choices=Outcome)
    office = models.CharField("登记身份", max_length=30)
    body = models.CharField("办理单位", max_length=60)
    name = models.CharField("姓名", max_length=60)
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    paper = models.BooleanField("纸质", default=False)
    entered_by = models.CharField("录入人", max_length=60, blank=True)
    document = models.CharField("文号或会议", max_length=120, blank=True)
    joined = models.JSONField("会同和征求", default=dict)
    remark = models.CharField("意见", max_length=300, blank=True)
    clause = models.CharField("依据", max_length=20, blank=True)
    day = models.DateField("日期")
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = "事项办理"
        ordering = ("id",)
        indexes = [models.Index(fields=["case"])]
        triggers = [
            pgtrigger.Trigger(
                name="case_act_not_by_himself",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=pgtrigger.Func(
                    "IF NOT EXISTS (SELECT FROM staffing_case c WHERE c.id = NEW.case_id AND c.person = NEW.person "
                    "AND c.area = NEW.area AND c.unit_id = NEW.unit_id AND c.round = NEW.round) "
                    "THEN RAISE EXCEPTION 'an act is about the person and the round of its case'; END IF; "
                    "IF (NEW.office = 'cadre') = EXISTS (SELECT FROM accounts_user u "
                    "WHERE u.id = NEW.user_id AND u.person = NEW.person) THEN RETURN NEW; END IF; "
                    "RAISE EXCEPTION 'nobody decides on his own case, nobody else speaks for him';"
                ),
            )
        ]

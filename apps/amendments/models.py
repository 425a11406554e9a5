"""A proposed version of a rule pack, from its proposal to the decision of a second person."""

from __future__ import annotations

import json

import pgtrigger
from django.db import models
from django.db.models import F, Q

from apps.core.history import tracked
from apps.core.tenancy import TenantModel
from apps.rules.own import OwnClauses
from apps.rules.pack import Pack


class Source(models.TextChoices):
    UPLOAD = "upload", "上传规则包"
    OVERRIDE = "override", "改一个数"
    COMMAND = "command", "命令行"


class State(models.TextChoices):
    PROPOSED = "proposed", "待确认"
    PUBLISHED = "published", "已发布"
    WITHDRAWN = "withdrawn", "已撤回"
    REFUSED = "refused", "已退回"


_TOLD = Q(state__in=[State.PUBLISHED, State.REFUSED])
_BOTH_KNOWN = Q(proposed_by__isnull=False, decided_by__isnull=False)


# What never changes once it is proposed.
_PROPOSED = (
    "area", "code", "title", "content", "clauses", "hash", "source", "reason", "proposed_by_id", "proposer", "proposed_at",
)  # fmt: skip


def _row(which: str) -> str:
    return ", ".join(f"{which}.{name}" for name in _PROPOSED)


@tracked()
class Amendment(TenantModel):
    """One version of one rule pack as somebody proposes it.  `area` is the pack's own.

    `content` is the pack and `clauses` what it brings along, both as JSON text (jsonb loses the order of rules); neither
    ever changes (trigger).  `rehearsal` holds the counts of the last rehearsal, `rehearsed_after` the latest publication
    that it knew of: after another one it is worth nothing.  Who came by command has a name and no account.
    """

    code = models.CharField("规则包", max_length=40)
    title = models.CharField("名称", max_length=200)
    content = models.TextField("内容")
    clauses = models.TextField("自带条款", blank=True)
    hash = models.CharField("内容摘要", max_length=64)
    source = models.CharField("来源", max_length=10, choices=Source)
    reason = models.CharField("理由", max_length=500)
    proposed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="提出账号"
    )
    proposer = models.CharField("提出人", max_length=60)
    proposed_at = models.DateTimeField("提出时间", auto_now_add=True)
    rehearsed_at = models.DateTimeField("试算时间", null=True)
    rehearsed_after = models.BigIntegerField("试算所依据的最后一次发布", null=True)
    rehearsal = models.JSONField("试算结果", default=dict)
    state = models.CharField("状态", max_length=10, choices=State, default=State.PROPOSED)
    decided_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="决定账号"
    )
    decider = models.CharField("决定人", max_length=60, blank=True)
    decided_at = models.DateTimeField("决定时间", null=True)
    remark = models.CharField("意见", max_length=500, blank=True)

    class Meta:
        verbose_name = "制度修订"
        ordering = ("-id",)
        indexes = [models.Index(fields=["area", "-id"])]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "code", "hash"], condition=Q(state="proposed"), name="amendment_open_once"
            ),
            models.CheckConstraint(
                condition=~_TOLD
                | (_BOTH_KNOWN & ~Q(proposed_by=F("decided_by")))
                | (~_BOTH_KNOWN & ~Q(proposer=F("decider"))),
                name="amendment_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(rehearsed_at__isnull=False, rehearsed_after__isnull=False),
                name="amendment_published_is_rehearsed",
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", decider="", decided_at__isnull=True)
                | (~Q(state="proposed") & ~Q(decider="") & Q(decided_at__isnull=False)),
                name="amendment_decided_by_somebody",
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="amendment_state",
                field="state",
                transitions=[(str(State.PROPOSED), str(state)) for state in sorted(set(State) - {State.PROPOSED})],
            ),
            pgtrigger.Protect(
                name="amendment_content",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(f"NOT (({_row('OLD')}) IS NOT DISTINCT FROM ({_row('NEW')}))"),
            ),
        ]

    @staticmethod
    def text_of(pack: Pack) -> str:
        """A pack as `content` holds it."""
        return json.dumps(pack.dump(), ensure_ascii=False)

    def is_of(self, user: int, name: str) -> bool:
        """Whether somebody proposed it; who came by command is known by name."""
        return self.proposed_by_id == user if self.proposed_by_id else self.proposer == name

    @property
    def pack(self) -> Pack:
        """The proposed pack."""
        return Pack.load(json.loads(self.content))

    @property
    def own(self) -> OwnClauses | None:
        """The clauses that it brings along."""
        return OwnClauses.model_validate_json(self.clauses) if self.clauses else None

    @property
    def open(self) -> bool:
        """Whether nobody has decided yet."""
        return self.state == State.PROPOSED

"""The ledger itself: an immutable snapshot with a content hash and a path of states."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q

from apps.core.history import tracked
from apps.core.tenancy import TenantModel


class LedgerKind(models.TextChoices):
    TOWNSHIP = "township", "乡镇月度台账"
    COUNTY = "county", "县级月度台账"


class LedgerState(models.TextChoices):
    QUEUED = "queued", "等待编制"
    DRAFT = "draft", "待签批"
    SIGNED = "signed", "待报送"
    SUBMITTED = "submitted", "待县级审核"
    RETURNED = "returned", "已退回"
    ACCEPTED = "accepted", "已审核通过"
    SUPERSEDED = "superseded", "已被更正"


TRANSITIONS: dict[str, frozenset[str]] = {
    LedgerState.QUEUED: frozenset({LedgerState.DRAFT, LedgerState.SIGNED, LedgerState.ACCEPTED}),
    LedgerState.DRAFT: frozenset({LedgerState.SIGNED, LedgerState.SUPERSEDED}),
    LedgerState.SIGNED: frozenset({LedgerState.SUBMITTED, LedgerState.SUPERSEDED}),
    LedgerState.SUBMITTED: frozenset({LedgerState.RETURNED, LedgerState.ACCEPTED, LedgerState.SUPERSEDED}),
    LedgerState.RETURNED: frozenset({LedgerState.SUPERSEDED}),
    LedgerState.ACCEPTED: frozenset({LedgerState.SUPERSEDED}),
    LedgerState.SUPERSEDED: frozenset(),
}


class FrozenBook(models.Model):
    """The rules in force as one ledger saw them; one row per different content, shared by all that used it."""

    hash = models.CharField("摘要", max_length=64, primary_key=True)
    content = models.JSONField("规则")

    class Meta:
        verbose_name = "冻结的规则"


@tracked()
class Ledger(TenantModel):
    """A month's ledger of a township or a county, one row per version.

    `area` is the township's or county's own code.  `totals` are the sums over its lines, `parts` (county only) the
    township ledgers it was made from with their hashes.  Content never changes once it is drafted, and the state
    moves only along TRANSITIONS (triggers).
    """

    kind = models.CharField("类型", max_length=10, choices=LedgerKind)
    name = models.CharField("单位", max_length=80)
    month = models.DateField("月份")
    version = models.PositiveSmallIntegerField("版本", default=1)
    state = models.CharField("状态", max_length=12, choices=LedgerState, default=LedgerState.QUEUED)
    book = models.ForeignKey(FrozenBook, models.PROTECT, verbose_name="规则")
    people = models.PositiveIntegerField("人数", default=0)
    totals = models.JSONField("合计", default=dict)
    parts = models.JSONField("组成", default=list)
    hash = models.CharField("内容摘要", max_length=64, blank=True)
    attested_by = models.CharField("月结确认人", max_length=60)
    reason = models.CharField("更正原因", max_length=500, blank=True)
    created_at = models.DateTimeField("生成时间", auto_now_add=True)
    changed_at = models.DateTimeField("变更时间", auto_now=True)

    class Meta:
        verbose_name = "台账"
        ordering = ("-month", "area", "-version")
        indexes = [
            models.Index(fields=["area", "-month"]),
            models.Index(fields=["kind", "month", "area"]),
            models.Index(fields=["-month", "area", "kind"]),  # the list of a nation, page by page
        ]
        constraints = [
            models.UniqueConstraint(fields=["area", "kind", "month", "version"], name="ledger_version_once"),
            models.UniqueConstraint(
                fields=["area", "kind", "month"], condition=~Q(state="superseded"), name="ledger_one_current"
            ),
            models.CheckConstraint(condition=Q(state="queued") | ~Q(hash=""), name="ledger_drafted_has_hash"),
        ]
        triggers = [
            pgtrigger.FSM(
                name="ledger_state",
                field="state",
                transitions=sorted((str(old), str(new)) for old, targets in TRANSITIONS.items() for new in targets),
            ),
            pgtrigger.Protect(
                name="ledger_content",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.hash <> '' AND (OLD.area, OLD.kind, OLD.month, OLD.version, OLD.book_id, OLD.people, "
                    "OLD.totals, OLD.parts, OLD.hash) IS DISTINCT FROM (NEW.area, NEW.kind, NEW.month, NEW.version, "
                    "NEW.book_id, NEW.people, NEW.totals, NEW.parts, NEW.hash)"
                ),
            ),
        ]

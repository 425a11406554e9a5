"""Who signed, submitted, returned, accepted or filed a ledger, and the remarks of a return."""

from __future__ import annotations

from django.db import models

from apps.core.tenancy import TenantModel


class LedgerStep(TenantModel):
    """One act of a named person on a ledger.  Append-only."""

    ledger = models.ForeignKey("ledgers.Ledger", models.PROTECT, related_name="steps")
    step = models.CharField("步骤", max_length=40)
    verb = models.CharField("动作", max_length=12)
    label = models.CharField("名称", max_length=80)
    office = models.CharField("身份", max_length=30)
    person = models.CharField("姓名", max_length=60)
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    note = models.CharField("说明", max_length=500, blank=True)
    clause = models.CharField("依据", max_length=20, blank=True)
    late = models.BooleanField("逾期", default=False)
    hash = models.CharField("所办内容摘要", max_length=64)
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = "办理记录"
        ordering = ("at", "id")


class LedgerRemark(TenantModel):
    """What the county asks about one line when it returns a ledger, or without one about all of it.  Append-only."""

    ledger = models.ForeignKey("ledgers.Ledger", models.PROTECT, related_name="remarks")
    posting = models.ForeignKey("teams.Posting", models.PROTECT, related_name="+", null=True)
    line = models.ForeignObject(
        "ledgers.LedgerLine",
        models.PROTECT,
        from_fields=("ledger", "posting"),
        to_fields=("ledger", "posting"),
        related_name="+",
        null=True,
    )
    text = models.CharField("意见", max_length=500)
    by = models.CharField("提出人", max_length=60)
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = "审核意见"
        ordering = ("id",)

"""What a dispatch unit may see: the accepted months in which it has people."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from apps.core.tenancy import TenantModel


class UnitFeedback(TenantModel):
    """An accepted township ledger as fed back to one dispatch unit, with the day it was.  `area` is the township.

    `current` moves to the corrected version's row when that is accepted.
    """

    scope_columns = {"unit": "unit_id"}

    unit = models.ForeignKey("cadres.DispatchUnit", models.PROTECT, related_name="feedback")
    ledger = models.ForeignKey("ledgers.Ledger", models.PROTECT, related_name="feedback")
    book = models.ForeignKey("ledgers.FrozenBook", models.PROTECT, related_name="+")
    month = models.DateField("月份")
    county = models.CharField("县", max_length=60)
    township = models.CharField("乡镇", max_length=60)
    version = models.PositiveSmallIntegerField("版本")
    hash = models.CharField("内容摘要", max_length=64)
    current = models.BooleanField("有效", default=True)
    at = models.DateTimeField("反馈时间", auto_now_add=True)

    class Meta:
        verbose_name = "反馈"
        indexes = [models.Index(fields=["unit", "month"]), models.Index(fields=["ledger"])]
        constraints = [
            models.UniqueConstraint(fields=["unit", "ledger"], name="feedback_once"),
            models.UniqueConstraint(
                fields=["unit", "area", "month"], condition=Q(current=True), name="feedback_one_current"
            ),
        ]

"""Finished papers that took too long to make in a request."""

from __future__ import annotations

from django.db import models

from apps.core.tenancy import TenantModel


class Document(TenantModel):
    """The newest PDF of a ledger, kept as a row, so that row-level security guards the file as it guards the figures.

    `stamp` tells what was printed (`selectors.documents.stamp_of`): a signature added later makes the paper out of date,
    and the next one takes its place.  `area` is the ledger's; `hash` is the sha256 of `content`.
    """

    ledger = models.OneToOneField("ledgers.Ledger", models.PROTECT, related_name="document", verbose_name="台账")
    name = models.CharField("文件名", max_length=160)
    content = models.BinaryField("内容")
    hash = models.CharField("文件摘要", max_length=64)
    stamp = models.CharField("所印内容摘要", max_length=64)
    made_at = models.DateTimeField("生成时间")
    by = models.CharField("发起人", max_length=60)

    class Meta:
        verbose_name = "成文"
        indexes = [models.Index(fields=["area"])]

    def __str__(self) -> str:
        return self.name

"""Finished papers that took too long to make in a request."""

from __future__ import annotations

from django.db import models

from apps.core.tenancy import TenantModel


class DocumentKind(models.TextChoices):
    LEDGER = "ledger", "台账"
    NOTICE = "notice", "公示"
    HANDOVER = "handover", "交接清单"
    SERVICE = "service", "驻村工作经历证明"


class Document(TenantModel):
    """The newest PDF of something, kept as a row, so that row-level security guards the file as it guards the figures.

    `kind` and `subject` name what was printed (`selectors.subjects`); `area` is its area.  `stamp` tells in what state it
    was printed: what changes later makes the paper out of date, and the next one takes its place.  `hash` is the sha256
    of `content`.
    """

    kind = models.CharField("类型", max_length=20, choices=DocumentKind)
    subject = models.BigIntegerField("对象")
    name = models.CharField("文件名", max_length=160)
    content = models.BinaryField("内容")
    hash = models.CharField("文件摘要", max_length=64)
    stamp = models.CharField("所印内容摘要", max_length=64)
    made_at = models.DateTimeField("生成时间")
    by = models.CharField("发起人", max_length=60)

    class Meta:
        verbose_name = "成文"
        indexes = [models.Index(fields=["area"])]
        constraints = [models.UniqueConstraint(fields=["kind", "subject"], name="document_once")]

    def __str__(self) -> str:
        return self.name

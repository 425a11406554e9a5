"""The outbox and run state of background work: written in the business transaction, published by a sweeper."""

from __future__ import annotations

from django.db import models

from apps.core.tenancy import TenantModel


class JobState(models.TextChoices):
    QUEUED = "queued", "排队中"
    RUNNING = "running", "进行中"
    DONE = "done", "已完成"
    FAILED = "failed", "未完成"


class Job(TenantModel):
    """One piece of background work.  `kind` names the task, `subject` the row it is about.

    Claimed by a conditional UPDATE under a lease of the database clock; `attempts` lives here, not in the broker.
    Source: design.md decision 4, security.md C3–C5.
    """

    kind = models.CharField("类型", max_length=40)
    month = models.DateField("月份", null=True)
    subject = models.BigIntegerField("对象", null=True)
    state = models.CharField("状态", max_length=10, choices=JobState, default=JobState.QUEUED)
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    done = models.PositiveIntegerField("已完成", default=0)
    total = models.PositiveIntegerField("总数", default=0)
    message = models.CharField("说明", max_length=500, blank=True)
    by = models.CharField("发起人", max_length=60)
    created_at = models.DateTimeField("创建时间", auto_now_add=True)
    published_at = models.DateTimeField("发出时间", null=True)
    lease_until = models.DateTimeField("占用至", null=True)
    finished_at = models.DateTimeField("完成时间", null=True)

    class Meta:
        verbose_name = "后台任务"
        ordering = ("-id",)
        indexes = [
            models.Index(
                name="job_open",
                fields=["state", "lease_until"],
                condition=models.Q(state__in=[JobState.QUEUED, JobState.RUNNING]),
            ),
            models.Index(fields=["area", "-id"]),
        ]

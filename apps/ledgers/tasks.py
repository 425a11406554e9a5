"""Celery shells: take a job, do its work in transactions of its area, say how far it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from celery import shared_task
from django.utils import timezone

from apps.core.months import Month
from apps.core.tasks import AreaTask
from apps.core.tenancy import NATION
from apps.ledgers.models import Job
from apps.ledgers.services.county import county_ledger_fill, county_queue
from apps.ledgers.services.fill import BATCH, ledgers_fill, ledgers_waiting
from apps.ledgers.services.jobs import TASK, job_claim, job_finish, job_progress, job_queue, jobs_rescue
from apps.ledgers.services.reminders import ledgers_due

BY_THE_DAY = "系统按期编制"


@shared_task(bind=True, base=AreaTask, name=TASK)
def job_run(self: AreaTask, *, area: str, job: int) -> str:
    """Run one job.  Delivered twice it runs once: the claim is a conditional UPDATE under a lease; a worker that dies
    leaves the lease to run out and the sweeper hands the job out again."""
    with self.within(area):
        claimed = job_claim(job=job)
    if claimed is None:
        return "skipped"
    message = WORK[claimed.kind](self, claimed)
    with self.within(area):
        job_finish(job=job, message=message)
    return message


def _ledgers(task: AreaTask, job: Job) -> str:
    """Fill the queued township ledgers of an area's month, a batch per transaction."""
    month = Month.of(_month(job))
    with task.within(job.area):
        total = ledgers_waiting(area=job.area, month=month)
        if total > BATCH:  # otherwise there is nothing to watch, and no need to wait for a commit
            job_progress(job=job.pk, done=0, total=total)
    done, more = 0, True
    while more:
        with task.within(job.area):
            filled, more = ledgers_fill(area=job.area, month=month)
            done += filled
            if filled:
                job_progress(job=job.pk, done=done, total=max(total, done))
    return f"编成{done}份台账"


def _county(task: AreaTask, job: Job) -> str:
    with task.within(job.area):
        parts = county_ledger_fill(ledger=job.subject or 0)
        job_progress(job=job.pk, done=parts, total=parts)
    return f"汇总{parts}个乡镇"


def _month(job: Job) -> date:
    if job.month is None:
        raise ValueError(f"job {job.pk} has no month")
    return job.month


WORK: dict[str, Callable[[AreaTask, Job], str]] = {"ledgers": _ledgers, "county": _county}


@shared_task(bind=True, base=AreaTask, name="ledgers.sweep")
def sweep(self: AreaTask) -> str:
    """Publish what the broker lost and what a dead worker left; harmless at any time."""
    with self.within(NATION):
        found = jobs_rescue()
    for area, job in found:
        job_run.apply_async(kwargs={"area": area, "job": job})
    return f"{len(found)} jobs"


@shared_task(bind=True, base=AreaTask, name="ledgers.month_due")
def month_due(self: AreaTask) -> str:
    """Every morning: queue compile jobs where the pack's day has come and ledgers still wait to be filled.

    Delivered twice it queues nothing new: a county whose job is open is left out.
    """
    with self.within(NATION):
        due = ledgers_due(today=timezone.localdate())
    for area, month in due:
        with self.within(area):
            if ledgers_waiting(area=area, month=month):
                job_queue(area=area, kind="ledgers", by=BY_THE_DAY, month=month.first)
            else:
                county_queue(area=area, month=month, by=BY_THE_DAY)
    return f"{len(due)} counties"

"""The outbox: jobs are rows first; the broker only carries the news that there is one.

Source: design.md decision 4; security.md C3–C5.  A job is claimed by a conditional UPDATE under a lease of the
database's clock, so delivered twice it runs once, and one whose worker died is taken up again; after MAX_ATTEMPTS it
stops and shows why.
"""

from __future__ import annotations

from datetime import date

from celery import current_app
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from apps.core.sql import fetch
from apps.ledgers.models import Job, JobState

TASK = "ledgers.job_run"  # by name: the shell lies a floor above
MAX_ATTEMPTS = 3
LEASE = "5 minutes"


def job_queue(*, area: str, kind: str, by: str, month: date | None = None, subject: int | None = None) -> Job:
    """Write a job into the outbox of the current transaction and tell the broker once it has committed.

    When the process dies in between, or the broker is away, the sweeper tells it later.
    """
    job = Job.objects.create(area=area, kind=kind, by=by, month=month, subject=subject)
    transaction.on_commit(lambda: _publish(area, job.pk), robust=True)
    return job


def _publish(area: str, job: int) -> None:
    current_app.send_task(TASK, kwargs={"area": area, "job": job}, retry=False, ignore_result=True)


def job_claim(*, job: int) -> Job | None:
    """Take a job that waits or whose lease ran out; None when somebody else has it or it is done."""
    rows = fetch(
        "UPDATE ledgers_job SET state = 'running', attempts = attempts + 1, lease_until = now() + %s::interval "
        "WHERE id = %s AND (state = 'queued' OR (state = 'running' AND lease_until < now())) AND attempts < %s "
        "RETURNING id",
        [LEASE, job, MAX_ATTEMPTS],
    )
    return Job.objects.get(pk=job) if rows else None


def job_progress(*, job: int, done: int, total: int) -> None:
    """Say how far a job is and hold it for another lease."""
    fetch(
        "UPDATE ledgers_job SET done = %s, total = %s, lease_until = now() + %s::interval WHERE id = %s RETURNING id",
        [done, total, LEASE, job],
    )


def job_finish(*, job: int, message: str = "") -> None:
    """The job is done; a second time changes nothing."""
    Job.objects.filter(pk=job, state=JobState.RUNNING).update(
        state=JobState.DONE, message=message, lease_until=None, finished_at=Now()
    )


def job_fail(*, job: int, message: str) -> None:
    """The job cannot be done; `message` says what to do about it."""
    Job.objects.filter(pk=job).update(state=JobState.FAILED, message=message[:500], lease_until=None, finished_at=Now())


def jobs_rescue() -> list[tuple[str, int]]:
    """(area, id) of the jobs in scope that nobody works on: waiting for more than ten seconds, or with a lease that
    ran out.  Those that used up their attempts are failed instead, in words."""
    stuck = Q(state=JobState.RUNNING, lease_until__lt=Now()) | Q(state=JobState.QUEUED)
    Job.objects.filter(stuck, attempts__gte=MAX_ATTEMPTS).update(
        state=JobState.FAILED,
        message=f"后台任务中断了{MAX_ATTEMPTS}次，已停止；请联系管理员查看日志后重新发起。",
        lease_until=None,
        finished_at=Now(),
    )
    rows = fetch(
        "UPDATE ledgers_job SET published_at = now() WHERE attempts < %s AND ("
        "(state = 'queued' AND coalesce(published_at, created_at) < now() - interval '10 seconds') "
        "OR (state = 'running' AND lease_until < now())) RETURNING area, id",
        [MAX_ATTEMPTS],
    )
    return [(area, job) for area, job in rows]

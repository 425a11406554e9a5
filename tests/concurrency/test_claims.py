"""A job is claimed once, however many workers hear of it, and again only when its lease ran out.

Source: design.md decision 4, security.md C3–C5.
"""

from __future__ import annotations

from collections.abc import Callable

import psycopg2
import pytest
from django.db import connection, connections

from apps.core.tenancy import NATION, Scope, entered
from apps.ledgers.models import Job, Ledger, LedgerLine
from apps.ledgers.services import job_claim, job_finish, jobs_rescue, month_close
from apps.ledgers.services.jobs import MAX_ATTEMPTS
from apps.ledgers.tasks import job_run, sweep
from tests.concurrency.conftest import MONTH, Town
from tests.concurrency.together import together


def as_owner(statement: str, *params: object) -> None:
    """What only time, or an administrator, could do: run as the owner and committed."""
    known = connections["owner"].settings_dict
    owner = psycopg2.connect(
        host=known["HOST"], port=known["PORT"], user=known["USER"], password=known["PASSWORD"], dbname=known["NAME"]
    )
    with owner, owner.cursor() as cursor:
        cursor.execute(statement, params)
    owner.close()


def time_passes(job: Job) -> None:
    """The lease of a job runs out, and its creation lies a minute back."""
    as_owner(
        "UPDATE ledgers_job SET lease_until = lease_until - interval '1 hour',"
        " created_at = created_at - interval '1 minute', published_at = published_at - interval '1 minute' WHERE id = %s",
        job.pk,
    )


@pytest.fixture
def town(town_make: Callable[[int], Town]) -> Town:
    found = town_make(0)
    with entered(found.scope):
        month_close(actor=found.clerk, area=found.area, month=MONTH)
    return found


@pytest.fixture
def job(town: Town) -> Job:
    with entered(town.scope):
        return Job.objects.get()


def now(job: Job) -> Job:
    with entered(Scope(area=NATION)):
        return Job.objects.get(pk=job.pk)


def test_three_workers_claim_a_job_once(town: Town, job: Job) -> None:
    claims = together(town.scope, [lambda: job_claim(job=job.pk)] * 3)
    assert [claim is not None for claim in claims].count(True) == 1
    assert (now(job).state, now(job).attempts) == ("running", 1)


def test_a_job_delivered_three_times_at_once_is_done_once(town: Town, job: Job) -> None:
    messages = together(town.scope, [lambda: job_run.run(area=town.area, job=job.pk)] * 3)
    assert sorted(messages) == ["skipped", "skipped", "编成1份台账"]
    with entered(town.scope):
        assert Ledger.objects.get().state == "signed"
        assert LedgerLine.objects.count() == 3
    assert (now(job).state, now(job).attempts) == ("done", 1)


def test_a_job_that_is_done_is_never_run_again(town: Town, job: Job) -> None:
    assert job_run.run(area=town.area, job=job.pk) == "编成1份台账"
    assert job_run.run(area=town.area, job=job.pk) == "skipped"
    with entered(Scope(area=NATION)):
        job_finish(job=job.pk, message="再次")
    assert now(job).message == "编成1份台账"


def test_a_running_job_is_left_alone_until_its_lease_runs_out(town: Town, job: Job) -> None:
    with entered(town.scope):
        job_claim(job=job.pk)
    with entered(Scope(area=NATION)):
        assert jobs_rescue() == []
    assert job_run.run(area=town.area, job=job.pk) == "skipped"
    time_passes(job)
    with entered(Scope(area=NATION)):
        assert jobs_rescue() == [(town.area, job.pk)]
    assert job_run.run(area=town.area, job=job.pk) == "编成1份台账"
    assert now(job).attempts == 2


def test_a_job_that_keeps_dying_stops_and_says_so_in_words(town: Town, job: Job) -> None:
    for attempt in range(1, MAX_ATTEMPTS + 1):
        with entered(town.scope):
            claimed = job_claim(job=job.pk)
        assert claimed is not None and claimed.attempts == attempt
        time_passes(job)
    assert job_run.run(area=town.area, job=job.pk) == "skipped", "no fourth attempt, whoever delivers it"
    assert sweep.run() == "0 jobs"
    dead = now(job)
    assert (dead.state, dead.attempts, dead.lease_until) == ("failed", MAX_ATTEMPTS, None)
    assert "3次" in dead.message and "联系管理员" in dead.message
    with entered(town.scope):
        assert Ledger.objects.get().state == "queued", "nothing half done"


def test_a_job_is_not_told_twice_within_ten_seconds(town: Town, job: Job) -> None:
    as_owner("UPDATE ledgers_job SET created_at = now()")  # the tests' clock is not the database's
    with entered(Scope(area=NATION)):
        assert jobs_rescue() == [], "the broker was told at the commit"
    time_passes(job)
    with entered(Scope(area=NATION)):
        assert jobs_rescue() == [(town.area, job.pk)]
        assert jobs_rescue() == []


def test_a_worker_of_one_county_cannot_claim_the_job_of_another(town: Town, job: Job) -> None:
    assert job_run.run(area="C621121", job=job.pk) == "skipped"
    assert now(job).state == "queued"


def test_what_a_worker_changed_stands_in_history_under_its_task(town: Town, job: Job) -> None:
    job_run.run(area=town.area, job=job.pk)
    with entered(town.scope), connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.state, c.metadata->>'task' FROM ledgers_ledgerevent e"
            " JOIN pghistory_context c ON c.id = e.pgh_context_id"
        )
        assert cursor.fetchall() == [("queued", "ledgers.job_run")]

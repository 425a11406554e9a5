"""Writes of ledgers."""

from apps.ledgers.services.close import month_close, month_reopen
from apps.ledgers.services.county import county_ledger_queue
from apps.ledgers.services.jobs import job_claim, job_fail, job_finish, job_queue, jobs_rescue
from apps.ledgers.services.review import ledger_accept, ledger_file, ledger_return
from apps.ledgers.services.steps import ledger_step

__all__ = [
    "county_ledger_queue",
    "job_claim",
    "job_fail",
    "job_finish",
    "job_queue",
    "jobs_rescue",
    "ledger_accept",
    "ledger_file",
    "ledger_return",
    "ledger_step",
    "month_close",
    "month_reopen",
]

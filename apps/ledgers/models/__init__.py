"""Ledgers: snapshot, lines, steps, remarks, what units receive, running totals, and the jobs that compile them."""

from apps.ledgers.models.feedback import UnitFeedback
from apps.ledgers.models.jobs import Job, JobState
from apps.ledgers.models.ledger import FrozenBook, Ledger, LedgerKind, LedgerState
from apps.ledgers.models.line import LedgerLine, Tally
from apps.ledgers.models.review import LedgerRemark, LedgerStep

__all__ = [
    "FrozenBook",
    "Job",
    "JobState",
    "Ledger",
    "LedgerKind",
    "LedgerLine",
    "LedgerRemark",
    "LedgerState",
    "LedgerStep",
    "Tally",
    "UnitFeedback",
]

"""The only writers of the teams' tables."""

from apps.teams.services.months import team_months_close, team_months_lock, team_months_reopen
from apps.teams.services.roster import PostingEntry, TeamEntry, closed_months_hold, postings_write, teams_write
from apps.teams.services.villages import (
    ReductionEntry,
    class_record,
    measure_record,
    need_record,
    reason_record,
    reduction_record,
)

__all__ = [
    "PostingEntry",
    "ReductionEntry",
    "TeamEntry",
    "class_record",
    "closed_months_hold",
    "measure_record",
    "need_record",
    "postings_write",
    "reason_record",
    "reduction_record",
    "team_months_close",
    "team_months_lock",
    "team_months_reopen",
    "teams_write",
]

"""The only writers of the teams' tables."""

from apps.teams.services.months import (
    closed_months_hold,
    team_months_close,
    team_months_lock,
    team_months_reopen,
)
from apps.teams.services.postings import (
    NEW_ROLES,
    PostingEntry,
    posting_begin,
    posting_change_roles,
    posting_end,
    postings_write,
)
from apps.teams.services.roster import TeamEntry, teams_write
from apps.teams.services.villages import (
    ReductionEntry,
    class_record,
    helping_record,
    measure_record,
    need_record,
    reason_record,
    reduction_record,
)

__all__ = [
    "NEW_ROLES",
    "PostingEntry",
    "ReductionEntry",
    "TeamEntry",
    "class_record",
    "closed_months_hold",
    "helping_record",
    "measure_record",
    "need_record",
    "posting_begin",
    "posting_change_roles",
    "posting_end",
    "postings_write",
    "reason_record",
    "reduction_record",
    "team_months_close",
    "team_months_lock",
    "team_months_reopen",
    "teams_write",
]

"""The only writers of the teams' tables."""

from apps.teams.services.months import team_months_close, team_months_lock, team_months_reopen
from apps.teams.services.roster import PostingEntry, TeamEntry, closed_months_hold, postings_write, teams_write

__all__ = [
    "PostingEntry",
    "TeamEntry",
    "closed_months_hold",
    "postings_write",
    "team_months_close",
    "team_months_lock",
    "team_months_reopen",
    "teams_write",
]

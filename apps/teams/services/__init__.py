"""The only writers of the teams' tables."""

from apps.teams.services.months import team_months_close, team_months_lock, team_months_reopen

__all__ = ["team_months_close", "team_months_lock", "team_months_reopen"]

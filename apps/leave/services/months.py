"""A closed month is never touched by leave, and a day is never two things at once."""

from __future__ import annotations

from datetime import date

from apps.core.errors import Conflict, Refused
from apps.core.months import Month
from apps.leave.selectors.days import clashes
from apps.rules.language.windows import Stretch
from apps.teams.models import Posting
from apps.teams.services import team_months_lock


def months_require_open(team: int, first: date, last: date) -> None:
    """Lock the team's months of a span; Conflict when one is closed: it is corrected by opening it again."""
    month = Month.of(first)
    while month <= Month.of(last):
        if any(team_months_lock(teams=[team], month=month.first).values()):
            raise Conflict(f"{month.label}已月结，请假不能再改动该月；如需更正，请先由乡镇重新打开。")
        month = month.next()


def days_require_free(posting: Posting, span: Stretch) -> None:
    """Lock the months of a span; Conflict when one is closed, Refused when a day of it is already something else."""
    months_require_open(posting.team_id, span.first, span.last)
    if found := clashes(posting, span):
        raise Refused(found[0].message, found)

"""Places that need no signature before the close, so that a close and a save can really meet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
import time_machine

from apps.accounts.access import Actor
from apps.attendance.selectors import sheet_rows
from apps.attendance.services import LineEdit, sheet_save
from apps.core.months import Month
from apps.core.tenancy import NATION, Scope, entered
from apps.jurisdictions.models import Division
from apps.teams.models import Posting, Team
from tests.factories import actor_of, posting_of, team_of

MONTH = Month(2026, 9)
COUNTY = "C511703"  # its sheets need no confirmation before the month is closed


@dataclass
class Town:
    """A township with one team of three, all their days entered, and two clerks."""

    area: str
    team: Team
    people: list[Posting]
    clerk: Actor
    colleague: Actor

    @property
    def scope(self) -> Scope:
        return Scope(area=self.area)

    def cells(self) -> dict[int, str]:
        """{posting: cells} as stored."""
        with entered(self.scope):
            return {row.posting: row.cells or "" for row in sheet_rows(area=self.area, month=MONTH)}

    def version(self, posting: int) -> int:
        with entered(self.scope):
            return next(row.version for row in sheet_rows(area=self.area, month=MONTH) if row.posting == posting)


@pytest.fixture
def town_make(committed_db: None) -> Iterator[Callable[[int], Town]]:
    """Makes the county's nth township, with September 2026 entered and over."""
    with time_machine.travel("2026-10-08 09:00+08:00", tick=True):
        yield _make


def _make(number: int) -> Town:
    area = Division.objects.filter(parent_id=COUNTY).order_by("code")[number].code
    with entered(Scope(area=NATION)):
        team = team_of(f"{area}201", classes=("poor",))
        people = [posting_of(team, f"{name}{number}", "member") for name in ("王建国", "李秀英", "赵文")]
        clerk, colleague = (actor_of("township_clerk", area, f"{name}{area}") for name in ("张文书", "钱文书"))
        edits = [
            LineEdit(row.posting, 0, dict.fromkeys(range(1, MONTH.days + 1), (".", "V")))
            for row in sheet_rows(area=area, month=MONTH)
        ]
        result = sheet_save(actor=clerk, area=area, month=MONTH, edits=edits)
        assert not result.errors
    return Town(area, team, people, clerk, colleague)

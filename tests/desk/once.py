"""The demonstration world, made once for all tests of it, and questions to it."""

from collections import Counter
from functools import cache
from pathlib import Path

from apps.core.months import Month
from apps.desk.demo.build import demo_world
from apps.desk.demo.world import DemoPosting, DemoWorld
from apps.rules.calendar import YearCalendar
from apps.rules.reader import read_calendars

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
NOVEMBER = Month(2026, 11)


@cache
def calendars() -> dict[int, YearCalendar]:
    return read_calendars(FIXTURES / "calendar")


@cache
def world(as_of: Month = NOVEMBER) -> DemoWorld:
    return demo_world(as_of, calendars())


@cache
def postings() -> dict[str, DemoPosting]:
    return {posting.cadre: posting for posting in world().postings}


def slug(village: str) -> str:
    return next(team.jurisdiction for team in world().teams if team.village == village)


def year_so_far(cadre: str, letters: str) -> int:
    lines = [line for line in world().lines if line.cadre == cadre and line.month.year == 2026]
    return sum(line.marks.count(letter) for line in lines for letter in letters)


def at(jurisdiction: str, village: int, seat: int) -> DemoPosting:
    """Who sits on the `seat`th place in the `village`th village of a jurisdiction, both from 0."""
    code = [team.village for team in world().teams if team.jurisdiction == jurisdiction][village]
    return next(posting for posting in world().postings if posting.village == code and posting.place == seat)


def roles_of(village: str) -> Counter[str]:
    """Roles held on the last day of the history, by those who are still there or were replaced on the day."""
    seats: dict[int, DemoPosting] = {}
    for posting in world().postings:
        if posting.village == village:
            seats[posting.place] = posting
    return Counter(role for posting in seats.values() for role in posting.roles)

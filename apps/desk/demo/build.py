"""The demonstration world as a pure function of the open month and the calendars."""

from __future__ import annotations

from collections.abc import Mapping

from apps.core.months import Month
from apps.desk.demo.logins import logins
from apps.desk.demo.months import Almanac, live
from apps.desk.demo.people import Registry
from apps.desk.demo.plan import Plan, read_plan
from apps.desk.demo.postings import Roster, Seated, fill
from apps.desk.demo.units import Units
from apps.desk.demo.world import DemoLine, DemoSpan, DemoWorld, Stage
from apps.rules.calendar import YearCalendar, unannounced


def demo_world(as_of: Month, calendars: Mapping[int, YearCalendar], plan: Plan | None = None) -> DemoWorld:
    """People, teams, fourteen closed months before `as_of` and the open month's dated records so far.

    The same arguments give the same world, whatever the date.  A year without a calendar counts as not announced.
    """
    plan = plan or read_plan()
    almanac = Almanac(plan, as_of, _years(as_of, plan.world.months, calendars))
    roster = Roster(plan, as_of, Units(plan), Registry(plan))
    fill(roster)
    lines: list[DemoLine] = []
    spans: list[DemoSpan] = []
    stages = _stages(plan)
    for seated in roster.seated:
        own_lines, own_spans = live(seated, almanac)
        if _still_missing(seated, stages) and own_lines[-1:] and own_lines[-1].month == as_of.previous():
            own_lines.pop()
        lines += own_lines
        spans += own_spans
    return DemoWorld(
        as_of=as_of,
        months=tuple(almanac.months[:-1]),
        units=roster.units.all(),
        teams=roster.teams,
        cadres=roster.cadres,
        postings=[seated.posting for seated in roster.seated],
        spans=spans,
        lines=lines,
        logins=logins(plan, roster),
        stages=stages,
        password=plan.world.password,
        remarks=tuple(plan.happenings.remarks),
        return_note=plan.happenings.note,
    )


def _still_missing(seated: Seated, stages: Mapping[str, Stage]) -> bool:
    """Where the last month is still being entered, every third place of a team has no line yet."""
    return stages.get(seated.posting.village[:10]) == "entering" and seated.posting.place % 3 == 1


def _years(as_of: Month, months: int, calendars: Mapping[int, YearCalendar]) -> dict[int, YearCalendar]:
    first = as_of.shifted(-months).year
    return {year: calendars.get(year) or unannounced(year) for year in range(first - 1, as_of.year + 2)}


def _stages(plan: Plan) -> dict[str, Stage]:
    stages: dict[str, Stage] = {}
    for place in plan.jurisdictions:
        unfinished = place.last_month
        stages.update(dict.fromkeys(unfinished.entering, "entering"))
        stages.update(dict.fromkeys(unfinished.entered, "entered"))
        stages.update(dict.fromkeys(unfinished.submitted, "submitted"))
        stages.update(dict.fromkeys(unfinished.returned, "returned"))
    return stages

"""Who is on duty day by day: whether a rota or a leave leaves enough people in the village."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from apps.core.findings import Finding
from apps.rules.language.conditions import Facts
from apps.rules.language.deadlines import IsWork, is_weekday
from apps.rules.language.parts import clause_of, severity_of
from apps.rules.language.sets import Floor, SetRule
from apps.rules.language.windows import Stretch


@dataclass(frozen=True, slots=True)
class Member:
    """One member: the roles held, what is known, when posted (empty: always) and when away with leave."""

    name: str
    roles: frozenset[str] = frozenset()
    facts: Facts | None = None
    posted: tuple[Stretch, ...] = ()
    away: tuple[Stretch, ...] = ()

    def here(self, day: date) -> bool:
        return not self.posted or any(stretch.holds(day) for stretch in self.posted)

    def free(self, day: date) -> bool:
        return self.here(day) and not any(stretch.holds(day) for stretch in self.away)


class Short(NamedTuple):
    """A day on which too few are present."""

    day: date
    present: int
    due: int


def short_days(
    floor: Floor,
    members: Sequence[Member],
    span: Stretch,
    rota: Mapping[date, Collection[str]] | None = None,
    is_work: IsWork = is_weekday,
) -> tuple[Short, ...]:
    """The days of a span with too few present: those not away or, with a rota, those whom it names and who are free.

    A day on which nobody who counts is posted is not judged.
    """
    found = []
    for offset in range(span.days):
        day = span.first + timedelta(days=offset)
        if floor.days != "all" and is_work(day) is not (floor.days == "work"):
            continue
        posted = [member for member in members if member.here(day) and counts(floor.roles, member)]
        there = [member for member in posted if member.free(day)]
        if rota is not None:
            there = [member for member in there if member.name in rota.get(day, ())]
        due = floor_due(floor, len(posted))
        if posted and len(there) < due:
            found.append(Short(day, len(there), due))
    return tuple(found)


def floor_due(floor: Floor, posted: int) -> int:
    """How many of those posted must be present."""
    if floor.percent is None:
        return floor.at_least or 0
    share = Fraction(floor.percent) * posted / 100
    whole = share.numerator // share.denominator
    return max(floor.at_least or 0, whole + (floor.rounding == "up" and share != whole))


def rota_findings(
    rule: SetRule,
    members: Sequence[Member],
    rota: Mapping[date, Collection[str]],
    span: Stretch,
    is_work: IsWork = is_weekday,
) -> list[Finding]:
    """Why a rota cannot stand: a finding for every day on which too few are on duty, none where the rule has no floor."""
    return _short_findings(rule, short_days(rule.present, members, span, rota, is_work)) if rule.present else []


def leave_findings(
    rule: SetRule, members: Sequence[Member], name: str, asked: Stretch, is_work: IsWork = is_weekday
) -> list[Finding]:
    """Why a leave cannot be granted: the days that it would make short.  Days short without it are not its fault, as
    long as it does not make them shorter."""
    if rule.present is None:
        return []
    before = {short.day: short.present for short in short_days(rule.present, members, asked, None, is_work)}
    gone = [replace(each, away=(*each.away, asked)) if each.name == name else each for each in members]
    after = short_days(rule.present, gone, asked, None, is_work)
    return _short_findings(rule, [short for short in after if before.get(short.day) != short.present])


def _short_findings(rule: SetRule, shorts: Sequence[Short]) -> list[Finding]:
    floor = rule.present
    severity = severity_of((floor and floor.modality) or rule.modality)
    return [
        Finding(
            "presence_short",
            severity,
            f"{short.day} 在岗 {short.present} 人，应不少于 {short.due} 人。",
            clause_of(floor, rule),
            day=short.day.day,
            inputs={"day": short.day.isoformat(), "present": short.present, "due": short.due},
        )
        for short in shorts
    ]


def counts(roles: Collection[str] | None, member: Member) -> bool:
    """Whether a member is one of those who count: all where no roles are named."""
    return roles is None or not member.roles.isdisjoint(roles)

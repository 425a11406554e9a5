"""The posts of a roster: one leader and one first secretary to a team, and roles that the rules let one person hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from apps.reports.roster.layout import PEOPLE
from apps.reports.roster.plan.known import Known, KnownPosting
from apps.reports.roster.plan.outcome import Plan, span_text
from apps.reports.roster.plan.people import Placed
from apps.reports.roster.plan.villages import Villages
from apps.teams.compile.composition import roles_refused
from apps.teams.models import ONE_PERSON, PostRole
from apps.teams.spans import Span, overlap


@dataclass(frozen=True, slots=True)
class _Held:
    """A posting as it would stand: `row` is None for one that the roster does not name."""

    row: int | None
    person: str
    area: str
    name: str
    roles: tuple[str, ...]
    span: Span


def check_posts(
    pairs: Sequence[tuple[Placed, KnownPosting | None]], known: Known, villages: Villages, plan: Plan, on: date
) -> None:
    """Everything that the database or the services would refuse of who holds which role, row by row."""
    rows = [
        _Held(each.row.row, each.person, each.village, each.row.name, each.row.roles, each.span) for each, _ in pairs
    ]
    named = {old.posting for _, old in pairs if old}
    kept = [
        _Held(None, each.person, each.village, each.name, each.roles, each.span)
        for postings in known.postings.values()
        for each in postings
        if each.posting not in named
    ]
    for role in ONE_PERSON:
        _one_each(role, [each for each in (*kept, *rows) if role in each.roles], villages.names, plan)
    _allowed([each for each in rows if each.span[1] is None or each.span[1] >= on], known.county, plan, on)


def _one_each(role: str, held: Sequence[_Held], names: Mapping[str, str], plan: Plan) -> None:
    """Two people may not hold a one-person role of a village on one day; the later row is told."""
    by_village: dict[str, list[_Held]] = defaultdict(list)
    for each in held:
        for other in by_village[each.area]:
            if each.row is not None and each.person != other.person and overlap(each.span, other.span):
                where = f"第 {other.row} 行" if other.row else "系统里"
                text = (
                    f"{names[each.area]}同一天只能有一名{PostRole(role).label}，{where}已有{other.name}"
                    f"（{span_text(other.span)}）；请给前一人填离岗日，或改岗位"
                )
                plan.wrong(PEOPLE.title, each.row, "roles", text)
                break
        by_village[each.area].append(each)


def _allowed(rows: Sequence[_Held], county: str, plan: Plan, on: date) -> None:
    """The roles of those in post or to come, under the rules of today or of their first day."""
    classes = {each.code: frozenset(each.classes) for each in plan.villages}
    for day in sorted({max(each.span[0], on) for each in rows}):
        there = [each for each in rows if max(each.span[0], on) == day]
        for each, remark in roles_refused(county, there, day, classes):
            plan.wrong(PEOPLE.title, each.row or 0, "roles", f"{remark.finding.message}（{remark.clause}）")

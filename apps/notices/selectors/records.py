"""What a team told its village: its plan from time to time, and matters that the village laid open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from apps.notices.models import Disclosure, PlanPublication
from apps.notices.selectors.law import disclosure_kinds, disclosure_rule, publication_rule
from apps.rules.language.duties import Duty
from apps.rules.language.records import Record
from apps.teams.models import Team

SHOWN = 20  # of the latest rows


@dataclass(frozen=True)
class Told:
    """What a team told, under the rules of a day; `since` are the days since it last published its plan."""

    team: Team
    publication: Duty | None
    publications: Sequence[PlanPublication]
    since: int | None
    disclosure: Record | None
    disclosures: Sequence[Disclosure]
    counts: Sequence[tuple[str, int]]


def told_by(team: Team, today: date) -> Told:
    """A team's publications and its village's disclosures by kind, kinds without any counted as none."""
    publications = list(PlanPublication.objects.filter(team=team)[:SHOWN])
    disclosures = list(Disclosure.objects.filter(team=team))
    rule = disclosure_rule(team.area, today)
    kinds = disclosure_kinds(rule) if rule else ()
    return Told(
        team=team,
        publication=publication_rule(team.area, today),
        publications=publications,
        since=(today - publications[0].on).days if publications else None,
        disclosure=rule,
        disclosures=disclosures[:SHOWN],
        counts=[(kind, sum(row.kind == kind for row in disclosures)) for kind in kinds],
    )

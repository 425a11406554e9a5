"""People whose rows would let them leave before the term that the rules set, or empty a team that has to stay."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from apps.reports.roster.layout import PEOPLE
from apps.reports.roster.plan.known import Known, KnownPosting
from apps.reports.roster.plan.outcome import Plan
from apps.reports.roster.plan.people import Placed
from apps.teams.compile.terms import Kept, early_ends, ends


def check_leaving(pairs: Sequence[tuple[Placed, KnownPosting | None]], known: Known, plan: Plan, on: date) -> None:
    """Everything that the services would refuse of who leaves, row by row."""
    if not any(old and ends(old, each.row, on) for each, old in pairs):
        return
    before = {old.posting: _known(old) for held in known.postings.values() for old in held}
    rows = {old.posting if old else -each.row.row: (each, old) for each, old in pairs}
    after = before | {key: _wished(key, each, old, known) for key, (each, old) in rows.items()}
    for kept, finding in early_ends(known.county, before, after, on):
        clause = f"（{finding.clause}）" if finding.clause else ""
        plan.wrong(PEOPLE.title, rows[kept.key][0].row.row, "last", f"{finding.message}{clause}")


def _known(old: KnownPosting) -> Kept:
    roles = frozenset(old.roles)
    return Kept(old.posting, old.village, old.team, old.person, old.name, roles, old.first, old.last, old.end_reason)


def _wished(key: int, each: Placed, old: KnownPosting | None, known: Known) -> Kept:
    row, village = each.row, known.villages.get(each.village)
    team = old.team if old else (village.team if village else None) or 0
    why = row.end_reason or (old.end_reason if old else "")
    return Kept(key, each.village, team, each.person, row.name, frozenset(row.roles), row.first, row.last, why)

"""Importing a roster: one transaction over the services of the apps that own the tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import structlog
from django.core.files.base import File
from django.db import connection, transaction

from apps.accounts.access import Actor, require
from apps.cadres.services import CadreEntry, cadres_write, units_add
from apps.core.errors import Conflict, Refused
from apps.jurisdictions.services_villages import villages_write
from apps.reports.roster.entries import Roster
from apps.reports.roster.layout import LAYOUTS
from apps.reports.roster.plan import Plan, roster_plan
from apps.reports.roster.plan.outcome import PlannedCadre, PlannedPosting, UnitKey
from apps.reports.roster.reading import Reading, read_roster
from apps.reports.uploads import guarded_workbook
from apps.teams.compile.sources import member_sources
from apps.teams.services import PostingEntry, TeamEntry, postings_write, teams_write

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Preview:
    """A workbook as read and what importing it would do."""

    reading: Reading
    plan: Plan


def roster_preview(*, actor: Actor, county: str, file: File[Any], on: date) -> Preview:
    """Read a roster workbook and compare it with the county.  Writes nothing.

    BadInput for a file that is no workbook in order; what is wrong with its cells is in the plan's problems.  NotFound
    for another county, Forbidden without the right to import.
    """
    require(actor, "roster.import", county)
    sheets = guarded_workbook(file, sheets=[layout.title for layout in LAYOUTS])
    reading = read_roster(sheets, on=on, sources=member_sources(county, on))
    return Preview(reading, roster_plan(county=county, roster=reading.roster, on=on, problems=reading.problems))


@transaction.atomic
def roster_import(*, actor: Actor, county: str, roster: Roster, on: date, digest: str | None = None) -> Plan:
    """Write everything a roster says, or nothing; the plan that was carried out.

    Imports of one county take turns.  The comparison is made anew behind that lock: Conflict when it differs from the
    one of `digest` (what the person saw), Refused when anything is wrong.  The same roster twice changes nothing the
    second time: the plan is empty.
    """
    require(actor, "roster.import", county)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"roster|{county}"])
    plan = roster_plan(county=county, roster=roster, on=on)
    if plan.blocked:
        raise Refused("花名册与系统里的现有数据不符，没有导入；请重新预览。")
    if digest is not None and digest != plan.digest:
        raise Conflict("预览之后系统里的数据有变化，没有导入；请重新上传预览。")
    if not plan.is_empty:
        _write(actor, county, plan, on)
    counts = {kind: (tally.new, tally.changed) for kind, tally in plan.tallies.items()}
    log.info("roster_imported", county=county, user=actor.user.pk, counts=counts)
    return plan


def _write(actor: Actor, county: str, plan: Plan, on: date) -> None:
    known = plan.known
    villages = {code: each.village for code, each in known.villages.items()} | villages_write(
        entries=plan.villages, on=on, by=actor.name
    )
    units = plan.unit_ids | units_add(actor=actor, entries=plan.units)
    teams = {code: each.team for code, each in known.villages.items() if each.team} | teams_write(
        actor=actor,
        county=county,
        entries=[TeamEntry(each.team, villages[each.village], each.village, each.name) for each in plan.teams],
    )
    people = [_cadre(each, units) for each in plan.cadres]
    cadres = {person: each.cadre for person, each in known.cadres.items()} | cadres_write(
        actor=actor, county=county, entries=people
    )
    postings_write(
        actor=actor,
        county=county,
        entries=[_posting(each, teams, cadres, units) for each in plan.postings],
    )


def _cadre(each: PlannedCadre, units: Mapping[UnitKey, int]) -> CadreEntry:
    return CadreEntry(
        person=each.person,
        id_number=each.id_number,
        name=each.name,
        unit=units[each.unit],
        political_status=each.political_status,
        rank=each.rank,
        phone=each.phone,
    )


def _posting(
    each: PlannedPosting, teams: Mapping[str, int], cadres: Mapping[str, int], units: Mapping[UnitKey, int]
) -> PostingEntry:
    return PostingEntry(
        posting=each.posting,
        area=each.village,
        team=each.team or teams[each.village],
        cadre=cadres[each.person],
        unit=units[each.unit],
        person=each.person,
        name=each.name,
        roles=each.roles,
        first=each.first,
        last=each.last,
        phone=each.phone,
        source=each.source,
        end_reason=each.end_reason,
    )

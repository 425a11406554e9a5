"""Accounts of the demonstration: every office of every jurisdiction, and the signers of the history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random

from apps.desk.demo.dice import dice
from apps.desk.demo.people import full_name
from apps.desk.demo.plan import Jurisdiction, Plan
from apps.desk.demo.postings import Roster
from apps.desk.demo.world import DemoLogin, DemoPosting, DemoTeam

TOWNSHIP = {
    "township_clerk": "clerk",
    "township_leader": "leader",
    "township_secretary": "secretary",
    "township_discipline": "discipline",
}
CITY = {"city_office": "city", "city_org_dept": "cityorg"}
COUNTY = {"county_office": "office", "county_org_dept": "org", "county_poverty_office": "poverty"}
UNIT = {"unit_liaison": "liaison", "unit_head": "head", "unit_personnel": "personnel"}


def logins(plan: Plan, roster: Roster) -> list[DemoLogin]:
    """The accounts, by jurisdiction; usernames are unique, each office of a listed one differs."""
    rng = dice(plan.world.seed, "logins")
    found = list(_whole(plan, rng))
    for place in plan.jurisdictions:
        found += _areas(place, plan, roster, rng)
        found += _teams(place, plan, roster, rng)
        found += _unit(place, plan, roster, rng)
    return found


def _name(plan: Plan, rng: Random) -> str:
    return full_name(rng, plan.names, woman=rng.random() < 0.35)


def _whole(plan: Plan, rng: Random) -> Iterator[DemoLogin]:
    nation, central = plan.world.nation_office, plan.world.central_liaison
    yield DemoLogin(nation.username, nation.name, "nation_office", "area", "C", "", True)
    yield DemoLogin(central.liaison, _name(plan, rng), "unit_liaison", "unit", central.unit, "", True)
    yield DemoLogin(central.head, _name(plan, rng), "unit_head", "unit", central.unit, "", True)


def _areas(place: Jurisdiction, plan: Plan, roster: Roster, rng: Random) -> Iterator[DemoLogin]:
    [city] = place.city
    for office, word in CITY.items():
        yield DemoLogin(f"{place.slug}-{word}", _name(plan, rng), office, "area", city, place.slug, True)
    shown = place.show_township
    townships = sorted({team.village[:10] for team in roster.teams if team.jurisdiction == place.slug})
    for offices, codes in ((COUNTY, sorted(place.counties)), (TOWNSHIP, townships)):
        for code in codes:
            listed = shown.startswith(code)
            for office, word in offices.items():
                username = f"{place.slug}-{word}" if listed else f"{code.lower()}-{word}"
                yield DemoLogin(username, _name(plan, rng), office, "area", code, place.slug, listed)


def _teams(place: Jurisdiction, plan: Plan, roster: Roster, rng: Random) -> Iterator[DemoLogin]:
    """A signer in every village, accounts for those who led the team, and one for a member of the first shown team."""
    names = {cadre.key: cadre.name for cadre in roster.cadres}
    teams = [team for team in roster.teams if team.jurisdiction == place.slug]
    shown = next(team for team in teams if team.village.startswith(place.show_township))
    for team in teams:
        listed, code = team is shown, team.village.lower()
        signer = f"{place.slug}-signer" if listed else f"{code}-signer"
        yield DemoLogin(signer, _name(plan, rng), "village_signer", "team", team.village, place.slug, listed)
        heads = _heads(roster, team)
        for head in heads:
            cadre, first = head.cadre, f"{place.slug}-team" if listed else f"{code}-team"
            username = first if head is heads[-1] else f"{first}-{head.first:%Y%m}"
            shown_now = listed and head is heads[-1]
            yield DemoLogin(
                username, names[cadre], "team_leader", "team", team.village, place.slug, shown_now, cadre, head.last
            )
        if listed:
            cadre = next(
                post.cadre for post in reversed(roster.by_village[team.village]) if not post.last and post not in heads
            )
            yield DemoLogin(f"{place.slug}-cadre", names[cadre], "cadre", "person", cadre, place.slug, True, cadre)


def _heads(roster: Roster, team: DemoTeam) -> list[DemoPosting]:
    """Those who led the team, one after the other; where nobody is called leader, the first secretaries."""
    postings = roster.by_village[team.village]
    for role in ("leader", "first_secretary"):
        if heads := [posting for posting in postings if role in posting.roles]:
            return heads
    return []


def _unit(place: Jurisdiction, plan: Plan, roster: Roster, rng: Random) -> Iterator[DemoLogin]:
    """The county's own unit with the most people."""
    county = place.show_township[:7]
    people = Counter(cadre.unit for cadre in roster.cadres)
    units = [unit for unit in roster.units.all() if unit.home == county and not unit.only]
    unit = max(units, key=lambda unit: (people[unit.key], unit.key)).key
    for office, word in UNIT.items():
        yield DemoLogin(f"{place.slug}-{word}", _name(plan, rng), office, "unit", unit, place.slug, True)

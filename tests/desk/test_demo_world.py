"""The demonstration is a world that a visitor may believe."""

import csv
from collections import Counter, defaultdict
from datetime import date

from stdnum.cn import ric

from apps.core.months import Month
from apps.desk.demo.build import demo_world
from tests.desk.once import FIXTURES, NOVEMBER, calendars, roles_of, slug, world

RARE = set("昇翀玥晞喆垚淼犇甯珺璟堃赟頔祎焜")


def test_the_same_month_gives_the_same_world_and_another_month_the_same_people() -> None:
    again = demo_world(NOVEMBER, calendars())
    assert again == world()
    later = {cadre.id_number for cadre in world(Month(2027, 2)).cadres}
    assert len(later & {cadre.id_number for cadre in world().cadres}) > 0.9 * len(later)


def test_it_is_as_large_as_promised() -> None:
    assert 900 <= len(world().cadres) <= 1040
    assert len(world().teams) == 208
    assert Counter(team.jurisdiction for team in world().teams) == {
        "tongwei": 73,
        "yulin": 52,
        "kunming": 38,
        "dachuan": 45,
    }
    townships = {team.village[:10] for team in world().teams}
    assert len({code for code in townships if code.startswith("C621121")}) == 18
    assert {code[:7] for code in townships} == {"C621121", "C610831", "C610828", "C530129", "C530113", "C511703"}


def test_the_zones_of_the_one_county_that_has_them_all_have_villages() -> None:
    with (FIXTURES / "divisions" / "nation.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    zone = {row["code"]: row["zone"] for row in rows if row["zone"]}
    assert Counter(zone[t.village[:10]] for t in world().teams if t.jurisdiction == "dachuan") == {
        "东片区": 15,
        "南片区": 15,
        "西片区": 15,
    }


def test_identity_numbers_pass_every_check_and_are_nobodys() -> None:
    numbers = [cadre.id_number for cadre in world().cadres]
    assert len(set(numbers)) == len(numbers)
    for number in numbers:
        assert ric.validate(number) == number
        assert date(1970, 1, 1) <= ric.get_birth_date(number) <= date(1998, 12, 31)
        assert int(number[14:17]) >= 900
    phones = [cadre.phone for cadre in world().cadres]
    assert len(set(phones)) == len(phones)
    assert all(phone.startswith("1990000") and len(phone) == 11 for phone in phones)


def test_some_names_have_characters_that_a_code_page_may_lack() -> None:
    assert 10 <= sum(bool(set(cadre.name) & RARE) for cadre in world().cadres) <= 60
    assert all(2 <= len(cadre.name) <= 4 for cadre in world().cadres)


def test_units_have_every_level_and_nature_and_one_of_the_centre_reaches_five_counties() -> None:
    units = {unit.key: unit for unit in world().units}
    assert {unit.level for unit in units.values()} == {"central", "provincial", "city", "county", "township"}
    assert {unit.nature for unit in units.values()} == {
        "organ",
        "institution",
        "enterprise",
        "peoples_organisation",
        "school",
    }
    assert any(unit.vertical for unit in units.values())
    assert len({(unit.home, unit.name) for unit in units.values()}) == len(units)
    reach = defaultdict(set)
    for cadre in world().cadres:
        if units[cadre.unit].level == "central":
            reach[cadre.unit].add(cadre.county)
    assert max(map(len, reach.values())) >= 5


def test_teams_are_made_up_as_their_regulations_say() -> None:
    for team in world().teams:
        roles = roles_of(team.village)
        places = {posting.place for posting in world().postings if posting.village == team.village}
        assert roles["first_secretary"] == 1, team
        if team.jurisdiction == "tongwei":
            assert roles["leader"] == 1 and 3 <= len(places) <= 7
        if team.jurisdiction == "kunming" and "poor" in team.classes:
            assert roles["leader"] == 1 and 6 <= len(places) <= 7
        if team.jurisdiction == "yulin" and set(team.classes) & {"poor", "relocation", "demonstration"}:
            assert roles["leader"] == 1 and roles["member"] >= 2
        if team.jurisdiction == "dachuan":
            poor = "poor" in team.classes
            assert roles["credit_officer"] == 1
            assert (roles["agri_technician"], roles["legal_adviser"]) == ((1, 1) if poor else (0, 0))


def test_the_leader_is_mostly_first_secretary_too() -> None:
    leaders = [p for p in world().postings if "leader" in p.roles and slug(p.village) == "tongwei"]
    both = sum("first_secretary" in posting.roles for posting in leaders)
    assert 0.75 < both / len(leaders) < 1


def test_postings_start_end_and_change_hands_in_the_middle_of_the_history() -> None:
    start, end = world().months[0].first, world().months[-1].last
    ended = [posting for posting in world().postings if posting.last]
    assert sum(start < posting.first <= end for posting in world().postings) > 40
    assert 40 < len(ended) < 120
    assert all(posting.first <= posting.last for posting in ended if posting.last)
    assert sum(posting.cadre.endswith("b") for posting in world().postings) > 30


def test_every_office_of_every_jurisdiction_has_a_login() -> None:
    offices = {
        "township_clerk", "township_leader", "township_secretary", "village_signer", "team_leader", "county_office",
        "county_org_dept", "county_poverty_office", "city_office", "city_org_dept", "township_discipline",
        "unit_liaison", "unit_head", "unit_personnel", "cadre",
    }  # fmt: skip
    names = [login.username for login in world().logins]
    assert len(set(names)) == len(names)
    for place in ("tongwei", "yulin", "kunming", "dachuan"):
        assert {login.office for login in world().logins if login.listed and login.jurisdiction == place} == offices
    people = [login.cadre for login in world().logins if login.cadre]
    assert len(set(people)) == len(people)
    assert sum(login.office == "nation_office" for login in world().logins) == 1

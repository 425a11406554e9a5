"""A county's own bodies: declared in its pack with their name, refused where nobody has declared them."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from apps.jurisdictions.law import bodies_of
from apps.rules.body_checks import body_faults
from apps.rules.pack import Pack
from apps.rules.say import names_of, say

HEAD = {"issuer": "某县委", "level": "county", "area": "C990101", "effective": "2024-01-01", "inherits": None}
STATION = {"town_station": "乡镇农技站"}
VISIT: dict[str, Any] = {"label": "技术指导", "matter": "service", "window": "month", "clause": "SX-1"}


def pack(code: str = "shixi", who: Any = "town_station", bodies: dict[str, str] | None = None, **parts: Any) -> Pack:
    duties = {"guidance": {**VISIT, "who": who}}
    return Pack.load({**HEAD, "code": code, "title": code, "duties": duties, "bodies": bodies or {}, **parts})


def ladder(whom: Any) -> dict[str, Any]:
    rung = {"at_least": 1, "effects": [{"do": "circular", "within": "county", "whom": whom}]}
    return {"ladders": {"late": {"label": "通报", "climbs": "absences", "rungs": [rung], "clause": "SX-2"}}}


def told(one: Pack, above: Pack | None = None) -> list[str]:
    return [f"{'.'.join(str(part) for part in path)}：{message}" for path, message, _ in body_faults(one, above)]


@pytest.mark.parametrize(
    "who", ["town_station", ["dispatch_unit", "town_station"], {"office": "town_station"}, "dispatch_unit"]
)
def test_a_declared_body_and_a_known_one_may_act(who: Any) -> None:
    assert told(pack(who=who, bodies=STATION)) == []
    assert told(pack("linhe", who=who), pack(bodies=STATION)) == []  # declared above


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (pack(), ["duties.guidance.who.0：不认识“town_station”。"]),
        (pack(who="town_stations", bodies=STATION), ["duties.guidance.who.0：不认识“town_stations”。"]),
        (
            pack(bodies=STATION, **ladder({"relation": "principal", "of": "tour_group"})),
            ["ladders.late.rungs.0.effects.0.whom：不认识“tour_group”。"],
        ),
        (
            pack(bodies=STATION, **ladder("tour_group")),
            ["ladders.late.rungs.0.effects.0.whom：不认识“tour_group”。"],
        ),
        (
            pack(who="team", bodies={"county_office": "县农办"}),
            ["bodies.county_office：“county_office”系统已有，不能另起名称。"],
        ),
        (pack(who="team", bodies={"team": "小队"}), ["bodies.team：“team”系统已有，不能另起名称。"]),
    ],
)
def test_a_body_that_nobody_has_declared_is_refused_at_its_place(one: Pack, expected: list[str]) -> None:
    assert told(one) == expected


def test_the_fault_says_where_to_declare_it() -> None:
    ((_, _, instead),) = body_faults(pack(who="town_stations", bodies=STATION), None)
    assert "town_station" in instead
    assert "bodies" in instead


def test_a_change_to_an_unknown_body_is_refused() -> None:
    change = {"2025-01-01": {"who": ["tour_group"], "clause": "SX-3"}}
    one = Pack.load(
        {**HEAD, "code": "shixi", "title": "石溪", "duties": {"guidance": {**VISIT, "who": "team", "changes": change}}}
    )
    assert told(one) == ["duties.guidance.changes.2025-01-01.who.0：不认识“tour_group”。"]


@pytest.mark.parametrize("written", ["乡镇农技站", "Town", ""])
def test_the_key_of_a_body_is_a_key(written: str) -> None:
    with pytest.raises(ValidationError):
        pack(who=written)


@pytest.mark.parametrize("written", ["persn", "persons"])
def test_a_misspelt_subject_is_no_new_body(written: str) -> None:
    with pytest.raises(ValidationError):
        pack(bodies=STATION, **ladder(written))


def test_a_page_calls_it_by_its_name() -> None:
    one = pack(bodies=STATION, **ladder({"relation": "principal", "of": "town_station"}))
    names = names_of([], bodies_of([one]))
    assert any("乡镇农技站" in line.text for line in say(one.duties["guidance"], names))
    assert any("乡镇农技站的主要负责人" in line.text for line in say(one.ladders["late"], names))
    nearer = pack("linhe", bodies={"town_station": "镇农技中心"})
    assert bodies_of([nearer, one]) == {"town_station": "镇农技中心"}


def test_a_rule_may_be_counted_for_a_city() -> None:
    assert pack(duties={"guidance": {**VISIT, "who": "team", "per": "city"}}).duties["guidance"].per == "city"

"""What the demonstration is made of, read from `fixtures/demo`.  Everything local or legal lives there."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

FOLDER = Path(__file__).resolve().parents[3] / "fixtures" / "demo"
By = Literal["county", "township"]
Span = Annotated[tuple[int, int], Field(description="the least and the most days")]


class Part(BaseModel):
    """A piece of the plan; an unknown key is an error, so that a slip of the pen does not pass unseen."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Visits(Part):
    """A seat whose holder works at home and comes to the village so many days a week or month."""

    per: Literal["week", "month"]
    days: Span


class Seat(Part):
    """One place in a team.  `source` says whose person sits there; `chance` how often the place exists."""

    roles: list[str]
    source: str = Field(alias="from")
    rank: Literal["lead", "staff"] = "staff"
    chance: float = 1.0
    visits: Visits | None = None


class Shape(Part):
    """The team of a village that has one of these classes."""

    classes: list[str]
    seats: list[Seat]


class Happening(Part):
    """What comes between work in the village: chance per person and month, days in a row."""

    mark: str
    chance: float
    days: Span


class Event(Part):
    """A meeting or training on the same workday for everybody whom it concerns.

    `workday` counts the workdays of the month, `spread` moves it by township, `batches` splits the people.
    """

    months: list[int]
    workday: int
    days: int
    mark: str
    title: str
    roles: list[str] = []
    spread: int = 1
    batches: int = 1
    document: str = ""
    by: By = "county"


class Cast(Part):
    """Somebody to look for: in the `village`th village, on the `seat`th seat (both from 0).  Months count back
    from the open month (1 is the last closed one)."""

    kind: Literal["short", "exact", "steady", "absent", "away"]
    village: int
    seat: int
    mark: str = ""
    share: float = 0
    counts: str = ""
    per_year: int = 0
    days: Span = (0, 0)
    months: dict[int, int] | list[int] = []
    words: str = ""


class LastMonth(Part):
    """Townships whose last month has not come to its end yet; all others are accepted."""

    entering: list[str]
    entered: list[str]
    submitted: list[str]
    returned: list[str]


class Jurisdiction(Part):
    """One regulation's area: its people, its habits and whom to look for."""

    slug: str
    province: dict[str, str]
    city: dict[str, str]
    counties: dict[str, str]
    team_name: str
    birthplaces: list[str]
    show_township: str
    split_leader: float
    weekend_duty: int
    nights: bool = False
    shapes: list[Shape]
    lead_levels: dict[str, int]
    routine: list[Happening]
    events: list[Event]
    cast: list[Cast]
    last_month: LastMonth


class Holder(Part):
    """A login of the whole installation."""

    username: str
    name: str


class UnitLogins(Part):
    """Whose unit's liaison and head may log in, and under which names."""

    unit: str
    liaison: str
    head: str


class WorldPlan(Part):
    seed: str
    password: str
    months: int
    jurisdictions: list[str]
    central: dict[str, dict[str, list[int]]]
    nation_office: Holder
    central_liaison: UnitLogins


class UnitPlan(Part):
    key: str
    name: str
    nature: str
    vertical: bool = False
    only: str = Field("", alias="for")


class UnitsPlan(Part):
    central: list[UnitPlan]
    provincial: list[UnitPlan]
    city: list[UnitPlan]
    county: list[UnitPlan]
    township: list[UnitPlan]
    ranks: dict[str, dict[str, list[str]]]


class HappeningsPlan(Part):
    """What the records and the county's remarks say."""

    texts: dict[str, list[str]]
    remarks: list[str]
    note: str


class NamesPlan(Part):
    surnames: dict[str, int]
    men: str
    women: str
    rare: str


class VillagePlan(Part):
    code: str
    name: str
    classes: list[str]


class Plan(Part):
    """The whole plan."""

    world: WorldPlan
    units: UnitsPlan
    names: NamesPlan
    happenings: HappeningsPlan
    jurisdictions: list[Jurisdiction]
    villages: list[VillagePlan]
    townships: Mapping[str, str]


def read_plan(folder: Path = FOLDER) -> Plan:
    """The plan in `folder`.  ValueError (pydantic) names the file's wrong key or value."""
    world = WorldPlan.model_validate(_yaml(folder / "world.yaml"))
    return Plan(
        world=world,
        units=UnitsPlan.model_validate(_yaml(folder / "units.yaml")),
        names=NamesPlan.model_validate(_yaml(folder / "names.yaml")),
        happenings=HappeningsPlan.model_validate(_yaml(folder / "happenings.yaml")),
        jurisdictions=[Jurisdiction.model_validate(_yaml(folder / f"{slug}.yaml")) for slug in world.jurisdictions],
        villages=[_village(row) for row in _csv(folder / "villages.csv")],
        townships={
            row["code"]: row["name"]
            for row in _csv(folder.parent / "divisions" / "nation.csv")
            if row["level"] == "township"
        },
    )


def _village(row: Mapping[str, str]) -> VillagePlan:
    return VillagePlan(code=row["code"], name=row["name"], classes=row["classes"].split())


def _yaml(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def _csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))

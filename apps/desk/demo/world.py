"""The demonstration as plain values: what the generator makes and the loader writes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from apps.core.months import Month
from apps.desk.demo.plan import By

Stage = Literal["entering", "entered", "submitted", "returned", "accepted"]


@dataclass(frozen=True, slots=True)
class DemoUnit:
    """A dispatch unit; `key` is unique in the world, `home` the code of its division."""

    key: str
    name: str
    level: str
    nature: str
    vertical: bool
    home: str
    only: str = ""


@dataclass(frozen=True, slots=True)
class DemoTeam:
    """A village and its one team; `village` is the 12-digit code under the root letter."""

    village: str
    village_name: str
    classes: tuple[str, ...]
    name: str
    jurisdiction: str


@dataclass(frozen=True, slots=True)
class DemoCadre:
    """An invented person.  `county` is the county that runs the posting."""

    key: str
    county: str
    name: str
    id_number: str
    unit: str
    political_status: str
    rank: str
    phone: str


@dataclass(frozen=True, slots=True)
class DemoPosting:
    """A cadre in a team from `first` to `last`, both included; `cadre` is the key of cadre and posting alike.

    `turn` of `turns` is his place in the rota of rest days (turns is 0 for those who only visit).
    `place` is the seat in the team.
    """

    cadre: str
    village: str
    roles: tuple[str, ...]
    first: date
    last: date | None
    place: int
    turn: int
    turns: int


@dataclass(frozen=True, slots=True)
class DemoSpan:
    """A dated record that explains the days from `first` to `last`, all of which bear its mark."""

    cadre: str
    mark: str
    first: date
    last: date
    text: str
    document: str
    by: By


@dataclass(frozen=True, slots=True)
class DemoLine:
    """One person's month.  `nights` is empty where they are not counted."""

    cadre: str
    month: Month
    marks: str
    nights: str


@dataclass(frozen=True, slots=True)
class DemoLogin:
    """An account: `office` on an area code, a village's team, a unit or (cadre) himself.

    `cadre` is the key of the cadre whose own account it is, or empty.
    `listed` ones are shown to a visitor, the others only hold the history's signatures; `until` closes the account
    of somebody who has left.
    """

    username: str
    name: str
    office: str
    kind: Literal["area", "team", "unit", "person"]
    target: str
    jurisdiction: str
    listed: bool
    cadre: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class DemoWorld:
    """Everything, in a stable order.  `as_of` is the open month, `months` the closed ones before it."""

    as_of: Month
    months: tuple[Month, ...]
    units: list[DemoUnit]
    teams: list[DemoTeam]
    cadres: list[DemoCadre]
    postings: list[DemoPosting]
    spans: list[DemoSpan]
    lines: list[DemoLine]
    logins: list[DemoLogin]
    stages: dict[str, Stage] = field(default_factory=dict)
    password: str = ""
    remarks: tuple[str, ...] = ()
    return_note: str = ""

    def stage(self, township: str, month: Month) -> Stage:
        """How far a township has come with a closed month."""
        return self.stages.get(township, "accepted") if month == self.months[-1] else "accepted"

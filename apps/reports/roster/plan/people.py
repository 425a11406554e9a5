"""The people of a roster against the county's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from apps.cadres.identity import id_mask, person_key
from apps.cadres.models import PoliticalStatus
from apps.reports.roster.entries import PersonRow, Problem
from apps.reports.roster.layout import PEOPLE
from apps.reports.roster.plan.known import Known, KnownCadre
from apps.reports.roster.plan.outcome import Change, Plan, PlannedCadre, UnitKey, span_text
from apps.reports.roster.plan.units import Units
from apps.reports.roster.plan.villages import Villages
from apps.teams.spans import Span

_POLITICAL = dict(PoliticalStatus.choices)
_WORDS = {"political_status": "政治面貌", "rank": "职务职级", "phone": "电话"}


@dataclass(slots=True)
class Placed:
    """A row whose person, unit and village are found."""

    row: PersonRow
    person: str
    unit: UnitKey
    village: str

    @property
    def span(self) -> Span:
        return self.row.first, self.row.last


def place_people(rows: Sequence[PersonRow], units: Units, villages: Villages, plan: Plan) -> list[Placed]:
    """The rows that name a unit and a village that exist or will; the others are in the plan's problems."""
    found = []
    for row in rows:
        unit, village = units.find(row, plan), villages.find(row, plan)
        if row.last and row.last < row.first:
            text = f"离岗日早于到岗日（{span_text((row.first, row.last))}）；请核对两个日期"
            plan.wrong(PEOPLE.title, row.row, "last", text)
        elif unit and village:
            found.append(Placed(row, person_key(row.id_number), unit, village))
    return found


def by_person(placed: Iterable[Placed]) -> dict[str, list[Placed]]:
    """Each person's rows, by the day he came."""
    found: dict[str, list[Placed]] = defaultdict(list)
    for each in placed:
        found[each.person].append(each)
    for rows in found.values():
        rows.sort(key=lambda each: each.row.first)
    return found


def plan_people(people: Mapping[str, list[Placed]], known: Known, plan: Plan) -> None:
    """Plan the people who are new or changed.  What a row leaves empty stays as it is known."""
    tally = plan.tallies["cadres"]
    for person, placed in people.items():
        if not _is_one_person(placed, plan):
            continue
        newest, old = placed[-1], known.cadres.get(person)
        if old is None:
            tally.new += 1
            plan.cadres.append(_planned(person, placed, None, newest.unit))
            continue
        if known.postings.get(person) and known.postings[person][-1].first > newest.row.first:
            tally.same += 1  # an older posting says nothing of the person today
            continue
        wish = _planned(person, placed, old, newest.unit)
        if changes := _differences(wish, old, plan):
            tally.changed += 1
            plan.cadres.append(wish)
            masked = id_mask(newest.row.id_number)
            plan.changes.append(Change("干部", f"{wish.name}（{masked}）", "；".join(changes)))
        else:
            tally.same += 1


def _is_one_person(placed: Sequence[Placed], plan: Plan) -> bool:
    """Refuses one number with two names; says where two rows of a person tell different things."""
    if len(placed) == 1:
        return True
    first = min(placed, key=lambda each: each.row.row)
    good = True
    for each in placed:
        if each.row.name != first.row.name:
            text = f"与第 {first.row.row} 行是同一身份证号，姓名却不同（{first.row.name}）；请核对姓名和身份证号"
            plan.wrong(PEOPLE.title, each.row.row, "name", text)
            good = False
    for key, word in _WORDS.items():
        if len({getattr(each.row, key) for each in placed} - {""}) > 1:
            text = f"{first.row.name}各行的{word}不同，采用到岗日最晚的一行"
            plan.problems.append(Problem(PEOPLE.title, placed[-1].row.row, key, text, "notice"))
    return good


def _planned(person: str, placed: Sequence[Placed], old: KnownCadre | None, unit: UnitKey) -> PlannedCadre:
    newest = placed[-1].row
    return PlannedCadre(
        person=person,
        id_number=newest.id_number,
        name=newest.name,
        unit=unit,
        political_status=newest.political_status or _earlier(placed, old, "political_status"),
        rank=newest.rank or _earlier(placed, old, "rank"),
        phone=newest.phone or _earlier(placed, old, "phone"),
    )


def _earlier(placed: Sequence[Placed], old: KnownCadre | None, key: str) -> str:
    """What an earlier row says, else what is known."""
    said = (getattr(each.row, key) for each in reversed(placed))
    return next((text for text in said if text), getattr(old, key, ""))


def _differences(wish: PlannedCadre, old: KnownCadre, plan: Plan) -> list[str]:
    """What would change of a person, in words; a telephone number is not repeated."""
    found = []
    if wish.name != old.name:
        found.append(f"姓名：{old.name} → {wish.name}")
    if plan.unit_ids.get(wish.unit) != old.unit:
        found.append(f"派出单位：改为{wish.unit[1]}")
    if wish.political_status != old.political_status:
        was = _POLITICAL.get(old.political_status, "未填")
        found.append(f"政治面貌：{was} → {_POLITICAL[wish.political_status]}")
    if wish.rank != old.rank:
        found.append(f"职务职级：{old.rank or '未填'} → {wish.rank}")
    if wish.phone != old.phone:
        found.append("电话：更新")
    return found

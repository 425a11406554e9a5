"""The dispatch units of a roster against those that are registered, and which unit a person's row means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from django.db.models import Q

from apps.cadres.models import UnitLevel, UnitNature
from apps.cadres.services import UnitEntry
from apps.jurisdictions.models import Division, Level
from apps.jurisdictions.selectors import area_chain
from apps.reports.roster.entries import PersonRow, Problem, UnitRow
from apps.reports.roster.layout import PEOPLE, UNITS
from apps.reports.roster.plan.known import Known, KnownUnit
from apps.reports.roster.plan.outcome import Plan, UnitKey, did_you_mean

_DIVISION_LEVEL = {
    UnitLevel.CENTRAL.value: Level.NATION.value,
    UnitLevel.PROVINCIAL.value: Level.PROVINCE.value,
    UnitLevel.CITY.value: Level.CITY.value,
    UnitLevel.COUNTY.value: Level.COUNTY.value,
    UnitLevel.TOWNSHIP.value: Level.TOWNSHIP.value,
}
_DIGITS = re.compile(r"\d{6}|\d{9}")


class Homes:
    """Where units are at home: divisions by code and by name."""

    def __init__(self, county: str, rows: Sequence[UnitRow]) -> None:
        self._chain = area_chain(county)
        texts = {row.home for row in rows if row.home}
        codes = {_division_code(text) for text in texts if _DIGITS.fullmatch(text)}
        found = Division.objects.filter(Q(code__in=codes | set(self._chain)) | Q(name__in=texts))
        self._divisions = list(found.values_list("code", "name", "level"))
        self._codes = {code for code, _, _ in self._divisions}

    def find(self, row: UnitRow) -> tuple[str, str]:
        """(code, '') of a unit's home, or ('', why not)."""
        level = _DIVISION_LEVEL[row.level]
        if not row.home:
            default = [code for code, _, kind in self._divisions if code in self._chain and kind == level]
            return (default[0], "") if default else ("", "须填写所在行政区（名称或代码）")
        if _DIGITS.fullmatch(row.home):
            code = _division_code(row.home)
            return (code, "") if code in self._codes else ("", f"没有代码为“{row.home}”的行政区；请核对代码")
        named = [(each, kind) for each, name, kind in self._divisions if name == row.home]
        found = [each for each, kind in named if kind == level] or [each for each, _ in named]
        near = [each for each in found if each in self._chain or each[:-3] in self._chain]
        if len(near or found) == 1:
            return (near or found)[0], ""
        if found:
            return "", f"有 {len(found)} 个行政区叫“{row.home}”；请改填 6 位代码（乡镇为 9 位）"
        return "", f"没有“{row.home}”这个行政区；请写全称（如××市）或代码"


def _division_code(digits: str) -> str:
    """The area of a GB/T 2260 code: trailing pairs of zeros stand for 'all of it'."""
    return "C" + (digits if len(digits) == 9 else re.sub(r"(?:00)+$", "", digits))


class Units:
    """The units that a person's row may name."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._chain = area_chain(known.county)
        self._written: dict[str, list[UnitKey]] = {}

    def add(self, key: UnitKey) -> None:
        self._written.setdefault(key[1], []).append(key)

    def find(self, row: PersonRow, plan: Plan) -> UnitKey | None:
        """The unit that a row names: from the sheet of units, else the registered one nearest to the county.  None,
        and why in the plan's problems, when that is not clear."""
        if len(written := self._written.get(row.unit, [])) == 1:
            return written[0]
        registered = self._known.units.get(row.unit, [])
        near = sorted((unit for unit in registered if self._is_near(unit)), key=lambda unit: -len(unit.home))
        if near and not written and (len(near) == 1 or len(near[0].home) > len(near[1].home)):
            key = near[0].home, near[0].name
            plan.unit_ids[key] = near[0].unit
            return key
        if not plan.sheet_is_wrong(UNITS.title):
            plan.wrong(PEOPLE.title, row.row, "unit", self._why_not(row.unit, near or registered, written))
        return None

    def _is_near(self, unit: KnownUnit) -> bool:
        return unit.home in self._chain or unit.home.startswith(self._known.county)

    def _why_not(self, name: str, registered: Sequence[KnownUnit], written: Sequence[UnitKey]) -> str:
        if len(written) > 1 or len(registered) > 1:
            return f"有不止一个“{name}”；请把单位名称写成带地名的全称"
        if registered:
            return f"“{name}”登记在外地；如就是这个单位，请填入“派出单位”表并写明所在行政区"
        names = [*self._written, *self._known.units]
        return f"没有登记过“{name[:20]}”；{did_you_mean(name, names)}请核对名称，新单位先填入“派出单位”表"


def plan_units(rows: Sequence[UnitRow], known: Known, plan: Plan) -> Units:
    """Check the rows of the sheet, and plan the units that are new; a registered one is never changed."""
    units, homes, tally = Units(known), Homes(known.county, rows), plan.tallies["units"]
    seen: dict[UnitKey, int] = {}
    for row in rows:
        home, problem = homes.find(row)
        if problem:
            plan.wrong(UNITS.title, row.row, "home", problem)
            continue
        key = home, row.name
        if key in seen:
            plan.wrong(UNITS.title, row.row, "name", f"与第 {seen[key]} 行是同一单位；一个单位只填一行")
            continue
        seen[key] = row.row
        units.add(key)
        old = next((unit for unit in known.units.get(row.name, []) if unit.home == home), None)
        if old is None:
            tally.new += 1
            plan.units.append(UnitEntry(row.name, home, row.level, row.nature, row.vertical))
            continue
        tally.same += 1
        plan.unit_ids[key] = old.unit
        _notice_difference(old, row, plan)
    return units


def _notice_difference(old: KnownUnit, row: UnitRow, plan: Plan) -> None:
    parts = []
    if old.level != row.level:
        parts.append(f"层级为{UnitLevel(old.level).label}")
    if old.nature != row.nature:
        parts.append(f"性质为{UnitNature(old.nature).label}")
    if old.vertical != row.vertical:
        parts.append("是垂直管理单位" if old.vertical else "不是垂直管理单位")
    if parts:
        text = f"系统里登记的{'、'.join(parts)}；各地共用单位资料，本次不改，如有误请联系系统管理员"
        plan.problems.append(_notice(row.row, text))


def _notice(row: int, text: str) -> Problem:
    return Problem(UNITS.title, row, "name", text, "notice")


def unit_names(rows: Iterable[UnitRow], people: Iterable[PersonRow]) -> set[str]:
    """All unit names that a roster mentions."""
    return {row.name for row in rows} | {row.unit for row in people}

"""The villages of a roster against the county's, and which village a person's row means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from apps.jurisdictions.models import VillageClass
from apps.jurisdictions.services_villages import VillageEntry
from apps.reports.roster.cells import half_width
from apps.reports.roster.entries import PersonRow, VillageRow
from apps.reports.roster.layout import PEOPLE, VILLAGES
from apps.reports.roster.plan.known import Known, KnownVillage
from apps.reports.roster.plan.outcome import Change, Plan, PlannedTeam, did_you_mean

_CLASS_WORDS = dict(VillageClass.choices)


def team_name(village: str) -> str:
    """The name that a village's team gets."""
    return f"{village}驻村工作队"


class Villages:
    """All villages after the import, found by code, by name, or by township and name."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self.names = {code: village.name for code, village in known.villages.items()}
        self._by_text: dict[str, list[str]] | None = None

    def index(self) -> None:
        """Make the names findable; called once all villages are in."""
        found: dict[str, list[str]] = defaultdict(list)
        for code, name in self.names.items():
            township = self._known.townships.get(code[:10], "")
            for text in (code[1:], name, township + name):
                found[text].append(code)
        self._by_text = found

    def find(self, row: PersonRow, plan: Plan) -> str | None:
        """The code of the village that a row means; None, and why in the plan's problems, when that is not clear."""
        text = half_width(row.village)
        found = (self._by_text or {}).get(text, [])
        if len(found) == 1:
            return found[0]
        if not plan.sheet_is_wrong(VILLAGES.title):  # else the village may be on a row that could not be read
            plan.wrong(PEOPLE.title, row.row, "village", self._why_not(text, found))
        return None

    def _why_not(self, text: str, found: Sequence[str]) -> str:
        if found:
            where = "、".join(f"{self._known.townships.get(code[:10], '')}{self.names[code]}" for code in found)
            return f"县内有 {len(found)} 个“{text}”（{where}）；请改填 12 位村代码，或写成“乡镇+村名”"
        if text.isdigit() and not f"C{text}".startswith(self._known.county):
            return f"代码“{text}”不在本县；请核对村代码"
        hint = did_you_mean(text, self.names.values())
        return f"没有“{text[:20]}”这个村；{hint}请写与“村”表一致的村名或 12 位代码，新村先填入“村”表"


def plan_villages(rows: Sequence[VillageRow], known: Known, plan: Plan) -> Villages:
    """Check the rows of the sheet, and plan the villages that are new or changed, each with its team."""
    villages = Villages(known)
    seen: dict[str, int] = {}
    tally = plan.tallies["villages"]
    for row in rows:
        code = f"C{row.code}"
        if problem := _problem(row, known, seen):
            plan.wrong(VILLAGES.title, row.row, *problem)
            continue
        seen[row.code] = seen[f"{code[:10]}{row.name}"] = row.row
        old = known.villages.get(code)
        villages.names[code] = row.name
        if old and (old.name, set(old.classes)) == (row.name, set(row.classes)):
            tally.same += 1
            continue
        plan.villages.append(VillageEntry(code, row.name, row.classes))
        if old is None:
            tally.new += 1
        else:
            tally.changed += 1
            plan.changes.append(Change("村", f"{row.name}（{row.code}）", _difference(old, row)))
    villages.index()
    return villages


def _problem(row: VillageRow, known: Known, seen: dict[str, int]) -> tuple[str, str] | None:
    code = f"C{row.code}"
    chosen = next((place for place, name in known.townships.items() if name == row.township), None)
    if chosen is None:
        hint = did_you_mean(row.township, known.townships.values())
        return "township", f"本县没有“{row.township}”；{hint}请从下拉列表选择乡镇"
    if not code.startswith(known.county):
        return "code", f"村代码“{row.code}”不在本县（应以 {known.county[1:]} 开头）"
    if code[:10] not in known.townships:
        return "code", f"村代码“{row.code}”的前 9 位不是本县的乡镇代码；{row.township}为 {chosen[1:]}"
    if code[:10] != chosen:
        return "code", f"村代码“{row.code}”属于{known.townships[code[:10]]}，与所填的{row.township}不一致"
    if row.code in seen:
        return "code", f"与第 {seen[row.code]} 行的村代码相同；一村只填一行"
    if f"{code[:10]}{row.name}" in seen:
        return "name", f"与第 {seen[f'{code[:10]}{row.name}']} 行同乡镇同名，代码却不同；请核对"
    return None


def _difference(old: KnownVillage, row: VillageRow) -> str:
    parts = []
    if old.name != row.name:
        parts.append(f"村名：{old.name} → {row.name}")
    if set(old.classes) != set(row.classes):
        was, now = ("、".join(_CLASS_WORDS.get(each, each) for each in kinds) for kinds in (old.classes, row.classes))
        parts.append(f"村类别：{was or '未填'} → {now}")
    return "；".join(parts)


def plan_teams(villages: Villages, known: Known, plan: Plan) -> None:
    """A team for every village; a team that carries its village's old name follows a new one."""
    tally = plan.tallies["teams"]
    for code, name in sorted(villages.names.items()):
        old = known.villages.get(code)
        if old is None or old.team is None:
            tally.new += 1
            plan.teams.append(PlannedTeam(None, code, team_name(name)))
        elif old.name != name and old.team_name == team_name(old.name):
            tally.changed += 1
            plan.teams.append(PlannedTeam(old.team, code, team_name(name)))
            plan.changes.append(Change("工作队", old.team_name, f"队名：{old.team_name} → {team_name(name)}"))
        else:
            tally.same += 1

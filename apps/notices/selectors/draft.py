"""What a village's notices would say if they were published now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from apps.core.findings import Finding
from apps.jurisdictions.models import Village
from apps.notices.models import NoticeValue
from apps.notices.selectors.duty import duty_days, duty_span
from apps.notices.selectors.law import NoticeRule, notice_rules
from apps.rules.language.parts import clause_of, severity_of
from apps.rules.language.records import PERSONAL, RecordField
from apps.rules.language.selectors import Case
from apps.teams.compile.states import village_classes
from apps.teams.models import Posting, PostRole, Team
from apps.teams.selectors import roster

TOWNSHIP, COUNTY = 10, 7  # characters of their area codes
Content = dict[str, Any]
_ROLES = {role: str(label) for role, label in PostRole.choices}


@dataclass(frozen=True)
class Draft:
    """One notice of a village (of a team where each has its own): what it would say, and what is still missing.

    `content`: `columns` as (label, type) with `rows` of everybody posted, `facts` as (label, value, type), and `watch`
    with its label and (day, who) where the record asks for it.
    """

    village: Village
    team: Team | None
    rule: NoticeRule
    content: Content
    missing: tuple[Finding, ...]

    @property
    def key(self) -> tuple[int, str, int | None]:
        return self.village.pk, self.rule.key, self.team.pk if self.team else None

    @property
    def title(self) -> str:
        return f"{self.team.name if self.team else self.village.name}{self.rule.record.label}"


@dataclass
class _Ground:
    """What the drafts of an area are made from, read at once."""

    on: date
    villages: list[Village]
    classes: Mapping[str, frozenset[str]]
    teams: dict[int, list[Team]] = field(default_factory=lambda: defaultdict(list))
    postings: dict[int, list[Posting]] = field(default_factory=lambda: defaultdict(list))
    values: dict[tuple[str, str, str, str], str] = field(default_factory=dict)
    watch: Mapping[int, Mapping[date, str]] = field(default_factory=dict)


def drafts(area: str, on: date, *, first: date | None = None) -> list[Draft]:
    """The notices due in the villages of an area on a day, by village; those of teams where somebody is posted.

    `first` is the day from which the watch is shown, `on` without it.  A fixed number of queries for each county in it.
    """
    ground = _ground(area, on, first or on)
    laws = {county: notice_rules(county, on) for county in {village.area[:COUNTY] for village in ground.villages}}
    return [draft for village in ground.villages for draft in _of_village(ground, village, laws[village.area[:COUNTY]])]


def _ground(area: str, on: date, first: date) -> _Ground:
    ground = _Ground(on, list(Village.objects.within(area).order_by("area")), village_classes(area, on))
    for posting in roster(area, on=on):
        ground.postings[posting.team_id].append(posting)
    for team in Team.objects.within(area).select_related("village"):
        if ground.postings.get(team.pk):
            ground.teams[team.village_id].append(team)
    for row in NoticeValue.objects.within(area[:TOWNSHIP]):
        ground.values[row.area, row.record, row.label, row.role] = row.value
    teams = [team for held in ground.teams.values() for team in held]
    ground.watch = duty_days(teams, *duty_span(first))
    return ground


def _of_village(ground: _Ground, village: Village, rules: Sequence[NoticeRule]) -> Iterator[Draft]:
    case = Case(village_classes=ground.classes.get(village.area, frozenset()), day=ground.on)
    teams = ground.teams.get(village.pk, [])
    for rule in rules:
        asked = rule.record.applies.model_copy(update={"roles": None})
        if not asked.matches(case):
            continue
        if rule.record.per == "team":
            for team in teams:
                yield _draft(ground, village, team, rule, [team])
        else:
            yield _draft(ground, village, None, rule, teams)


def _draft(ground: _Ground, village: Village, team: Team | None, rule: NoticeRule, teams: list[Team]) -> Draft:
    """One notice; `teams` are those whose people it shows."""
    people = [posting for each in teams for posting in ground.postings[each.pk] if _is_shown(rule, posting)]
    people.sort(key=lambda posting: (min(_place(role) for role in posting.roles), posting.name))
    columns = [each for each in rule.record.fields if each.source in PERSONAL]
    content: Content = {"columns": [[each.label, each.type] for each in columns]}
    people = people if columns else []
    content["rows"] = [[_personal(ground, rule, each, posting) for each in columns] for posting in people]
    facts = [each for each in rule.record.fields if each.setting or each.source in ("county", "township")]
    content["facts"] = [[each.label, _fact(ground, village, rule, each), each.type] for each in facts]
    for each in rule.record.fields:
        if each.source == "duty_person":
            days = _watch(ground, teams)
            content["watch"] = {"label": each.label, "days": [[day.isoformat(), who] for day, who in days]}
    return Draft(village, team, rule, content, tuple(_missing(rule, content, people)))


def _is_shown(rule: NoticeRule, posting: Posting) -> bool:
    roles = rule.record.applies.roles
    return roles is None or not set(roles).isdisjoint(posting.roles)


def _place(role: str) -> int:
    return list(_ROLES).index(role)


def _personal(ground: _Ground, rule: NoticeRule, asked: RecordField, posting: Posting) -> str:
    roles = [role for role in _ROLES if role in posting.roles]
    match asked.source:
        case "role":
            return "、".join(_ROLES[role] for role in roles)
        case "name":
            return posting.name
        case "unit":
            return posting.unit.name
        case "phone":
            return posting.phone
    told = (ground.values.get((posting.area[:TOWNSHIP], rule.key, asked.label, role), "") for role in roles)
    return "；".join(dict.fromkeys(filter(None, told)))


def _fact(ground: _Ground, village: Village, rule: NoticeRule, asked: RecordField) -> str:
    if asked.setting:
        return rule.settings.get(asked.setting, "")
    return ground.values.get((village.area[:TOWNSHIP], rule.key, asked.label, ""), "")


def _watch(ground: _Ground, teams: Iterable[Team]) -> list[tuple[date, str]]:
    days: dict[date, list[str]] = defaultdict(list)
    for team in teams:
        for day, who in ground.watch.get(team.pk, {}).items():
            days[day].append(who)
    return [(day, "、".join(days[day])) for day in sorted(days)]


def _missing(rule: NoticeRule, content: Content, people: Sequence[Posting]) -> Iterator[Finding]:
    """Required fields without a value, in the severity of the record."""
    asked, severity = {each.label: each for each in rule.record.fields}, severity_of(rule.record.modality)

    def finding(label: str, who: str, instead: str) -> Finding:
        told = f"{who}缺“{label}”，{instead}"
        return Finding("field_missing", severity, told, clause_of(asked[label], rule.record))

    for label, value, _ in content["facts"]:
        if not value and asked[label].required:
            whose = {"county": "由县级驻村办", "township": "由乡镇"}.get(asked[label].source or "", "由县级驻村办")
            yield finding(label, "", f"请{whose}在“固定内容”里填写。")
    for posting, row in zip(people, content["rows"], strict=True):
        for (label, _), value in zip(content["columns"], row, strict=True):
            if not value and asked[label].required:
                yield finding(label, posting.name, _remedy(asked[label]))
    if content["columns"] and not people:
        yield finding(content["columns"][0][0], "现在没有在岗的人，", "请先登记派驻。")
    if "watch" in content and not content["watch"]["days"] and asked[content["watch"]["label"]].required:
        yield finding(content["watch"]["label"], "", "请先排好值班表。")


def _remedy(asked: RecordField) -> str:
    if asked.source == "duties":
        return "请由县级驻村办在“固定内容”里按岗位填写。"
    return "请县级驻村办在花名册里补登。"

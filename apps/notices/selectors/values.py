"""Which fields of an area's notices a county or a township fills in once, and with what they are filled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from apps.notices.models import NoticeValue
from apps.notices.selectors.draft import COUNTY
from apps.notices.selectors.law import NoticeRule, notice_rules
from apps.teams.models import Posting, PostRole


@dataclass(frozen=True)
class Asked:
    """A field to fill in once: of which notice, for which role where it goes by role, and what stands there."""

    record: str
    title: str
    label: str
    role: str
    role_word: str
    clause: str | None
    value: str = ""
    by: str = ""


def asked_values(area: str, today: date) -> list[Asked]:
    """What the county (its area's code) or the township has to fill in, with what it said; none where no rule asks."""
    rows: dict[tuple[str, str, str], NoticeValue] = {}
    for row in NoticeValue.objects.within(area).order_by("-area"):
        rows[row.record, row.label, row.role] = row
    roles = _roles(area) if len(area) == COUNTY else []
    found = []
    for rule in notice_rules(area, today):
        for label, role, clause in _fields(rule, "county" if len(area) == COUNTY else "township", roles):
            row = rows.get((rule.key, label, role))
            word = str(PostRole(role).label) if role else ""
            told = (row.value, row.by) if row else ("", "")
            found.append(Asked(rule.key, rule.record.label, label, role, word, clause, *told))
    return found


def _fields(rule: NoticeRule, level: str, roles: list[str]) -> Iterator[tuple[str, str, str | None]]:
    for each in rule.record.fields:
        clause = each.clause or rule.record.clause
        if each.source == level:
            yield each.label, "", clause
        elif each.source == "duties" and level == "county":
            yield from ((each.label, role, clause) for role in roles)


def _roles(area: str) -> list[str]:
    """The roles that somebody holds in an area, in the order of the roster."""
    held = {role for roles in Posting.objects.within(area).values_list("roles", flat=True) for role in roles}
    return [role for role in PostRole.values if role in held]

"""Where each notice of an area stands: what was published last, and whether it still says what is so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from apps.core.errors import NotFound
from apps.notices.models import Notice
from apps.notices.selectors.draft import Content, Draft, drafts

NONE, PUBLISHED, OUTDATED, WITHDRAWN = "none", "published", "outdated", "withdrawn"
WORDS = {NONE: "未发布", OUTDATED: "已过期", PUBLISHED: "已发布", WITHDRAWN: "已撤下"}
TONES = {NONE: "wait", OUTDATED: "bad", PUBLISHED: "done", WITHDRAWN: "off"}
_ORDER = list(WORDS)


@dataclass(frozen=True)
class Standing:
    """A notice that is due: its draft, the version published last, and what is different between the two."""

    draft: Draft
    notice: Notice | None
    changes: tuple[str, ...] = ()

    @property
    def state(self) -> str:
        if self.notice is None:
            return NONE
        if self.notice.withdrawn:
            return WITHDRAWN
        return OUTDATED if self.changes else PUBLISHED

    @property
    def word(self) -> str:
        return WORDS[self.state]

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def hung(self) -> date | None:
        """The day on which the present version was put up."""
        display = getattr(self.notice, "display", None)
        return display.on if display else None

    @property
    def waits_to_hang(self) -> bool:
        return self.state == PUBLISHED and self.hung is None


def standings(area: str, today: date) -> list[Standing]:
    """The notices due in an area, those not published or out of date first, then by village.

    A fixed number of queries for each county in it.
    """
    newest = newest_notices(area)
    found = [_standing(draft, newest.get(draft.key), today) for draft in drafts(area, today)]
    return sorted(found, key=lambda each: (_ORDER.index(each.state), each.draft.village.area))


def newest_notices(area: str) -> dict[tuple[int, str, int | None], Notice]:
    """{(village, record, team): the version published last}.  One query."""
    rows = Notice.objects.within(area).select_related("display", "village", "team")
    rows = rows.order_by("village_id", "record", "team_id", "-version").distinct("village_id", "record", "team_id")
    return {(row.village_id, row.record, row.team_id): row for row in rows}


def _standing(draft: Draft, notice: Notice | None, today: date) -> Standing:
    if notice is None or notice.withdrawn:
        return Standing(draft, notice)
    return Standing(draft, notice, tuple(changes(notice.content, draft.content, today)))


def changes(shown: Content, now: Content, today: date) -> Iterable[str]:
    """In what a published notice and its draft of today differ; days that are over do not count."""
    if [label for label, _ in shown["columns"]] != [label for label, _ in now["columns"]]:
        yield "栏目已变更"
        return
    before, after = _by_name(shown), _by_name(now)
    if gone := [name for name in before if name not in after]:
        yield f"已不在岗：{'、'.join(gone)}"
    if new := [name for name in after if name not in before]:
        yield f"新到岗：{'、'.join(new)}"
    if other := [name for name in after if name in before and before[name] != after[name]]:
        yield f"内容有变：{'、'.join(other)}"
    facts = {label: value for label, value, _ in shown["facts"]}
    if other := [label for label, value, _ in now["facts"] if facts.get(label) != value]:
        yield f"内容有变：{'、'.join(other)}"
    yield from _watch_changes(shown.get("watch"), now.get("watch"), today)


def _by_name(content: Content) -> Mapping[str, list[list[str]]]:
    """Rows by the name that stands in them, those of one name together; by the first field where no name is shown."""
    place = next((place for place, (_, kind) in enumerate(content["columns"]) if kind == "person"), 0)
    found: dict[str, list[list[str]]] = {}
    for row in content["rows"]:
        found.setdefault(row[place], []).append(row)
    return found


def _watch_changes(shown: Mapping[str, Any] | None, now: Mapping[str, Any] | None, today: date) -> Iterable[str]:
    if now is None:
        return
    days = dict(shown["days"]) if shown else {}
    if not days or max(days) < today.isoformat():
        yield "值班安排已到期"
        return
    last = max(days)
    planned = {day: who for day, who in now["days"] if day <= last}
    if other := [
        day for day in planned.keys() | days.keys() if day >= today.isoformat() and days.get(day) != planned.get(day)
    ]:
        yield f"值班安排有变（{len(other)}天）"


def notice_of(pk: int) -> Notice:
    """One published version; NotFound where the scope shows none."""
    found = Notice.objects.select_related("village", "team", "display").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found

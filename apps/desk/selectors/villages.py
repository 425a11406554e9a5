"""Villages whose posts are not filled as the rules want it."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from apps.accounts.access import Actor
from apps.desk.selectors.items import Desk, WorkItem
from apps.teams.compile.villages import area_summary

NAMED = 6  # villages named in one line


def villages_desk(*, actor: Actor, today: date) -> Desk:
    """What the county has to mend and to explain; nothing where no pack covers it or nobody here may write it down.

    Nine queries and one per pack not read before, whatever the number of villages.
    """
    desk = Desk()
    if not actor.may("village.edit"):
        return desk
    try:
        found = area_summary(actor.scope.area or "", today)
    except LookupError:
        return desk
    for kind, what, action in (
        ("gap", "{}个村的岗位有缺口", "去核对"),
        ("unexplained", "{}个村的配备待说明原因", "去说明"),
    ):
        names = [each.state.name for each in found.villages if each.kind == kind]
        if names:
            url = f"{reverse('teams:villages')}?{urlencode({'state': kind})}"
            more = "等" if len(names) > NAMED else ""
            desk.must.append(WorkItem(what.format(len(names)), "、".join(names[:NAMED]) + more, url, action))
    return desk

"""Notices to publish, to publish anew, to put up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from apps.accounts.access import Actor
from apps.desk.selectors.items import Desk, WorkItem
from apps.notices.models import Notice
from apps.notices.selectors.draft import TOWNSHIP
from apps.notices.selectors.law import asks_for_notices
from apps.notices.selectors.standing import NONE, OUTDATED, PUBLISHED, Standing, standings

NAMED = 4  # villages named in a line


def notices_desk(*, actor: Actor, today: date) -> Desk:
    """For the township's clerk one line for each of the three, with the villages; before its first notice one line that
    leads there.  A fixed number of queries, two before the first notice; none for others."""
    area, desk = actor.scope.area or "", Desk()
    if not actor.may("notice.publish") or len(area) != TOWNSHIP:
        return desk
    if not Notice.objects.within(area).exists():
        if asks_for_notices(area, today):
            text = "规定要求在村里公示，本乡镇还没有发布过。"
            desk.ready.append(WorkItem("村级公示", text, reverse("notices:list"), "去发布"))
        return desk
    found = standings(area, today)
    lines = (
        ("公示已过期，要重新发布", OUTDATED, [each for each in found if each.state == OUTDATED]),
        ("公示还没有发布", NONE, [each for each in found if each.state == NONE]),
        ("公示已发布，要打印张贴并登记", PUBLISHED, [each for each in found if each.waits_to_hang]),
    )
    for words, state, rows in lines:
        if rows:
            url = f"{reverse('notices:list')}?{urlencode({'state': state})}"
            what = f"{len(rows)}份{words}"
            desk.must.append(WorkItem(what, _villages(rows), url, "去办理", clause=rows[0].draft.rule.record.clause))
    return desk


def _villages(rows: Iterable[Standing]) -> str:
    names = list(dict.fromkeys(each.draft.village.name for each in rows))
    return f"{'、'.join(names[:NAMED])}{f'等{len(names)}个村' if len(names) > NAMED else ''}。"

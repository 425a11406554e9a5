"""Leaving that waits: posts that ended without a handover, lists to write, to sign, to take over."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from apps.accounts.access import Actor
from apps.attendance.selectors.long_leave import long_leaves
from apps.desk.selectors.items import Desk, WorkItem
from apps.leave.selectors.days import words
from apps.staffing.models import Part
from apps.staffing.selectors.handings import ended_without, parts_to_sign


def leaving_desk(*, actor: Actor, today: date) -> Desk:
    """For an area: each post that ended without a handover; for the county each leave so long that a recall follows.

    What waits for a step of a procedure is told with the other cases.  Whose term ends is worked out person by person:
    that is for the page of departures, not for the first page of the day.
    """
    desk = Desk()
    for row in ended_without(actor, today) if actor.may("handover.receive") else ():
        text = f"{row.team.village.name}，{words(row.last) if row.last else ''}离岗，还没有开交接。"
        desk.must.append(WorkItem(f"{row.name}的交接", text, reverse("staffing:handovers"), "去办理"))
    for each in long_leaves(actor, today) if actor.may("departure.record") else ():
        url = reverse("staffing:departure_new", args=[each.posting.pk])
        url += f"?{urlencode({'way': each.way})}" if each.way else ""
        text = f"{each.posting.team.village.name}。{each.followed.text}"
        clause = each.followed.ladder.clause
        desk.must.append(WorkItem(f"{each.posting.name}请假过长", text, url, "去办理", clause=clause))
    return desk


def own_leaving_desk(*, actor: Actor) -> Desk:
    """For the person himself: the list he has to write and sign, and the one he takes over.  Two queries."""
    desk = Desk()
    for party in parts_to_sign(actor):
        url = reverse("staffing:handover", args=[party.handover_id])
        giving = party.part == Part.OUTGOING
        what = "填写并签交接清单" if giving else "接收交接并签字"
        text = "离任须逐项交清，没有内容的写“无”。" if giving else "核对清单后签字；有误的退回重写。"
        desk.must.append(WorkItem(what, text, url, "去办理"))
    return desk

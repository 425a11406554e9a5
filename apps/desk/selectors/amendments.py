"""Proposed rule changes that wait for their second person, or for their proposer to rehearse them."""

from __future__ import annotations

from django.urls import reverse

from apps.accounts.access import Actor
from apps.amendments.models import Amendment, State
from apps.amendments.selectors import amendments_in
from apps.desk.selectors.items import Desk, WorkItem


def amendments_desk(*, actor: Actor) -> Desk:
    """A line for each open proposal: to decide for everybody but its proposer, for him to rehearse.  One query."""
    if not actor.may("rules.decide"):
        return Desk()
    desk = Desk()
    for found in amendments_in(actor.scope.area or "").filter(state=State.PROPOSED).order_by("pk"):
        if not found.is_of(actor.user.pk, actor.name):
            desk.must.append(_item(found, "请确认或退回", "去办理"))
        elif found.rehearsed_at is None:
            desk.must.append(_item(found, "请先试算", "去试算"))
        else:
            desk.ready.append(_item(found, "等另一位同志确认", "查看"))
    return desk


def _item(found: Amendment, what: str, action: str) -> WorkItem:
    told = "已试算" if found.rehearsed_at else "还没有试算"
    text = f"{found.proposer}提出 · {told} · {found.reason}"
    return WorkItem(f"制度修订第{found.pk}号：{what}", text, reverse("amendments:detail", args=[found.pk]), action)

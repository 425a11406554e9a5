"""Selection and what else is under way about people and posts: steps that wait, candidates to post, openings."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from apps.accounts.access import Actor
from apps.desk.selectors.items import Desk, WorkItem
from apps.jurisdictions.days import DueDay
from apps.staffing.selectors.openings import openings_in
from apps.staffing.selectors.standing import returned_to, to_place, waiting_for
from apps.staffing.selectors.words import matter_word


def staffing_desk(*, actor: Actor, today: date) -> Desk:
    """A line for each step that waits, each candidate to post or to correct, and each opening of one's own unit.

    A fixed number of queries, whatever the number of cases.
    """
    desk = Desk()
    for standing, entry in waiting_for(actor, today) if actor.may("staffing.act") else ():
        case = standing.case
        desk.must.append(
            WorkItem(
                f"{case.name}{matter_word(case)}：{entry.label}",
                f"{case.place} · {case.unit.name}",
                reverse("staffing:case", args=[case.pk]),
                "去办理",
                DueDay(entry.due, "") if entry.due else None,
                entry.clause,
            )
        )
    for case in to_place(actor) if actor.may("candidate.place") else ():
        at = f"{reverse('staffing:case', args=[case.pk])}#place"
        desk.must.append(WorkItem(f"{case.name}已确定，待登记到岗", f"{case.place} · {case.unit.name}", at, "登记到岗"))
    for case in returned_to(actor):
        at = reverse("staffing:change", args=[case.pk])
        desk.must.append(WorkItem(f"{case.name}的提名已退回", f"{case.place}，请更正后重新提名或撤回。", at, "去更正"))
    if actor.may("candidate.nominate"):
        for row in openings_in(actor, today):
            if not row.candidates:
                at = reverse("staffing:nominate", args=[row.opening.pk])
                due = DueDay(row.opening.due, "") if row.opening.due else None
                desk.must.append(
                    WorkItem(f"{row.opening.place}缺岗，待选派", row.opening.get_why_display(), at, "提名", due)
                )
    return desk

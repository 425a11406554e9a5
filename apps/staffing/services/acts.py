"""Acts on a case: read, locked, written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from apps.accounts.access import Actor
from apps.core.errors import NotFound
from apps.staffing.models import Case, CaseAct, Outcome


@dataclass(frozen=True)
class Deed:
    """What is done: the step, the body that did it and how; with `paper` a body without an account, whose `name`, `day`
    and `document` are those of its paper.  `office` is the one in which the actor records it.  `declared` is {word: holds} of what the body confirms with it."""

    key: str
    label: str
    body: str
    office: str
    outcome: str = Outcome.DONE
    name: str = ""
    day: date | None = None
    document: str = ""
    paper: bool = False
    joined: Mapping[str, str] = field(default_factory=dict)
    remark: str = ""
    declared: Mapping[str, bool] = field(default_factory=dict)
    clause: str | None = None


def act_write(actor: Actor, case: Case, deed: Deed) -> CaseAct:
    """Record one act."""
    return CaseAct.objects.create(
        area=case.area,
        case=case,
        person=case.person,
        unit_id=case.unit_id,
        round=case.round,
        key=deed.key,
        label=deed.label,
        outcome=deed.outcome,
        office=deed.office,
        body=deed.body,
        name=deed.name.strip() if deed.paper else actor.name,
        user=actor.user,
        paper=deed.paper,
        entered_by=actor.name if deed.paper else "",
        document=deed.document.strip(),
        joined=dict(deed.joined),
        remark=deed.remark.strip(),
        clause=deed.clause or "",
        day=deed.day or timezone.localdate(),
    )


def acts_of(case: Case) -> list[CaseAct]:
    """Everything done on a case, in order.  One query."""
    return list(CaseAct.objects.filter(case=case).order_by("id"))


def case_lock(case: int) -> Case:
    """A case with its unit and posting, locked until the transaction ends; NotFound outside the scope."""
    rows = Case.objects.select_for_update(of=("self",)).select_related("unit", "posting")
    found = rows.filter(pk=case).first()
    if found is None:
        raise NotFound
    return found

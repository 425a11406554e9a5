"""Opening a case, sending it again after a return, taking it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.accounts.access import Actor, require
from apps.accounts.reach import reaching
from apps.cadres.models import DispatchUnit
from apps.core.errors import BadInput, Conflict, Forbidden
from apps.jurisdictions.offices import Office
from apps.staffing.models import LIVE, Case, CaseState, Opening
from apps.staffing.selectors.law import law_on, matching
from apps.staffing.selectors.standing import case_seen
from apps.staffing.services.acts import Deed, act_write, case_lock
from apps.teams.models import Posting


@dataclass(frozen=True)
class About:
    """What a case is about.  `roles` and `classes` (of the village) choose the procedure, with the unit and the `kind`."""

    area: str
    matter: str
    person: str
    name: str
    place: str
    roles: frozenset[str]
    classes: frozenset[str]
    unit: DispatchUnit
    kind: str = ""
    ground: str = ""
    reason: str = ""
    posting: Posting | None = None
    opening: Opening | None = None


@transaction.atomic
def case_open(*, actor: Actor, action: str, about: About) -> Case:
    """Begin a case; the procedure in force today is frozen with it (none where the law knows none).

    Called by the service of the matter inside the village's area, with the `action` of the access table that it asks
    for.  Forbidden about oneself, but where the actor stands for himself; Conflict while another case of the matter
    about the same person is under way in the village.
    """
    require(actor, action)
    if about.person in actor.persons and Office.CADRE not in actor.offices:
        raise Forbidden("不能经办本人的事项，请由他人办理。")
    case = Case(
        area=about.area,
        matter=about.matter,
        person=about.person,
        unit=about.unit,
        team_id=about.posting.team_id if about.posting else None,
        posting=about.posting,
        opening=about.opening,
        by=actor.name,
        **_as_sent(about),
    )
    try:
        with transaction.atomic():
            case.save(force_insert=True)
    except IntegrityError as error:
        if "case_one_at_a_time" not in str(error):
            raise
        raise Conflict(f"{about.name}在这个村已有同一事项正在办理，请先办完或撤回。") from error
    return case


def case_resend(case: Case, about: About) -> Case:
    """Send a returned, locked case again, under the rules of today; it starts at the first step.

    Conflict when it is not returned; BadInput for another person or unit.
    """
    if case.state != CaseState.RETURNED:
        raise Conflict(f"这件事项{CaseState(case.state).label}，不在退回修改状态，请刷新页面。")
    if (case.person, case.unit_id, case.area) != (about.person, about.unit.pk, about.area):
        raise BadInput("重新送审不能换人、换单位、换村；请撤回后另行提出。")
    for name, value in _as_sent(about).items():
        setattr(case, name, value)
    case.state, case.round = CaseState.OPEN, case.round + 1
    case.save()
    return case


@transaction.atomic
def case_withdraw(*, actor: Actor, case: int, reason: str) -> Case:
    """Take a case back before it is decided: as the unit, the person himself or the county's office.

    A reason is needed.  Twice it stays withdrawn; Conflict once it is decided.
    """
    found = case_seen(actor, case)
    require(actor, "staffing.withdraw")
    with reaching(actor, found):
        held = case_lock(case)
        if held.state == CaseState.WITHDRAWN:
            return held
        if held.state not in LIVE:
            raise Conflict(f"这件事项{CaseState(held.state).label}，不能撤回。")
        if held.person in actor.persons and Office.CADRE not in actor.offices:
            raise Forbidden("不能经办本人的事项，请由他人办理。")
        if not reason.strip():
            raise BadInput("请写明撤回的原因。")
        case_settle(actor, held, CaseState.WITHDRAWN, Deed("withdraw", "撤回", "", own_office(actor), remark=reason))
    return held


def case_settle(actor: Actor, case: Case, state: CaseState, deed: Deed) -> None:
    """Bring a locked case to a state by an act that no procedure names."""
    act_write(actor, case, deed)
    case.state = state
    case.save()


def own_office(actor: Actor) -> str:
    """The office in which an actor acts where no rule names one."""
    return actor.office_for(list(actor.offices)) or ""


def _as_sent(about: About) -> dict[str, Any]:
    today = timezone.localdate()
    fitting = matching(about.unit, about.roles, about.classes, today)
    return {
        "kind": about.kind,
        "ground": about.ground,
        "reason": about.reason.strip(),
        "rule": law_on(about.area, today).procedure(about.matter, fitting, about.kind),
        "name": about.name,
        "place": about.place,
        "roles": sorted(about.roles),
        "classes": sorted(about.classes),
    }

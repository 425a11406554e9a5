"""Writing down what a team told its village."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from apps.accounts.access import Actor
from apps.core.errors import BadInput, Refused
from apps.leave.services.duty import team_owned
from apps.notices.models import Disclosure, PlanPublication
from apps.notices.selectors.law import disclosure_kinds, disclosure_rule, publication_rule


@transaction.atomic
def publication_record(*, actor: Actor, team: int, on: date, plan: str, completion: str) -> PlanPublication:
    """A team published its plan and how far it is.

    NotFound out of scope, Forbidden without the right, Refused where no rule asks for it, BadInput for a day to come or
    an empty text.
    """
    found = team_owned(actor, team, "notice.record")
    if publication_rule(found.area, timezone.localdate()) is None:
        raise Refused("本地现行规定没有写定期公布工作计划，不用登记。")
    _require_past(on)
    if not plan.strip() or not completion.strip():
        raise BadInput("公布的计划事项和完成情况都要填写。")
    told = {"plan": plan.strip(), "completion": completion.strip()}
    return PlanPublication.objects.create(area=found.area, team=found, on=on, by=actor.name, **told)


@transaction.atomic
def disclosure_record(*, actor: Actor, team: int, kind: str, on: date, evidence: str) -> Disclosure:
    """A village laid a matter open, urged by the team.  Refusals as `publication_record`; BadInput for a kind that the
    rule does not name."""
    found = team_owned(actor, team, "notice.record")
    rule = disclosure_rule(found.area, timezone.localdate())
    if rule is None:
        raise Refused("本地现行规定没有写督促村里公开的事项，不用登记。")
    if kind not in disclosure_kinds(rule):
        raise BadInput(f"事项类别只能选：{'、'.join(disclosure_kinds(rule))}。")
    _require_past(on)
    if not evidence.strip():
        raise BadInput("请写明凭据存放在哪里。")
    return Disclosure.objects.create(
        area=found.area, team=found, kind=kind, on=on, evidence=evidence.strip(), by=actor.name
    )


def _require_past(on: date) -> None:
    if on > timezone.localdate():
        raise BadInput("日期不能晚于今天，请核对。")

"""How many days of leave are due to somebody in a year, where the rules leave that to others.  The only writer."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from apps.accounts.access import Actor, require
from apps.accounts.reach import reaching
from apps.core.errors import BadInput, NotFound
from apps.leave.models import Counted, LeaveDue
from apps.leave.selectors.due import days_rules
from apps.leave.selectors.law import case_of, law_on
from apps.rules.language.entitlements import Entitlement, rate_of
from apps.teams.models import Posting


@dataclass(frozen=True)
class Entered:
    """What is entered: the days due (None where the rules name them), in which unit, days taken elsewhere, and why."""

    days: int | None
    counted: str
    elsewhere: int
    basis: str


@transaction.atomic
def due_enter(*, actor: Actor, posting: int, year: int, key: str, entered: Entered) -> LeaveDue:
    """Enter, or enter anew, what is due to one person in a year, with the basis.

    NotFound for a person outside the scope; BadInput for an entitlement that the rules in force do not give him,
    without a number where they name none, with one where they do, and without a basis.
    """
    found = Posting.objects.filter(pk=posting).first()
    if found is None:
        raise NotFound
    require(actor, "due.enter")
    with reaching(actor, found):
        held = (
            Posting.objects.select_for_update(of=("self",), no_key=True)
            .select_related("team__village", "unit")
            .get(pk=posting)
        )
        _require_entered(_rule(held, key), held, year, entered)
        made, _ = LeaveDue.objects.update_or_create(
            posting=held,
            year=year,
            key=key,
            defaults={
                "area": held.area,
                "unit_id": held.unit_id,
                "person": held.person,
                "days": entered.days,
                "counted": entered.counted,
                "elsewhere": entered.elsewhere,
                "basis": entered.basis.strip(),
                "by": actor.name,
            },
        )
    return made


def _rule(posting: Posting, key: str) -> Entitlement:
    today = timezone.localdate()
    rule = days_rules(law_on(posting.area, today)).get(key)
    if rule is None or not rule.applies.matches(case_of(posting, today)):
        raise BadInput("制度没有给这个人这项应休天数，请从列表进入。")
    return rule


def _require_entered(rule: Entitlement, posting: Posting, year: int, entered: Entered) -> None:
    today = timezone.localdate()
    if abs(year - today.year) > 1 or year < posting.first.year or (posting.last and year > posting.last.year + 1):
        raise BadInput("只填派驻期内上年、本年和下年的天数，请核对年份。")
    if entered.counted not in Counted.values:
        raise BadInput("请选择按日历天还是按工作日计算。")
    known = rate_of(rule, case_of(posting, today)) is not None
    if known and entered.days is not None:
        raise BadInput("天数由制度规定，不用填写。")
    if not known and entered.days is None:
        raise BadInput("请填写应休天数。")
    if not entered.basis.strip():
        raise BadInput("请写明依据，如单位核定的文件。")

"""The yearly rest plan: written by the team's leader, no approval of anything.  The only writer of its table."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from apps.accounts.access import Actor
from apps.core.errors import BadInput, Conflict, NotFound, Refused
from apps.leave.models import RestPlan
from apps.leave.selectors.law import law_on
from apps.leave.selectors.rest import plan_asked
from apps.leave.services.duty import team_owned
from apps.teams.models import Posting


@transaction.atomic
def rest_add(*, actor: Actor, team: int, posting: int, first: date, last: date, way: str) -> RestPlan:
    """Plan a rest of one person of the team, from `first` to `last`, both included, in the year of `first`.

    Refused where the regulation asks for no plan; BadInput outside the posting, over two years, for a way that is not
    offered; Conflict over another rest of the same person.  Rests of several people may overlap: the page says so.
    """
    found = team_owned(actor, team, "rest.edit")
    today = timezone.localdate()
    asked = plan_asked(law_on(found.area, today))
    if asked is None:
        raise Refused("本地制度没有要求编制年度休假计划。")
    person = Posting.objects.select_for_update(no_key=True).filter(pk=posting, team=found).first()
    if person is None:
        raise BadInput("请选择本队的人员。")
    if way not in asked.ways:
        raise BadInput(f"请选择休假方式：{'、'.join(asked.ways)}。")
    _require_span(person, first, last, today)
    if RestPlan.objects.filter(posting=person, first__lte=last, last__gte=first).exists():
        raise Conflict(f"{person.name}这几天已有休假计划，请先删去原来的一行。")
    return RestPlan.objects.create(
        area=found.area, team=found, posting=person, year=first.year, first=first, last=last, way=way, by=actor.name
    )


@transaction.atomic
def rest_remove(*, actor: Actor, line: int) -> int:
    """Take a planned rest out again (history keeps it); the number of its team."""
    held = RestPlan.objects.filter(pk=line).first()
    if held is None:
        raise NotFound
    team_owned(actor, held.team_id, "rest.edit")
    held.delete()
    return held.team_id


def _require_span(person: Posting, first: date, last: date, today: date) -> None:
    if last < first:
        raise BadInput("止日早于起日，请核对日期。")
    if first.year != last.year:
        raise BadInput("计划按年编制，跨年的休假请分成两行。")
    if not today.year - 1 <= first.year <= today.year + 1:
        raise BadInput("只编上年、本年和下年的计划，请核对年份。")
    if first < person.first or (person.last is not None and last > person.last):
        raise BadInput(f"{person.name}的派驻期从{person.first}到{person.last or '今'}，计划不能超出派驻期。")

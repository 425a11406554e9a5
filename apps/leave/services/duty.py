"""The duty roster: who keeps watch on which day of a month.  The only writer of its table."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from apps.accounts.access import Actor, require
from apps.core.errors import BadInput, Conflict, NotFound, Refused
from apps.core.months import Month
from apps.leave.models import DutyDay
from apps.leave.selectors.duty import duty_rules, rota_digest, rota_of
from apps.leave.selectors.law import law_on
from apps.rules.language.windows import Stretch
from apps.teams.models import Posting, Team
from apps.teams.services import team_months_lock

AHEAD = 12  # months


@transaction.atomic
def duty_save(
    *, actor: Actor, team: int, month: Month, rota: Mapping[date, Collection[int]], seen: str
) -> dict[str, int]:
    """Write a month's roster as given, {day: postings}; the days not named are without anybody.  Says how many entries
    were added and removed.

    Refused where no rule asks for a roster; Conflict in a closed month and when it was changed since `seen` (the digest
    of what was read); BadInput for a day outside the month or somebody who is not posted then.  Days on which the
    watch does not stand are saved and flagged.
    """
    found = team_owned(actor, team, "duty.edit")
    if month > Month.of(timezone.localdate()).shifted(AHEAD):
        raise BadInput(f"值班表最早可以提前{AHEAD}个月排，请核对月份。")
    if any(team_months_lock(teams=[team], month=month.first).values()):
        raise Conflict(f"{month.label}已月结，不能再改值班表；如需更正，请先由乡镇重新打开。")
    if not duty_rules(law_on(found.area, month.last), found, month.last):
        raise Refused("本地制度没有要求排值班表。")
    held = rota_of(team, Stretch(month.first, month.last))
    if rota_digest(held) != seen:
        raise Conflict("值班表刚被他人改过，请刷新页面后再改。")
    _require_posted(team, month, rota)
    wanted = {(day, posting) for day, postings in rota.items() for posting in postings}
    stands = {(day, posting) for day, postings in held.items() for posting in postings}
    for day, posting in stands - wanted:
        DutyDay.objects.filter(team=team, day=day, posting=posting).delete()
    DutyDay.objects.bulk_create(
        DutyDay(area=found.area, team=found, posting_id=posting, day=day, by=actor.name)
        for day, posting in sorted(wanted - stands)
    )
    return {"added": len(wanted - stands), "removed": len(stands - wanted)}


def team_owned(actor: Actor, team: int, action: str) -> Team:
    """A team of the actor's area, for a team's leader his own; NotFound for every other, Forbidden without the office."""
    found = Team.objects.select_related("village").filter(pk=team).first()
    if found is None or (actor.position.team is not None and actor.position.team != team):
        raise NotFound
    require(actor, action, found.area)
    return found


def _require_posted(team: int, month: Month, rota: Mapping[date, Collection[int]]) -> None:
    people = {person.pk: person for person in Posting.objects.filter(team=team)}
    for day, postings in rota.items():
        if not month.first <= day <= month.last:
            raise BadInput(f"{day}不在{month.label}，请刷新页面。")
        for posting in postings:
            person = people.get(posting)
            if person is None:
                raise BadInput("有人不在这支工作队，请刷新页面。")
            if day < person.first or (person.last is not None and day > person.last):
                raise BadInput(f"{person.name}{day.month}月{day.day}日未派驻，不能安排值班。")

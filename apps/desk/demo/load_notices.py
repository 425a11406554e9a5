"""Notices of the shown townships in every state, and what their teams told their villages."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count, cycle

from django.utils import timezone

from apps.accounts.access import Actor, Position
from apps.accounts.models import User
from apps.core.tenancy import Scope
from apps.desk.demo.keys import Keys
from apps.jurisdictions.offices import Office
from apps.leave.models import DutyDay
from apps.notices.selectors.draft import COUNTY
from apps.notices.selectors.duty import duty_span
from apps.notices.selectors.law import disclosure_kinds, disclosure_rule, notice_rules, publication_rule
from apps.notices.selectors.standing import Standing, standings
from apps.notices.selectors.values import asked_values
from apps.notices.services import (
    disclosure_record,
    notice_display,
    notice_publish,
    publication_record,
    value_set,
)
from apps.notices.services.publish import draft_digest
from apps.teams.models import Posting, Team
from apps.teams.selectors import roster

LEFT, SHOWN = 2, 8  # notices of a township that are still to be published, and the most that are
DUTIES = "按派驻岗位的职责开展帮扶"


def load_notices(keys: Keys) -> None:
    """Write them for every jurisdiction whose rules ask for notices, by those whose turn it is."""
    today = timezone.localdate()
    for login in keys.world.logins:
        if login.listed and login.office == Office.TOWNSHIP_CLERK and notice_rules(login.target[:COUNTY], today):
            _township(keys, login.target, today)


def _township(keys: Keys, township: str, today: date) -> None:
    clerk = _actor(keys, Office.TOWNSHIP_CLERK, township, today)
    _values(_actor(keys, Office.COUNTY_OFFICE, township[:COUNTY], today), township[:COUNTY], today)
    _values(clerk, township, today)
    _watch(township, today)
    ready = [each for each in standings(township, today) if not each.draft.missing]
    for number, each in enumerate(ready[:-LEFT][:SHOWN]):
        notice = notice_publish(
            actor=clerk,
            area=each.draft.village.area,
            record=each.draft.rule.key,
            team=each.draft.team.pk if each.draft.team else None,
            seen=draft_digest(each.draft),
        )
        if number != 1:
            notice_display(actor=clerk, notice=notice.pk, on=today)
    if shown := next((each for each in ready if each.draft.content["rows"]), None):
        _changed(shown)
    for team in Team.objects.within(township)[:2]:
        _told(clerk, team, today)


def _actor(keys: Keys, office: Office, target: str, today: date) -> Actor:
    signer = keys.signer((office,), [target], today)
    position = Position("demo", frozenset({office}), Scope(area=target), target)
    return Actor(User.objects.get(pk=signer.user), position)


def _values(actor: Actor, area: str, today: date) -> None:
    numbers = count(1)
    for each in asked_values(area, today):
        value = DUTIES if each.role else f"1990000{next(numbers):04d}"
        value_set(actor=actor, area=area, record=each.record, label=each.label, role=each.role, value=value)


def _watch(township: str, today: date) -> None:
    """Those of a team take turns, where nobody has set a roster yet."""
    if DutyDay.objects.within(township).exists():
        return
    first, last = duty_span(today)
    people: dict[int, list[Posting]] = {}
    for posting in roster(township, on=today):
        if posting.last is None:
            people.setdefault(posting.team_id, []).append(posting)
    DutyDay.objects.bulk_create(
        DutyDay(area=posting.area, team_id=team, posting=posting, day=first + timedelta(days=offset), by="演示")
        for team, posted in people.items()
        for offset, posting in zip(range((last - first).days + 1), cycle(posted), strict=False)
    )


def _changed(each: Standing) -> None:
    """Somebody has another number since the notice was published."""
    people = Posting.objects.filter(team__village=each.draft.village, last=None).order_by("id")
    if posting := people.first():
        posting.phone = str(int(posting.phone) + 7)
        posting.save()


def _told(clerk: Actor, team: Team, today: date) -> None:
    if publication_rule(team.area, today):
        told = {"plan": "修通村组道路；举办养殖培训", "completion": "道路已通车；培训办了两期"}
        publication_record(actor=clerk, team=team.pk, on=today - timedelta(days=41), **told)
    if rule := disclosure_rule(team.area, today):
        for back, kind in enumerate(disclosure_kinds(rule)[:3]):
            on = today - timedelta(days=9 * back + 3)
            disclosure_record(actor=clerk, team=team.pk, kind=kind, on=on, evidence="村部档案柜")

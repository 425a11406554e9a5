"""Of every jurisdiction somebody whose term is over, somebody who is to be replaced, and some party relations that were
moved; each brought there by those whose turn it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from apps.accounts.access import Actor
from apps.accounts.models import User
from apps.accounts.selectors import positions
from apps.cadres.models import PoliticalStatus
from apps.core.errors import ApplicationError
from apps.core.tenancy import entered
from apps.desk.demo.keys import Keys
from apps.jurisdictions.offices import Office
from apps.staffing.models import DepartureWhy, Handover
from apps.staffing.selectors.ways import TERM, Way, standpoint, ways_of
from apps.staffing.services import (
    Leaving,
    departure_ask,
    departure_record,
    handover_write,
    party_relation_record,
)
from apps.teams.models import Posting
from apps.teams.selectors import open_postings

WRITTEN = (
    "驻村帮扶和党建促脱贫，联系农户32户。",
    "全村6个社218户，主要靠劳务和种植，情况已逐户交底。",
    "饮水管网维修正在验收；两户危房改造待拨补助。",
    "台账12册，农户档案218份，存村部档案柜。",
    "工作经费余额3200元；电脑1台、打印机1台。",
)
MOVED = 6  # relations of a county that are on record


def load_leaving(keys: Keys) -> None:
    """Write the stories of every jurisdiction that is shown."""
    users = {user.username: user for user in User.objects.filter(is_active=True)}
    for place in dict.fromkeys(login.jurisdiction for login in keys.world.logins if login.listed):
        cast = {
            login.office: Actor(users[login.username], positions(users[login.username])[0])
            for login in keys.world.logins
            if login.listed and login.jurisdiction == place and login.kind == "area"
        }
        if Office.COUNTY_OFFICE in cast and Office.TOWNSHIP_CLERK in cast:
            _place(keys, cast)


def _place(keys: Keys, cast: Mapping[str, Actor]) -> None:
    today = max(timezone.localdate(), keys.world.as_of.first)
    town = cast[Office.TOWNSHIP_CLERK].scope.area or ""
    rows = open_postings(today).filter(first__lte=today, last__isnull=True, area__startswith=town)
    people = [row for row in rows.select_related("team__village", "unit") if "leader" not in row.roles]
    people.sort(key=lambda row: (row.first, row.pk))
    _term_over(cast, people, today)
    _replaced(cast, people[-3:], today)
    _moved(cast, today)


def _term_over(cast: Mapping[str, Actor], people: list[Posting], today: date) -> None:
    """The first whose term is served leaves; the list of what he hands over is written."""
    for row in people[:5]:
        asked = Leaving(TERM, today, "任期届满，按期轮换")
        if not _tried(cast[Office.COUNTY_OFFICE], departure_record, posting=row.pk, asked=asked):
            continue
        held = Handover.objects.filter(posting=row).first()
        if held is not None and held.items:
            texts = WRITTEN[: len(held.items)]
            _tried(cast[Office.TOWNSHIP_CLERK], handover_write, handover=held.pk, texts=texts)
        return


def _replaced(cast: Mapping[str, Actor], people: list[Posting], today: date) -> None:
    """Somebody is to be replaced on the first ground that the rules take; it waits for whoever has to agree."""
    for row in reversed(people):
        for way in ways_of(standpoint(row, today)):
            actor = next((cast[office] for office in sorted(way.senders) if office in cast), None)
            if way.why != DepartureWhy.ADJUSTMENT or actor is None:
                continue
            if _tried(actor, departure_ask, posting=row.pk, asked=_asked(way, today)):
                return


def _asked(way: Way, today: date) -> Leaving:
    grounds = way.grounds.grounds if way.grounds else None
    return Leaving(
        way.key,
        today + timedelta(days=20),
        "本人申请，单位同意",
        ground=next(iter(grounds.accepted), "") if grounds else "",
        stated=frozenset(way.stated),
        evidence="单位来函，存县级驻村办",
    )


def _moved(cast: Mapping[str, Actor], today: date) -> None:
    """The first party members of the county have moved their relation; the others are still listed."""
    county = cast[Office.COUNTY_OFFICE].scope.area or ""
    rows = open_postings(today).filter(first__lte=today, area__startswith=county)
    rows = rows.filter(cadre__political_status=PoliticalStatus.PARTY_MEMBER).select_related("team__village")
    for row in rows[:MOVED]:
        branch, day = f"{row.team.village.name}党支部", row.first + timedelta(days=10)
        actor = cast[Office.COUNTY_OFFICE]
        _tried(actor, party_relation_record, posting=row.pk, moved_on=min(day, today), branch=branch)


def _tried(actor: Actor, service: Any, **told: Any) -> bool:
    """Whether the rules of the place let it be done, in the actor's own scope."""
    try:
        with entered(actor.scope):
            service(actor=actor, **told)
    except ApplicationError:
        return False
    return True

"""A few villages of every jurisdiction that wait for somebody, and candidates in several states, each brought there by
those whose turn it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from apps.accounts.access import Actor
from apps.accounts.models import User
from apps.accounts.selectors import positions
from apps.core.errors import ApplicationError
from apps.core.tenancy import entered
from apps.desk.demo.keys import Keys
from apps.desk.demo.people import id_number
from apps.jurisdictions.offices import Office
from apps.rules.language.proceeding import Open
from apps.staffing.models import Case, CaseState, Opening
from apps.staffing.selectors.asked import Asked
from apps.staffing.selectors.eligible import demands_of
from apps.staffing.selectors.gates import gates_at
from apps.staffing.selectors.openings import Sheet, sheet_of
from apps.staffing.selectors.run import Run, hand_of, run_of
from apps.staffing.services import Nominee, OpeningEntry, Paper, candidate_nominate, case_act, opening_open
from apps.staffing.services.acts import acts_of
from apps.teams.models import Team

ALL = 9  # more steps than any procedure has
PAIR = 460  # far from the numbers that the world's people carry
FACTS: dict[str, Any] = {
    "party": "full_member", "party_years": "2012-07-01", "work_years": "2010-08-01", "unit_years": "2014-03-01",
    "rank": "section", "reserve_rank": "none", "leading_post": True, "health": True, "retired": False,
    "full_release": True, "trained": True,
}  # fmt: skip
HEARD = "没有不同意见"


@dataclass(frozen=True)
class Story:
    """A village that waits: why, for whom, and how far somebody has come who was put forward (None: nobody; -1: the
    village has no unit named yet).  `unfit` lets him be one whom the rules send back."""

    why: str
    roles: tuple[str, ...]
    days: int
    name: str = ""
    steps: int | None = None
    unfit: bool = False


STORIES = (
    Story("adjustment", ("member",), 20, steps=-1),
    Story("end_of_term", ("member",), 35),
    Story("illness", ("member",), 30, "高建业", 0),
    Story("recall", ("member",), 26, "白雪梅", 1),
    Story("adjustment", ("member",), 40, "石志远", ALL),
    Story("initial", ("member",), 15, "常小军", 0, unfit=True),
)


def load_staffing(keys: Keys) -> None:
    """Write the stories of every jurisdiction with a unit to show; each in a village of its own near the shown team."""
    users = {user.username: user for user in User.objects.filter(is_active=True)}
    for place in dict.fromkeys(login.jurisdiction for login in keys.world.logins if login.listed):
        cast = {
            login.office: Actor(users[login.username], positions(users[login.username])[0])
            for login in keys.world.logins
            if login.listed and login.jurisdiction == place and login.kind in ("area", "unit")
        }
        if Office.UNIT_PERSONNEL in cast and Office.COUNTY_OFFICE in cast:
            _place(keys, cast)


def _place(keys: Keys, cast: Mapping[str, Actor]) -> None:
    county = cast[Office.COUNTY_OFFICE].scope.area or ""
    villages = list(Team.objects.within(county).order_by("area").values_list("area", flat=True).distinct())
    today = max(timezone.localdate(), keys.world.as_of.first)
    for number, (story, area) in enumerate(zip(STORIES, villages[2:], strict=False)):
        unit = cast[Office.UNIT_PERSONNEL].scope.unit if story.steps != -1 else None
        since = today - timedelta(days=story.days)
        entry = OpeningEntry(area, story.roles, since, story.why, unit, due=since + timedelta(days=60))
        opening = _as(cast[Office.COUNTY_OFFICE], opening_open, entry=entry)
        if story.name:
            _tell(cast, opening, story, number, today)


def _tell(cast: Mapping[str, Actor], opening: Opening, story: Story, number: int, today: date) -> None:
    """Put somebody forward and let him come as far as the story says."""
    held = Opening.objects.select_related("unit").get(pk=opening.pk)
    if held.unit is None:
        return
    nominee = _nominee(sheet_of(held, held.unit, today), story, held.area, number, today)
    case = _as(cast[Office.UNIT_PERSONNEL], candidate_nominate, opening=held.pk, nominee=nominee)
    for _ in range(story.steps or 0):
        if not _step(cast, case, today):
            break


def _nominee(sheet: Sheet, story: Story, area: str, number: int, today: date) -> Nominee:
    facts = {each.name: _fact(each) for each in sheet.demands.facts} | ({"health": False} if story.unfit else {})
    return Nominee(
        name=story.name,
        id_number=id_number(area[1:7], date(1986, 3, 2 + number), PAIR, woman=False),
        channels=frozenset({"own", "recommended"}),
        facts=facts,
        declared=frozenset(each.word for each in sheet.demands.confirmations if each.by_unit),
        health_on=today - timedelta(days=14),
        position="业务科科长",
        form=dict.fromkeys(sheet.texts, "农村区域发展，曾在乡镇工作三年"),
        exception="经单位党组集体研究",
    )


def _fact(asked: Asked) -> Any:
    """What fits the rules: of several words the last ones (none that a rule names to exclude stands alone there)."""
    if asked.name in FACTS:
        return FACTS[asked.name]
    if asked.kind == "words":
        return [word for word, _ in asked.options if "干部" in word][:2]
    return asked.options[0][0] if asked.options else False


def _step(cast: Mapping[str, Actor], case: Case, today: date) -> bool:
    """Let the first step that somebody of the cast may do be done; False when there is none."""
    held = Case.objects.select_related("unit", "posting").get(pk=case.pk)
    run = run_of(held, acts_of(held), today)
    if held.state != CaseState.OPEN:
        return False
    for entry in run.open_steps:
        if run.step(entry.key).missing == "goes_on":
            continue
        for actor in cast.values():
            if _done(actor, held, run, entry, today):
                return True
    return False


def _done(actor: Actor, case: Case, run: Run, entry: Open, today: date) -> bool:
    hand = hand_of(actor, run, entry)
    if hand is None:
        return False
    demands, _ = demands_of(case, today)
    told = {
        "joined": dict.fromkeys(run.along(entry), HEARD),
        "declared": dict.fromkeys(gates_at(run, demands, entry.key, hand.body), True),
        "paper": None if hand.own else Paper("会议主持人", timezone.localdate(), "党组会议纪要第11期"),
    }
    try:
        _as(actor, case_act, case=case.pk, key=entry.key, **told)
    except ApplicationError:
        return False
    return True


def _as(actor: Actor, service: Any, **told: Any) -> Any:
    """A service in its actor's own scope."""
    with entered(actor.scope):
        return service(actor=actor, **told)

"""A few requests for leave in every state, sent and decided by those whose turn it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from apps.accounts.access import Actor, Position
from apps.accounts.models import User
from apps.core.tenancy import Scope
from apps.desk.demo.keys import Keys
from apps.desk.demo.world import DemoLogin
from apps.jurisdictions.offices import TEAM_OFFICES, Office
from apps.leave.models import LeaveRequest, Outcome
from apps.leave.selectors.plan import leave_plan
from apps.leave.services import Asked, leave_act, leave_ask
from apps.leave.services.acts import applying
from apps.teams.models import Posting

KIND, DOCUMENT = "事假", "证明材料原件存乡镇党建办"
ALL = 9  # more steps than any procedure has


@dataclass(frozen=True)
class Story:
    """A request of one of the shown people: from when (days from today), how long, why, how far it has come.

    `who` is the shown member, the head of his team, the head of one of the next villages (first, second, third), or
    one whom the shown unit has sent.
    """

    who: str
    start: int
    days: int
    reason: str
    steps: int = 0
    returned: str = ""


STORIES = (
    Story("member", 7, 3, "回家办理老人住院手续"),
    Story("member", 21, 2, "参加孩子家长会", returned="请写明去向和联系方式。"),
    Story("head", 9, 5, "回家照顾病人"),
    Story("first", 4, 4, "办理房屋过户", steps=1),
    Story("second", -1, 4, "身体不适就医", steps=ALL),
    Story("third", -5, 3, "家中有事", steps=ALL),
    Story("sent", 12, 4, "参加亲属婚礼", steps=1),
)


def load_leaves(keys: Keys) -> None:
    """Write the stories of every jurisdiction whose rules set a procedure; days of a closed month are left out."""
    today = max(timezone.localdate(), keys.world.as_of.first)
    users = {user.username: user for user in User.objects.filter(person__gt="")}
    for people in _people(keys):
        for story in STORIES:
            if login := people.get(story.who):
                _tell(keys, users[login.username], login, story, today)


def _people(keys: Keys) -> list[dict[str, DemoLogin]]:
    """By jurisdiction the people of the stories; who is not there has none."""
    found = []
    units = {cadre.key: cadre.unit for cadre in keys.world.cadres}
    for shown in (login for login in keys.world.logins if login.listed and login.office == Office.CADRE):
        heads = [
            login
            for login in keys.world.logins
            if login.office == Office.TEAM_LEADER and login.until is None and login.jurisdiction == shown.jurisdiction
        ]
        own = next(login for login in heads if login.listed)
        near = [login for login in heads if login.target[:10] == own.target[:10] and login is not own]
        told = {"member": shown, "head": own, **dict(zip(("first", "second", "third"), near, strict=False))}
        unit = next(login.target for login in keys.world.logins if login.kind == "unit" and _is_like(login, shown))
        sent = next((each for each in heads if units[each.cadre] == unit and each not in told.values()), None)
        found.append(told | {"sent": sent} if sent else told)
    return found


def _is_like(login: DemoLogin, shown: DemoLogin) -> bool:
    return login.listed and login.jurisdiction == shown.jurisdiction


def _tell(keys: Keys, user: User, login: DemoLogin, story: Story, today: date) -> None:
    first = today + timedelta(days=story.start)
    last = first + timedelta(days=story.days - 1)
    posting = Posting.objects.select_related("team__village", "unit").get(pk=keys.postings[login.cadre])
    if leave_plan(posting=posting, kind=KIND, first=first, last=last, today=today).refused or _out(
        keys, login, first, last
    ):
        return
    himself = Actor(user, Position("self", frozenset({Office.CADRE}), Scope(person=user.person), "本人"))
    asked = Asked(KIND, first, last, story.reason, document=DOCUMENT)
    request = leave_ask(actor=himself, posting=posting.pk, asked=asked)
    for _ in range(story.steps):
        if not _step(keys, request, today):
            break
    if story.returned:
        _step(keys, request, today, Outcome.RETURNED, story.returned)


def _out(keys: Keys, login: DemoLogin, first: date, last: date) -> bool:
    """Whether a record already explains one of the days."""
    return any(span.cadre == login.cadre and span.first <= last and span.last >= first for span in keys.world.spans)


def _step(keys: Keys, request: LeaveRequest, today: date, outcome: str = Outcome.DONE, remark: str = "") -> bool:
    """Let the first step that is open be done; False when none is."""
    held = LeaveRequest.objects.select_related("posting__team__village", "posting__unit").get(pk=request.pk)
    run = applying(held, today)
    if not run.open_steps:
        return False
    entry, village = run.open_steps[0], held.area
    for office in entry.by:
        for target in (village, village[:10], village[:7]):
            if (office, target) in keys.signers:
                signer = keys.signer((office,), [target], today)
                team = held.team_id if office in TEAM_OFFICES else None
                position = Position("demo", frozenset({office}), Scope(area=target), target, team)
                actor = Actor(User.objects.get(pk=signer.user), position)
                leave_act(actor=actor, request=held.pk, key=entry.key, outcome=outcome, remark=remark)
                return True
    return False

"""Who is posted where: the only writer of Posting, and the acts by which somebody comes, goes or changes his roles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from apps.accounts.access import Actor, require
from apps.cadres.models import Cadre
from apps.core.errors import Conflict, NotFound, Refused
from apps.core.months import Month
from apps.core.sql import change, records
from apps.core.tenancy import COUNTY, area_contains
from apps.teams.compile.composition import roles_refused
from apps.teams.compile.terms import Kept, early_ends, ends
from apps.teams.models import ONE_PERSON, Posting, PostRole, Team
from apps.teams.selectors import days_entered_outside
from apps.teams.services.months import closed_months_hold
from apps.teams.spans import Span, contains, months_touched, moved_days

NEW_ROLES = "换岗位的，请给原派驻填离岗日，从换岗的那天起另登记一段。"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PostingEntry:
    """A posting as it shall be; `posting` is its id when it exists.  Both days included, `last` None while in post.

    `end_reason` says why somebody leaves before his term; `ground` names the decided case that ends it: then no term
    holds him.
    """

    posting: int | None
    area: str
    team: int
    cadre: int
    unit: int
    person: str
    name: str
    roles: tuple[str, ...]
    first: date
    last: date | None
    phone: str = ""
    source: str = ""
    end_reason: str = ""
    ground: str = ""

    @property
    def span(self) -> Span:
        return self.first, self.last


_CHANGE = """
UPDATE teams_posting p
SET unit_id = x.unit, name = x.name, roles = x.roles, first = x.first, last = x.last,
    phone = x.phone, source = x.source, end_reason = x.end_reason
FROM json_to_recordset(%s::json)
     AS x(posting bigint, unit bigint, name text, roles varchar[], first date, last date,
          phone text, source text, end_reason text)
WHERE p.id = x.posting
"""
_ADD = """
INSERT INTO teams_posting
    (area, team_id, cadre_id, unit_id, person, name, first, last, roles, phone, source, end_reason)
SELECT x.area, x.team, x.cadre, x.unit, x.person, x.name, x.first, x.last, x.roles, x.phone, x.source, x.end_reason
FROM json_to_recordset(%s::json)
     AS x(area text, team bigint, cadre bigint, unit bigint, person text, name text, roles varchar[],
          first date, last date, phone text, source text, end_reason text)
"""


@transaction.atomic
def postings_write(*, actor: Actor, county: str, entries: Sequence[PostingEntry]) -> None:
    """Add postings and change those that exist.  The only writer of Posting.

    Refused when a span would leave a day out on which something is entered, when it would add to or take from a closed
    month, when two postings of one person in one team overlap or two people would hold a one-person post of a team on
    one day, when the rules in force forbid the roles that somebody who is or will be in post would hold, when somebody
    would leave before the term that the rules set, or the last of a team would leave a village where it has to stay.
    NotFound outside the actor's area, Forbidden without the right to import a roster.
    """
    require(actor, "roster.import", county)
    _written(county, entries)


def _written(county: str, entries: Sequence[PostingEntry]) -> None:
    _roles_allowed(county, entries)
    old = _locked(entries)
    closed = closed_months_hold(entry.team for entry in entries)
    entered = days_entered_outside({each.posting: each.span for each in entries if each.posting})
    for entry in entries:
        _months_allowed(entry, old.get(entry.posting or 0), closed.get(entry.team, ()))
        if entry.posting in entered:
            raise Refused(f"{entry.name}在缩短后的派驻期以外已有登记，请先在考勤月表中清除。")
    _ends_allowed(county, entries, old)
    try:
        with transaction.atomic():
            change(_CHANGE, [records(_row(entry) for entry in entries if entry.posting)])
            change(_ADD, [records(_row(entry) for entry in entries if not entry.posting)])
    except IntegrityError as error:
        raise Refused(_overlap_words(error)) from error


def _locked(entries: Sequence[PostingEntry]) -> dict[int, Posting]:
    """The postings that are changed, by number.  Whoever locks postings and teams locks the postings first."""
    rows = Posting.objects.filter(pk__in=[each.posting for each in entries if each.posting])
    return {posting.pk: posting for posting in rows.order_by("pk").select_for_update(no_key=True)}


@transaction.atomic
def posting_begin(
    *,
    actor: Actor,
    team: Team,
    cadre: Cadre,
    roles: Sequence[str],
    first: date,
    last: date | None = None,
    source: str = "",
) -> Posting:
    """Somebody comes into a team, sent by his unit.  Refused, NotFound and Forbidden as `postings_write`."""
    require(actor, "roster.import", team.area)
    if not area_contains(county := cadre.area, team.area):
        raise NotFound
    entry = PostingEntry(
        posting=None,
        area=team.area,
        team=team.pk,
        cadre=cadre.pk,
        unit=cadre.unit_id,
        person=cadre.person,
        name=cadre.name,
        roles=tuple(roles),
        first=first,
        last=last,
        phone=cadre.phone,
        source=source,
    )
    postings_write(actor=actor, county=county, entries=[entry])
    return Posting.objects.get(team=team, cadre=cadre, first=first)


@transaction.atomic
def posting_end(
    *, actor: Actor, posting: Posting, last: date, why: str = "", ground: str = "", decided: bool = False
) -> Posting:
    """Somebody leaves; `last` is his last day in post.

    `ground` names the decided case that ends it (recall, adjustment, illness); without it the rules' term holds, and
    `why` is asked for where it only holds in principle.  `decided` is for the act that settles a departure, whoever does
    it inside the village's area.  Conflict for one who has left by then; else as `postings_write`.
    """
    _require(actor, posting, decided=decided)
    entry = _held(posting)
    if entry.last is not None and entry.last <= last:
        raise Conflict(f"{entry.name}的派驻已于{entry.last.isoformat()}结束，请刷新页面查看。")
    ended = replace(entry, last=last, end_reason=why or ground, ground=ground)
    _written(_county(posting), [ended])
    return Posting.objects.get(pk=posting.pk)


@transaction.atomic
def posting_change_roles(
    *, actor: Actor, posting: Posting, from_day: date, roles: Sequence[str], decided: bool = False
) -> Posting:
    """Somebody stays in the team with other roles from a day on; the posting with the new ones.

    The old posting ends the day before, so no day is without an answer.  Conflict where nothing changes, Refused for a
    day outside his posting; else as `posting_end`.
    """
    _require(actor, posting, decided=decided)
    entry = _held(posting)
    if set(entry.roles) == set(roles):
        raise Conflict(f"{entry.name}已经担任这些岗位，没有变化。")
    if not contains(entry.span, from_day):
        raise Refused(f"{from_day.isoformat()}不在{entry.name}的派驻期内，请核对日期。")
    after = replace(entry, posting=None, roles=tuple(roles), first=from_day)
    if from_day == entry.first:
        entries = [replace(after, posting=entry.posting)]
    else:
        entries = [replace(entry, last=from_day - _DAY, end_reason=""), after]
    _written(_county(posting), entries)
    return Posting.objects.get(team=posting.team_id, cadre=posting.cadre_id, first=from_day)


def _require(actor: Actor, posting: Posting, *, decided: bool) -> None:
    """NotFound outside the actor's area, Forbidden without the right."""
    if decided:
        require(actor, "posting.settle")
    else:
        require(actor, "roster.import", posting.area)


def _held(posting: Posting) -> PostingEntry:
    """A posting as it is behind its lock."""
    now = Posting.objects.select_for_update(no_key=True).get(pk=posting.pk)
    return PostingEntry(
        posting=now.pk,
        area=now.area,
        team=now.team_id,
        cadre=now.cadre_id,
        unit=now.unit_id,
        person=now.person,
        name=now.name,
        roles=tuple(now.roles),
        first=now.first,
        last=now.last,
        phone=now.phone,
        source=now.source,
        end_reason=now.end_reason,
    )


def _county(posting: Posting) -> str:
    """The county that runs it: a village's own scope does not read the county's register of persons."""
    return posting.area[:COUNTY]


def _months_allowed(entry: PostingEntry, old: Posting | None, closed: Iterable[date]) -> None:
    """Refused for an end before the beginning, and where days or roles would change in a closed month."""
    if entry.last is not None and entry.last < entry.first:
        raise Refused(f"{entry.name}的离岗日早于到岗日，请核对两个日期。")
    moved = moved_days((old.first, old.last) if old else None, entry.span)
    if months := months_touched(moved, closed):
        raise Refused(f"{entry.name}的派驻涉及已月结的{Month.of(months[0]).label}，不能改动；请先说明原因重新打开。")
    if old is not None and set(old.roles) != set(entry.roles) and (months := months_touched([entry.span], closed)):
        raise Refused(f"{entry.name}{Month.of(months[0]).label}的岗位已经月结，不能改动；{NEW_ROLES}")


def _roles_allowed(county: str, entries: Iterable[PostingEntry]) -> None:
    """Refused where the rules forbid roles to be held so by somebody who is or will be in post."""
    today = timezone.localdate()
    current = [entry for entry in entries if entry.last is None or entry.last >= today]
    found = [
        remark.finding
        for day in sorted({max(entry.first, today) for entry in current})
        for _, remark in roles_refused(county, [entry for entry in current if max(entry.first, today) == day], day)
    ]
    if found:
        raise Refused(found[0].message, found)


def _ends_allowed(county: str, entries: Sequence[PostingEntry], old: dict[int, Posting]) -> None:
    """Refused where somebody would leave before his term, or a team that has to stay."""
    today = timezone.localdate()
    leaving = [each for each in entries if ends(old.get(each.posting or 0), each, today)]
    if not leaving:
        return
    persons, teams = {each.person for each in leaving}, {each.team for each in leaving}
    rows = Posting.objects.within(county).filter(Q(person__in=persons) | Q(team__in=teams))
    before = {row.pk: _kept(row.pk, row.team_id, row) for row in rows}
    after = before | {
        each.posting or -place: _kept(each.posting or -place, each.team, each, each.ground)
        for place, each in enumerate(entries, 1)
    }
    if found := [finding for _, finding in early_ends(county, before, after, today)]:
        raise Refused(found[0].message, found)


def _kept(key: int, team: int, row: Posting | PostingEntry, ground: str = "") -> Kept:
    roles = frozenset(row.roles)
    return Kept(key, row.area, team, row.person, row.name, roles, row.first, row.last, row.end_reason, ground)


def _overlap_words(error: IntegrityError) -> str:
    """Which of the constraints on postings it was, in words."""
    for role in ONE_PERSON:
        if f"posting_one_{role}" in str(error):
            label = PostRole(role).label
            return f"一个队同一天只能有一名{label}；请先给原{label}填写离岗日或改岗位，再登记新的。"
    return "同一人在同一个队的派驻日期互相重叠，请核对到岗日和离岗日。"


def _row(entry: Any) -> dict[str, Any]:
    return {key: getattr(entry, key) for key in entry.__slots__}

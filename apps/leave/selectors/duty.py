"""Who keeps watch in a team's village on which day, and what stands against it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from hashlib import sha256

from django.db.models import Q

from apps.core.findings import Finding
from apps.leave.models import VALID, DutyDay, Judgement, LeaveOverrun, LeaveRequest
from apps.leave.selectors.law import LeaveLaw
from apps.rules.language.on_duty import Member, rota_findings
from apps.rules.language.selectors import Case
from apps.rules.language.sets import SetRule
from apps.rules.language.windows import Stretch
from apps.teams.models import Posting, Team

Rota = dict[date, list[int]]  # day: the numbers of the postings on duty


def duty_of(team: int, first: date, last: date) -> dict[date, list[str]]:
    """{day: names on duty} of a team from `first` to `last`, both included, in the order in which they were entered.

    Days without anybody are left out.  One query; read inside the village's area.
    """
    found: dict[date, list[str]] = defaultdict(list)
    rows = DutyDay.objects.filter(team=team, day__gte=first, day__lte=last).order_by("day", "id")
    for day, name in rows.values_list("day", "posting__name"):
        found[day].append(name)
    return dict(found)


def rota_of(team: int, span: Stretch) -> Rota:
    """{day: postings on duty} of a team in a span.  One query."""
    return rotas_of([team], span).get(team, {})


def rotas_of(teams: Collection[int], span: Stretch) -> dict[int, Rota]:
    """{team: {day: postings on duty}}; teams without any left out.  One query."""
    found: dict[int, Rota] = {}
    rows = DutyDay.objects.filter(team__in=teams, day__gte=span.first, day__lte=span.last).order_by("day", "id")
    for team, day, posting in rows.values_list("team", "day", "posting"):
        found.setdefault(team, {}).setdefault(day, []).append(posting)
    return found


def rota_digest(rota: Mapping[date, Collection[int]]) -> str:
    """What a page has shown, so that nobody overwrites what another saved meanwhile."""
    text = ";".join(f"{day}:{sorted(postings)}" for day, postings in sorted(rota.items()) if postings)
    return sha256(text.encode()).hexdigest()[:16]


def duty_rules(law: LeaveLaw, team: Team, on: date) -> list[SetRule]:
    """The presence floors that bind a team; none where its regulation asks for nobody on duty."""
    case = Case(village_classes=frozenset(team.village.classes), day=on)
    return [rule for rule in law.sets.values() if rule.present and rule.applies.matches(case)]


def duty_members(team: int, span: Stretch, *, without: int | None = None) -> list[Member]:
    """Those of a team posted in a span, each with when he is posted and when he is on leave or was judged absent.

    `without` is a request that does not count.  Three queries.
    """
    return members_of([team], span, without=without).get(team, [])


def members_of(teams: Collection[int], span: Stretch, *, without: int | None = None) -> dict[int, list[Member]]:
    """{team: those posted in a span} with what keeps each away.  Three queries, whatever the number."""
    away: dict[int, list[Stretch]] = defaultdict(list)
    inside = {"first__lte": span.last}
    leaves = LeaveRequest.objects.filter(team__in=teams, state__in=VALID, until__gte=span.first, **inside)
    for posting, first, until in leaves.exclude(pk=without).values_list("posting", "first", "until"):
        away[posting].append(Stretch(first, until))
    absent = LeaveOverrun.objects.filter(
        posting__team__in=teams, judgement=Judgement.ABSENT, last__gte=span.first, **inside
    )
    for posting, first, last in absent.values_list("posting", "first", "last"):
        away[posting].append(Stretch(first, last))
    rows = Posting.objects.filter(Q(last__isnull=True) | Q(last__gte=span.first), team__in=teams, **inside)
    found: dict[int, list[Member]] = defaultdict(list)
    for team, pk, roles, first, last in rows.order_by("id").values_list("team", "pk", "roles", "first", "last"):
        posted = (Stretch(first, last or date.max),)
        found[team].append(Member(str(pk), frozenset(roles), posted=posted, away=tuple(away.get(pk, ()))))
    return found


def duty_findings(
    rules: Sequence[SetRule],
    members: Sequence[Member],
    rota: Mapping[date, Collection[int]],
    span: Stretch,
    is_work: Callable[[date], bool],
) -> dict[date, list[Finding]]:
    """{day: why its watch does not stand}: nobody named, or whoever is named is away or not posted."""
    named = {day: {str(posting) for posting in postings} for day, postings in rota.items()}
    found: dict[date, list[Finding]] = defaultdict(list)
    for rule in rules:
        for finding in rota_findings(rule, members, named, span, is_work):
            found[date.fromisoformat(finding.inputs["day"])].append(finding)
    return dict(found)


def watch_days(requests: Iterable[LeaveRequest]) -> dict[int, int]:
    """{request: on how many of its days the person is on duty}; those without any left out.  One query."""
    found = list(requests)
    rows = DutyDay.objects.filter(posting__in={request.posting_id for request in found})
    days: dict[int, list[date]] = defaultdict(list)
    for posting, day in rows.values_list("posting", "day") if found else ():
        days[posting].append(day)
    counted = {
        request.pk: sum(request.first <= day <= request.until for day in days[request.posting_id]) for request in found
    }
    return {request: number for request, number in counted.items() if number}


def watch_findings(law: LeaveLaw, posting: Posting, span: Stretch) -> list[Finding]:
    """What a leave would do to the roster: the days on which the person is on duty, and who could take each over.
    Five queries at most."""
    mine = sorted(day for day, named in rota_of(posting.team_id, span).items() if posting.pk in named)
    if not mine:
        return []
    rules = duty_rules(law, posting.team, span.first)
    members = duty_members(posting.team_id, span)
    names = dict(Posting.objects.filter(team=posting.team_id).values_list("pk", "name"))
    told = []
    for day in mine:
        free = [names[int(each.name)] for each in members if each.free(day) and int(each.name) != posting.pk]
        told.append(f"{day.month}月{day.day}日（{'可换：' + '、'.join(free) if free else '没有人可换'}）")
    text = f"请假期间轮到{posting.name}值班：{'；'.join(told)}。请先换班，再批准。"
    inputs = {"days": [day.isoformat() for day in mine]}
    return [Finding("on_watch", "warn", text, rules[0].clause if rules else None, inputs=inputs)]

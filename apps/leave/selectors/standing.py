"""Requests as lists show them: where each stands, who is awaited, what somebody may do with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Substr

from apps.accounts.access import Actor
from apps.accounts.reach import reaching
from apps.jurisdictions.days import work_days
from apps.jurisdictions.models import Division
from apps.jurisdictions.procedures import names_in
from apps.leave.length import length_of
from apps.leave.models import LIVE, LeaveAct, LeaveRequest, LeaveState
from apps.leave.selectors.overruns import Overrun, overdue_in, overruns_of
from apps.leave.selectors.run import ASKING, RETURNING, Run, may_act, run_of
from apps.rules.language.chains import Length
from apps.rules.language.proceeding import Open
from apps.rules.language.windows import Stretch
from apps.rules.said import Names, body_text

TOWNSHIP = 10  # characters of a township's area code
UNDER_WAY = Q(state=LeaveState.ASKED) | Q(state=LeaveState.GRANTED, back__isnull=False)


@dataclass(frozen=True)
class Standing:
    """A request with its acts and the run under way: its own while it is asked, that of the return once somebody is
    reported back, None when nothing is waited for.  `taken` is how long it is by itself, None where nobody asked."""

    request: LeaveRequest
    acts: tuple[LeaveAct, ...]
    run: Run | None
    taken: Length | None = None

    @property
    def open(self) -> tuple[Open, ...]:
        return self.run.open_steps if self.run else ()

    @property
    def awaited(self) -> str:
        """Whose turn it is, in words."""
        return "、".join(step_bodies(entry, self.names) for entry in self.open)

    @property
    def joined(self) -> bool:
        """Whether its procedure was chosen by more days than its own: those of the leaves that it adjoins."""
        return self.request.days != (self.request.last - self.request.first).days + 1

    @property
    def names(self) -> Names:
        """What the bodies of its procedure are called."""
        return names_in(self.request.rule)

    def mine(self, actor: Actor) -> Open | None:
        """The open step that an actor may do."""
        return next((entry for entry in self.open if may_act(actor, self.request, entry)), None)


def step_bodies(entry: Open, names: Names) -> str:
    """Who may do an open step, in words."""
    named = [body_text(office, None, None, names) for office in entry.by]
    return "或".join([*named, *(body_text(actor.office, actor.relation, actor.of, names) for actor in entry.unknown)])


def requests_in(actor: Actor) -> QuerySet[LeaveRequest]:
    """The requests that an actor with an area or a team may see, with what their rules ask of person and village, and
    with `town`, the township's name, for whoever sees several."""
    rows = LeaveRequest.objects.select_related("posting__team__village", "posting__unit")
    if len(actor.scope.area or "") < TOWNSHIP:
        towns = Division.objects.filter(code=Substr(OuterRef("area"), 1, TOWNSHIP))
        rows = rows.annotate(town=Subquery(towns.values("name")[:1]))
    return rows.filter(team=actor.position.team) if actor.position.team is not None else rows


def standings(requests: Iterable[LeaveRequest], today: date) -> list[Standing]:
    """Where each of some requests stands.  One query for all acts, and one per year of the calendar at most."""
    rows = list(requests)
    acts: dict[int, list[LeaveAct]] = defaultdict(list)
    for act in LeaveAct.objects.filter(request__in=rows).order_by("id"):
        acts[act.request_id].append(act)
    is_work = work_days()
    found = []
    for request in rows:
        matter = _matter(request)
        own = acts[request.pk]
        run = run_of(request, own, today, matter=matter, is_work=is_work) if matter else None
        taken = length_of([Stretch(request.first, request.until)], is_work)
        found.append(Standing(request, tuple(own), run, taken))
    return found


def _matter(request: LeaveRequest) -> str:
    if request.state == LeaveState.ASKED:
        return ASKING
    return RETURNING if request.state == LeaveState.GRANTED and request.back else ""


@dataclass(frozen=True)
class Late:
    """A leave that is over, and the days that nobody has judged yet."""

    request: LeaveRequest
    overrun: Overrun


@dataclass(frozen=True)
class Board:
    """What somebody with an area or a team sees first: what waits for him (the longest first), what waits for others,
    who is not back in time, who is or will be away."""

    mine: list[tuple[Standing, Open]]
    others: list[Standing]
    late: list[Late]
    current: QuerySet[LeaveRequest]


def board_of(actor: Actor, today: date) -> Board:
    """The board of an actor's scope: every request under way is looked at, since only its procedure says whose turn it is.

    A fixed number of queries, whatever the number of rows.
    """
    rows = requests_in(actor)
    pending = standings(rows.filter(UNDER_WAY).order_by("at", "pk"), today)
    mine = [(each, entry) for each in pending if actor.may("leave.decide") and (entry := each.mine(actor))]
    taken = {each.request.pk for each, _ in mine}
    current = rows.filter(state=LeaveState.GRANTED, until__gte=today).defer("rule", "returning")
    return Board(
        mine=mine,
        others=[each for each in pending if each.request.pk not in taken],
        late=late_in(actor, today),
        current=current.order_by("first", "pk"),
    )


def waiting_for(actor: Actor, today: date) -> list[tuple[Standing, Open]]:
    """What an actor may do now.  A fixed number of queries."""
    pending = standings(requests_in(actor).filter(UNDER_WAY).order_by("at", "pk"), today)
    return [(each, entry) for each in pending if (entry := each.mine(actor))]


def late_in(actor: Actor, today: date) -> list[Late]:
    """Who of an actor's scope is not back in time, the longest first.  Three queries."""
    rows = list(overdue_in(requests_in(actor), today))
    found = overruns_of(rows, today)
    return [Late(row, found[row.pk]) for row in rows if row.pk in found]


def settled_in(actor: Actor, today: date) -> QuerySet[LeaveRequest]:
    """What is over in an actor's scope: ended, refused, withdrawn, returned for changes; the latest change first."""
    past = Q(
        state__in=(LeaveState.ENDED, LeaveState.REFUSED, LeaveState.WITHDRAWN, LeaveState.RETURNED, LeaveState.UNTAKEN)
    )
    return requests_in(actor).filter(past).defer("rule", "returning").order_by("-changed_at", "-pk")


@dataclass(frozen=True)
class OwnRequest:
    """One's own request, what one may do with it, and the days that one was not back."""

    standing: Standing
    may: frozenset[str]
    overrun: Overrun | None


def own_requests(actor: Actor, today: date) -> list[OwnRequest]:
    """All of a person's own requests, the latest first, read in his own scope.

    Where something is waited for, the village's area is entered, once per posting: the rules ask about the village.
    """
    extended = LeaveRequest.objects.filter(extends=OuterRef("pk"), state__in=LIVE)
    rows = list(LeaveRequest.objects.annotate(extended=Exists(extended)).select_related("posting"))
    found = {each.request.pk: each for each in _own_standings(actor, rows, today)}
    over = overruns_of([row for row in rows if row.until < today], today)
    return [
        OwnRequest(
            found.get(row.pk) or Standing(row, (), None),
            own_acts(row, today, extended=row.extended),
            over.get(row.pk),
        )
        for row in rows
    ]


def _own_standings(actor: Actor, rows: list[LeaveRequest], today: date) -> list[Standing]:
    waiting: dict[int, list[int]] = defaultdict(list)
    postings = {}
    for row in rows:
        if _matter(row):
            waiting[row.posting_id].append(row.pk)
            postings[row.posting_id] = row.posting
    found: list[Standing] = []
    for posting, numbers in waiting.items():
        with reaching(actor, postings[posting]):
            reached = LeaveRequest.objects.filter(pk__in=numbers)
            found += standings(reached.select_related("posting__team__village", "posting__unit"), today)
    return found


def own_acts(request: LeaveRequest, today: date, *, extended: bool) -> frozenset[str]:
    """What the person himself may do: withdraw, change, extend, back (report the return), untaken (report that
    it was not taken)."""
    state = request.state
    away = state == LeaveState.GRANTED and request.back is None and not extended
    found = {
        "withdraw": state in (LeaveState.ASKED, LeaveState.RETURNED)
        or (state == LeaveState.GRANTED and request.first > today and not extended),
        "change": state == LeaveState.RETURNED,
        "extend": away and today <= request.until,
        "back": away and today > request.first,
        "untaken": away and today >= request.first,
    }
    return frozenset(name for name, may in found.items() if may)

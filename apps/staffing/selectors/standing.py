"""Cases as lists show them: where each stands, who is awaited, what somebody may do with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from apps.accounts.access import Actor
from apps.core.errors import NotFound
from apps.jurisdictions.days import work_days
from apps.rules.language.proceeding import Open
from apps.staffing.models import Case, CaseAct, CaseState
from apps.staffing.selectors.run import Run, awaited_words, hand_of, run_of

SHOWN = 200  # rows of one list


@dataclass(frozen=True)
class Standing:
    """A case with its acts and its run."""

    case: Case
    acts: tuple[CaseAct, ...]
    run: Run

    @property
    def open(self) -> tuple[Open, ...]:
        return self.run.open_steps

    @property
    def awaited(self) -> str:
        """Whose turn it is, in words."""
        return "、".join(dict.fromkeys(awaited_words(self.run, entry) for entry in self.open))

    def mine(self, actor: Actor) -> Open | None:
        """The open step that waits for an actor; one that nobody waits for is not among them."""
        awaited = (entry for entry in self.open if self.run.step(entry.key).missing != "goes_on")
        return next((entry for entry in awaited if hand_of(actor, self.run, entry)), None)


def cases_in(actor: Actor) -> QuerySet[Case]:
    """The cases that an actor may see, with unit and posting; selections only those who deal with candidates and
    whoever it is about."""
    rows = Case.objects.select_related("unit", "posting")
    if actor.scope.person is None and not actor.may("candidate.view"):
        rows = rows.exclude(matter="selection")
    return rows.filter(team=actor.position.team) if actor.position.team is not None else rows


def case_seen(actor: Actor, number: int) -> Case:
    """A case in the actor's own scope; NotFound outside it, also for another team of the village."""
    found = cases_in(actor).filter(pk=number).first()
    if found is None:
        raise NotFound
    return found


def standings(cases: Iterable[Case], today: date) -> list[Standing]:
    """Where each of some cases stands.  One query for all acts, and one per year of the calendar at most."""
    rows = list(cases)
    acts: dict[int, list[CaseAct]] = defaultdict(list)
    for act in CaseAct.objects.filter(case__in=rows).order_by("id"):
        acts[act.case_id].append(act)
    is_work = work_days()
    return [Standing(row, tuple(acts[row.pk]), run_of(row, acts[row.pk], today, is_work=is_work)) for row in rows]


@dataclass(frozen=True)
class Board:
    """What somebody sees first: what waits for him (the longest first), and what waits for others."""

    mine: list[tuple[Standing, Open]]
    others: list[Standing]


def board_of(actor: Actor, today: date) -> Board:
    """The board of an actor's scope.  A fixed number of queries, whatever the number of rows."""
    pending = standings(cases_in(actor).filter(state=CaseState.OPEN).order_by("at", "pk")[:SHOWN], today)
    mine = [(each, entry) for each in pending if actor.may("staffing.act") and (entry := each.mine(actor))]
    taken = {each.case.pk for each, _ in mine}
    return Board(mine, [each for each in pending if each.case.pk not in taken])


def waiting_for(actor: Actor, today: date) -> list[tuple[Standing, Open]]:
    """What an actor may do now.  A fixed number of queries."""
    return board_of(actor, today).mine


def to_place(actor: Actor) -> list[Case]:
    """Candidates who are decided on and not posted yet, the longest first."""
    rows = cases_in(actor).filter(matter="selection", state=CaseState.DONE, posting__isnull=True)
    return list(rows.defer("rule").order_by("changed_at", "pk")[:SHOWN])


def returned_to(actor: Actor) -> list[Case]:
    """What came back to a unit for correction, the longest first."""
    rows = cases_in(actor).filter(state=CaseState.RETURNED) if actor.may("candidate.nominate") else Case.objects.none()
    return list(rows.defer("rule").order_by("changed_at", "pk")[:SHOWN])


def settled_in(actor: Actor) -> QuerySet[Case]:
    """What is over or returned in an actor's scope, the latest change first."""
    rows = cases_in(actor).exclude(state=CaseState.OPEN)
    return rows.defer("rule").order_by("-changed_at", "-pk")

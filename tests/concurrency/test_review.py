"""Two people acting on one ledger: one act counts, the other is told.  Source: security.md K4."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from apps.accounts.access import Actor
from apps.core.errors import Conflict
from apps.core.tenancy import NATION, Scope, entered
from apps.ledgers.models import Job, Ledger, LedgerStep, UnitFeedback
from apps.ledgers.selectors.chain import chain_of
from apps.ledgers.services import (
    county_ledger_queue,
    ledger_accept,
    ledger_return,
    ledger_step,
    month_close,
    month_reopen,
)
from apps.ledgers.services.fill import ledgers_fill
from tests.concurrency.conftest import COUNTY, MONTH, Town
from tests.concurrency.together import together
from tests.factories import actor_of

OFFICES = ("township_clerk", "township_leader", "township_secretary")


def chain_walk(town: Town, ledger: int, *, last: bool) -> list[tuple[str, Actor]]:
    """Do the steps of the township's chain, all but the last unless told; the (key, actor) of all of them."""
    with entered(Scope(area=NATION)):
        actors = {office: actor_of(office, town.area, f"{office}-{town.area}") for office in OFFICES}
    with entered(town.scope):
        steps = [
            (link.step.key, actors[next(o for o in link.step.offices if o in actors)])
            for link in chain_of(Ledger.objects.get(pk=ledger))
        ]
        for key, actor in steps if last else steps[:-1]:
            ledger_step(actor=actor, ledger=ledger, step=key)
    return steps


@pytest.fixture
def reviewers(committed_db: None) -> list[Actor]:
    with entered(Scope(area=NATION)):
        return [actor_of("county_org_dept", COUNTY, name) for name in ("孙主任", "周科长")]


def drafted(town: Town) -> int:
    with entered(town.scope):
        ledger = month_close(actor=town.clerk, area=town.area, month=MONTH)
    with entered(Scope(area=COUNTY)):
        ledgers_fill(area=COUNTY, month=MONTH)
    return ledger.pk


def states(results: list[Any]) -> list[str]:
    return sorted(result.state if isinstance(result, Ledger) else type(result).__name__ for result in results)


def test_a_return_and_an_acceptance_at_once_end_in_one_of_them(
    town_make: Callable[[int], Town], reviewers: list[Actor]
) -> None:
    for number in range(6):
        town = town_make(number)
        ledger = drafted(town)
        chain_walk(town, ledger, last=True)
        results = together(
            Scope(area=COUNTY),
            [
                lambda ledger=ledger: ledger_accept(actor=reviewers[0], ledger=ledger),
                lambda ledger=ledger: ledger_return(actor=reviewers[1], ledger=ledger, remarks={}, note="请核对"),
            ],
        )
        assert states(results) in (["Conflict", "accepted"], ["Conflict", "returned"])
        with entered(Scope(area=COUNTY)):
            state = Ledger.objects.get(pk=ledger).state
            assert state in states(results)
            assert UnitFeedback.objects.filter(ledger=ledger).exists() == (state == "accepted")
            assert LedgerStep.objects.filter(ledger=ledger, step__in=["accept", "return"]).count() == 1


def test_two_submissions_and_two_acceptances_are_one_each(
    town_make: Callable[[int], Town], reviewers: list[Actor]
) -> None:
    town = town_make(0)
    ledger = drafted(town)
    key, actor = chain_walk(town, ledger, last=False)[-1]
    acts = together(town.scope, [lambda: ledger_step(actor=actor, ledger=ledger, step=key)] * 3)
    assert len({act.pk for act in acts}) == 1
    results = together(Scope(area=COUNTY), [lambda: ledger_accept(actor=reviewers[0], ledger=ledger)] * 3)
    assert states(results) == ["Conflict", "Conflict", "accepted"]
    with entered(Scope(area=COUNTY)):
        assert UnitFeedback.objects.filter(ledger=ledger).count() == 1


def submit(actor: Actor, ledger: int, key: str) -> Callable[[], LedgerStep]:
    return lambda: ledger_step(actor=actor, ledger=ledger, step=key)


def reopen(town: Town) -> Callable[[], int]:
    reason = "登记有误，需要更正"
    return lambda: month_reopen(actor=town.clerk, area=town.area, month=MONTH, teams=[town.team.pk], reason=reason)


def test_a_submission_beside_a_reopening_never_submits_what_stands_open(town_make: Callable[[int], Town]) -> None:
    for number in range(6):
        town = town_make(number)
        ledger = drafted(town)
        key, actor = chain_walk(town, ledger, last=False)[-1]
        submitted, opened = together(town.scope, [submit(actor, ledger, key), reopen(town)])
        with entered(town.scope):
            state = Ledger.objects.get(pk=ledger).state
        if opened == 1:
            assert isinstance(submitted, Conflict)
            assert state != "submitted"
        else:
            assert state == "submitted"


def test_two_county_compilations_make_one_ledger(town_make: Callable[[int], Town], reviewers: list[Actor]) -> None:
    town = town_make(0)
    ledger = drafted(town)
    chain_walk(town, ledger, last=True)
    with entered(Scope(area=COUNTY)):
        ledger_accept(actor=reviewers[0], ledger=ledger)
    acts = [lambda by=by: county_ledger_queue(actor=by, area=COUNTY, month=MONTH) for by in reviewers]
    results = together(Scope(area=COUNTY), acts)
    found = [result for result in results if isinstance(result, Ledger)]
    assert len({ledger.pk for ledger in found}) == 1
    with entered(Scope(area=COUNTY)):
        assert Ledger.objects.filter(kind="county").count() == 1
        assert Job.objects.filter(kind="county").count() == 1

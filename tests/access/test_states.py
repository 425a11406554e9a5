"""Only legal moves of a ledger: tried by every office in any order against a model, and by raw SQL.

Source: security.md N3.
"""

from __future__ import annotations

from itertools import product

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.core.errors import ApplicationError
from apps.core.tenancy import NATION, Scope, entered
from apps.ledgers.models import Ledger, LedgerState
from apps.ledgers.models.ledger import TRANSITIONS
from apps.ledgers.services import (
    ledger_accept,
    ledger_file,
    ledger_return,
    ledger_step,
    month_close,
    month_reopen,
)
from apps.ledgers.services.fill import ledgers_fill
from tests.core.tables import changed, run
from tests.world import COUNTY, NOW, SEPTEMBER, TOWNSHIP, World

FINAL = "P0001"
OFFICES = ("township_clerk", "township_leader", "township_secretary", "county_office", "county_org_dept", "city_office")
# What each act needs: the office, the ledger's state, the month open or closed; and the state it leads to.
ACTS = {
    "review": ({"township_leader"}, {"draft"}, "closed", "signed"),
    "submit": ({"township_clerk"}, {"signed"}, "closed", "submitted"),
    "accept": ({"county_office"}, {"submitted"}, "closed", "accepted"),
    "return": ({"county_office"}, {"submitted"}, "either", "returned"),
    "file": ({"county_org_dept"}, {"accepted"}, "either", "accepted"),
    "close": ({"township_clerk"}, {"draft", "signed", "submitted", "returned", "accepted"}, "open", "queued"),
}
OWN, COUNTYS = {"draft", "signed", "returned"}, {"submitted", "accepted"}


class Model:
    """A township's month as the regulation has it: the state of the newest version, and whether the month is open."""

    def __init__(self) -> None:
        self.state, self.open, self.done = "draft", False, set[str]()

    def act(self, office: str, act: str) -> bool:
        """Do it if it is allowed; whether it was."""
        if act in self.done:
            return act != "file" or office.startswith("county_")  # done before: said again, changes nothing
        if act == "reopen":
            return self._reopen(office)
        if act == "fill":
            self.state, self.done = ("draft", set()) if self.state == "queued" else (self.state, self.done)
            return True
        offices, states, month, after = ACTS[act]
        if (
            office not in offices
            or self.state not in states
            or month not in ("either", "open" if self.open else "closed")
        ):
            return False
        if act in ("review", "submit", "file"):
            self.done.add(act)
        self.state = after
        if act == "close":
            self.open, self.done = False, set()
        return True

    def _reopen(self, office: str) -> bool:
        allowed = (self.state in OWN and office == "township_clerk") or (
            self.state in OWN | COUNTYS and office in ("county_office", "county_org_dept")
        )
        self.open = self.open or allowed
        return allowed


def really(world: World, office: str, act: str) -> bool:
    """The same through the services; whether it was allowed."""
    actor = world.owners[office]
    ledger = Ledger.objects.filter(area=TOWNSHIP, month=SEPTEMBER.first).exclude(state="superseded").get().pk
    acts = {
        "review": lambda: ledger_step(actor=actor, ledger=ledger, step="review"),
        "submit": lambda: ledger_step(actor=actor, ledger=ledger, step="submit"),
        "accept": lambda: ledger_accept(actor=actor, ledger=ledger),
        "return": lambda: ledger_return(actor=actor, ledger=ledger, remarks={}, note="请核对"),
        "file": lambda: ledger_file(actor=actor, ledger=ledger, step="org"),
        "reopen": lambda: month_reopen(
            actor=actor, area=TOWNSHIP, month=SEPTEMBER, teams=[world.team.pk], reason="登记有误，需要更正"
        ),
        "close": lambda: month_close(actor=actor, area=TOWNSHIP, month=SEPTEMBER),
        "fill": lambda: ledgers_fill(area=COUNTY, month=SEPTEMBER),
    }
    try:
        with transaction.atomic():
            acts[act]()
    except ApplicationError:
        return False
    return True


PAIR = st.tuples(st.sampled_from(OFFICES), st.sampled_from([*ACTS, "reopen", "fill"]))
# Half of the time the office that could do it, so that long ways are walked too.
LIKELY = st.sampled_from(
    [(office, act) for act, (offices, *_) in ACTS.items() for office in sorted(offices)]
    + [("township_clerk", "reopen"), ("county_office", "reopen"), ("township_clerk", "fill")]
)


@settings(max_examples=150, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(acts=st.lists(st.one_of(PAIR, LIKELY), min_size=4, max_size=14))
def test_the_services_allow_exactly_what_the_model_allows(world: World, acts: list[tuple[str, str]]) -> None:
    with time_machine.travel(NOW, tick=False), transaction.atomic():
        model = Model()
        with entered(Scope(area=NATION)):
            for office, act in acts:
                assert really(world, office, act) == model.act(office, act), (office, act, acts)
                current = Ledger.objects.filter(area=TOWNSHIP, month=SEPTEMBER.first).exclude(state="superseded")
                assert current.get().state == model.state, (office, act, acts)
        transaction.set_rollback(True)


@pytest.mark.parametrize(("old", "new"), list(product(LedgerState.values, LedgerState.values)))
def test_the_database_refuses_every_move_that_the_table_does_not_allow(world: World, old: str, new: str) -> None:
    with entered(Scope(area=NATION)):
        [(pk,)] = run(
            "INSERT INTO ledgers_ledger (area, kind, name, month, version, state, people, totals, parts, hash,"
            " attested_by, reason, created_at, changed_at, book_id) SELECT area, kind, name, '2020-01-01', 1, %s, 0, '{}',"
            " '[]', CASE WHEN %s = 'queued' THEN '' ELSE hash END, '', '', now(), now(), book_id"
            " FROM ledgers_ledger WHERE id = %s RETURNING id",
            [old, old, world.accepted],
        )
        hashed = ", hash = repeat('1', 64)" if old == "queued" and new != "queued" else ""
        allowed = old == new or new in TRANSITIONS[old]
        moved = changed(f"UPDATE ledgers_ledger SET state = %s{hashed} WHERE id = %s", [new, pk])
        assert moved == (1 if allowed else FINAL)

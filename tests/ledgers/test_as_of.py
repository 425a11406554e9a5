"""A month's ledger as it was known on a day: a correction does not change what was known before it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from apps.attendance.selectors import sheet_context, sheet_rows
from apps.attendance.services import LineEdit, sheet_save
from apps.core.months import Month
from apps.core.tenancy import NATION, Scope, entered
from apps.ledgers.models import Ledger, LedgerKind
from apps.ledgers.selectors.as_of import LedgerAsOf, ledger_as_of
from apps.ledgers.services import county_ledger_queue, ledger_return, ledger_step, month_close, month_reopen
from apps.ledgers.services.county import county_ledger_fill
from apps.ledgers.services.fill import ledgers_fill
from tests.factories import posting_of, team_of
from tests.ledgers.month import TONGWEI, YULIN, Walk

COUNTY = TONGWEI[:7]


def now() -> datetime:
    """A moment between two transactions, by the clock of the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment


def known(walk: Walk, at: datetime, kind: str = LedgerKind.TOWNSHIP) -> LedgerAsOf | None:
    area = walk.township if kind == LedgerKind.TOWNSHIP else COUNTY
    return ledger_as_of(area=area, kind=kind, month=walk.month, at=at)


def said(found: LedgerAsOf | None) -> tuple[object, ...]:
    """Version, state, first marks of the member's line, the acts done."""
    assert found is not None
    marks = [line.marks[:2] for line in found.lines() if line.roles == ["member"]]
    return found.ledger.version, str(found.state), marks, [act.step for act in found.acts]


@pytest.fixture
def walk(committed_db: None) -> Walk:
    """Two people's last month, ready to be closed."""
    with entered(Scope(area=NATION)):
        team = team_of(f"{TONGWEI}201")
        posting_of(team, "王建国", "leader", "first_secretary")
        posting_of(team, "李秀英")
        found = Walk(TONGWEI, team, Month.of(timezone.localdate()).previous())
        mark(found, "VV")
        found.sign()
    return found


def mark(walk: Walk, letters: str) -> None:
    """Type what the member did on the first days."""
    row = next(row for row in sheet_rows(area=walk.township, month=walk.month) if row.roles == ("member",))
    cells = sheet_context(walk.township, walk.month).cells(row)
    typed = {day: (cells[day - 1], letter) for day, letter in enumerate(letters, start=1)}
    edits = [LineEdit(row.posting, row.version, typed)]
    saved = sheet_save(actor=walk.actor("township_clerk"), area=walk.township, month=walk.month, edits=edits)
    assert saved.errors == []


def test_a_corrected_month_is_known_on_every_day_as_it_was_then(walk: Walk) -> None:
    moments = [now()]
    clerk = {"actor": walk.actor("township_clerk"), "area": TONGWEI, "month": walk.month}

    def correct() -> None:
        reopened = {**clerk, "actor": walk.actor("county_office"), "teams": [walk.team.pk]}
        month_reopen(**reopened, reason="九日请假漏登")
        mark(walk, "LV")
        walk.sign()
        month_close(**clerk)

    acts = [
        lambda: month_close(**clerk),
        lambda: ledgers_fill(area=TONGWEI, month=walk.month),
        walk.submit,
        walk.accept,
    ]
    for act in [*acts, correct, lambda: ledgers_fill(area=TONGWEI, month=walk.month)]:
        with entered(Scope(area=NATION)):
            act()
        moments.append(now())
    with entered(Scope(area=TONGWEI)):
        assert known(walk, moments[0]) is None
        told = [said(known(walk, at)) for at in moments[1:]]
        steps = [step.key for step in sheet_context(TONGWEI, walk.month).book.ledger.steps]
        current = Ledger.objects.get(area=TONGWEI, version=2)
    done = told[3][3]
    assert isinstance(done, list) and done[: len(steps)] == steps and len(done) > len(steps)
    assert told == [
        (1, "queued", [], []),
        (1, "draft", ["VV"], []),
        (1, "submitted", ["VV"], steps),
        (1, "accepted", ["VV"], done),
        (2, "queued", [], []),
        (2, str(current.state), ["LV"], []),
    ]


def test_each_signature_and_a_return_is_known_from_when_it_was_made(walk: Walk) -> None:
    with entered(Scope(area=NATION)):
        walk.close()
        ledger, book = walk.ledger().pk, sheet_context(TONGWEI, walk.month).book
        told = []
        for step in book.ledger.steps:
            ledger_step(actor=walk.actor(step.offices[0]), ledger=ledger, step=step.key)
            told.append((str(walk.ledger().state), timezone.now()))
        office = walk.actor(book.ledger.review_office)
        ledger_return(actor=office, ledger=ledger, remarks={}, note="请核对")
        told.append((str(walk.ledger().state), timezone.now()))
        assert [state for state, _ in told][-2:] == ["submitted", "returned"]
        for state, at in told:
            found = known(walk, at)
            assert found is not None and found.state == state


def test_a_countys_ledger_is_known_from_when_it_was_put_together(walk: Walk) -> None:
    with entered(Scope(area=NATION)):
        walk.close()
        walk.submit()
        walk.accept()
    moments = [now()]
    with entered(Scope(area=NATION)):
        queued = county_ledger_queue(actor=walk.actor("county_office"), area=COUNTY, month=walk.month)
    moments.append(now())
    with entered(Scope(area=NATION)):
        county_ledger_fill(ledger=queued.pk)
    moments.append(now())
    with entered(Scope(area=COUNTY)):
        assert known(walk, moments[0], LedgerKind.COUNTY) is None
        told = [said(known(walk, at, LedgerKind.COUNTY))[:3] for at in moments[1:]]
    assert told == [(1, "queued", []), (1, "accepted", ["VV"])]


def test_another_area_knows_nothing(walk: Walk) -> None:
    with entered(Scope(area=NATION)):
        walk.close()
    with entered(Scope(area=YULIN)):
        assert known(walk, now() + timedelta(days=1)) is None

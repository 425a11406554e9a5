"""The close of a month against everything else: nothing slips in behind it, and it happens once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from apps.attendance.models import SheetLine
from apps.attendance.selectors import sheet_rows
from apps.attendance.services import LineEdit, sheet_save
from apps.core.errors import Conflict
from apps.core.tenancy import NATION, Scope, entered
from apps.ledgers.models import Job, Ledger, LedgerLine
from apps.ledgers.services import month_close, month_reopen
from apps.ledgers.services.fill import ledgers_fill
from apps.teams.models import Team, TeamMonth
from tests.concurrency.conftest import COUNTY, MONTH, Town
from tests.concurrency.together import together
from tests.factories import posting_of, team_of

ROUNDS = 20


def close_and_look(town: Town) -> Callable[[], tuple[Ledger, dict[int, str]]]:
    """Close the month and, before anybody else can, note what was closed."""

    def act() -> tuple[Ledger, dict[int, str]]:
        ledger = month_close(actor=town.clerk, area=town.area, month=MONTH)
        return ledger, town.cells()

    return act


def save(town: Town, mark: str) -> Callable[[], Any]:
    edits = [LineEdit(person.pk, 1, {15: ("V", mark)}) for person in town.people]
    return lambda: sheet_save(actor=town.colleague, area=town.area, month=MONTH, edits=edits)


def test_no_mark_slips_in_behind_a_close(town_make: Callable[[int], Town]) -> None:
    before, behind = 0, 0
    for number in range(ROUNDS):
        town = town_make(number)
        closed, saved = together(town.scope, [close_and_look(town), save(town, "L")])
        assert not isinstance(closed, Exception), closed
        _, cells = closed
        if isinstance(saved, Conflict):
            behind += 1
            assert {text[14] for text in cells.values()} == {"V"}
        else:
            before += 1
            assert len(saved.saved) == 3
            assert {text[14] for text in cells.values()} == {"L"}
        assert town.cells() == cells, "what was closed is what stands"
    assert before + behind == ROUNDS
    with entered(Scope(area=COUNTY)):
        assert ledgers_fill(area=COUNTY, month=MONTH).ledgers == ROUNDS
        compiled = dict(LedgerLine.objects.values_list("posting", "marks"))
        assert compiled == dict(SheetLine.objects.values_list("posting", "marks"))
    assert len(compiled) == 3 * ROUNDS


def enter(town: Town) -> None:
    """Every day of everybody who has none yet."""
    rows = [row for row in sheet_rows(area=town.area, month=MONTH) if row.version == 0]
    days = dict.fromkeys(range(1, MONTH.days + 1), (".", "V"))
    sheet_save(actor=town.clerk, area=town.area, month=MONTH, edits=[LineEdit(row.posting, 0, days) for row in rows])


def test_two_closes_make_one_ledger(town_make: Callable[[int], Town]) -> None:
    for number in range(10):
        town = town_make(number)
        acts = [
            lambda actor=actor: month_close(actor=actor, area=town.area, month=MONTH)  # noqa: B023
            for actor in (town.clerk, town.colleague)
        ]
        results = together(town.scope, acts)
        assert [isinstance(result, Ledger) for result in results].count(True) == 1
        [refused] = [result for result in results if not isinstance(result, Ledger)]
        assert isinstance(refused, Conflict)
        assert "已经月结" in refused.message or "已由他人月结" in refused.message
        with entered(town.scope):
            assert Ledger.objects.count() == Job.objects.count() == 1


def test_a_reopening_beside_a_close_neither_deadlocks_nor_leaves_two_versions(town_make: Callable[[int], Town]) -> None:
    town = town_make(0)
    with entered(Scope(area=NATION)):
        posting_of(team_of(f"{town.area}202"), "孙立", "member")
    with entered(town.scope):
        enter(town)
        month_close(actor=town.clerk, area=town.area, month=MONTH)
        second = Team.objects.exclude(pk=town.team.pk).get()

    def reopen(team: Team) -> Callable[[], int]:
        reason = "登记有误，需要更正"
        return lambda: month_reopen(actor=town.clerk, area=town.area, month=MONTH, teams=[team.pk], reason=reason)

    def close() -> Ledger:
        return month_close(actor=town.colleague, area=town.area, month=MONTH)

    for _ in range(8):
        with entered(Scope(area=COUNTY)):
            assert ledgers_fill(area=COUNTY, month=MONTH).ledgers == 1
        with entered(town.scope):
            assert reopen(town.team)() == 1
        opened, closed = together(town.scope, [reopen(second), close])
        assert isinstance(closed, Ledger)
        with entered(town.scope):
            current = Ledger.objects.exclude(state="superseded").get()
            assert (current.pk, current.state) == (closed.pk, "queued")
            still_open = TeamMonth.objects.filter(closed=False).count()
        # Either the reopening came first and the close took it in, or it met the version that waits to be compiled.
        assert (opened == 1 or isinstance(opened, Conflict)) and still_open == 0

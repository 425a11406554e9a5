"""Days of leave due, taken and left: named by the rules where they do, else entered with a basis, never invented."""

from __future__ import annotations

from datetime import date

import pytest

from apps.core.errors import BadInput, Forbidden, NotFound
from apps.core.tenancy import NATION, Scope, entered
from apps.leave.models import LeaveDue
from apps.leave.selectors.due import Balance
from apps.leave.selectors.due_list import balances_seen
from apps.leave.services import due_enter
from apps.leave.services.due import Entered
from tests.factories import actor_of, posting_of
from tests.leave.conftest import Clock, Place
from tests.leave.people import granted, web

FRIDAY, TUESDAY = date(2026, 9, 11), date(2026, 9, 15)  # five days, three of them workdays
BASIS = "单位人事科核定"


def enter(place: Place, days: int | None, counted: str = "day", elsewhere: int = 0, **more: str) -> LeaveDue:
    actor = place.offices[more.get("office", "unit_liaison")]
    entered_ = Entered(days, counted, elsewhere, more.get("basis", BASIS))
    with entered(actor.scope):
        return due_enter(
            actor=actor,
            posting=place.people["member"].pk,
            year=2026,
            key=more.get("key", "paid_leave"),
            entered=entered_,
        )


def balances(
    place: Place, office: str = "unit_liaison", year: int = 2026, on: date = date(2026, 9, 30)
) -> list[Balance]:
    actor = place.offices[office]
    with entered(actor.scope):
        [found] = balances_seen(actor, [place.people["member"]], year, on)
    return found.of


def figures(found: Balance) -> tuple[int | None, int, int, int | None]:
    return found.due, found.taken, found.elsewhere, found.left


@pytest.fixture
def yulin(places: dict[str, Place]) -> Place:
    """Its city leaves procedures to the counties, so leave is written as granted on paper where a test needs it."""
    return places["yulin"]


@pytest.mark.clause("YL-8.2.2-12")
def test_nothing_is_due_before_somebody_says_how_much(yulin: Place) -> None:
    [found] = balances(yulin)
    assert (found.due, found.left, found.rule.clause) == (None, None, "YL-8.2.2-12")
    enter(yulin, 10)
    assert figures(balances(yulin)[0]) == (10, 0, 0, 10)
    enter(yulin, 5, elsewhere=2)
    assert figures(balances(yulin, "county_office")[0]) == (5, 0, 2, 3)
    with entered(Scope(area=NATION)):
        assert LeaveDue.objects.get().basis == BASIS


@pytest.mark.clause("TW-36-6")
@pytest.mark.parametrize(("counted", "taken", "left"), [("day", 5, 0), ("workday", 3, 2)])
def test_what_was_taken_counts_in_the_unit_that_was_entered_and_only_of_that_kind(
    tongwei: Place, counted: str, taken: int, left: int
) -> None:
    enter(tongwei, 5, counted)
    tongwei.granted("member", FRIDAY, TUESDAY, kind="年休假")
    granted(tongwei, "member", date(2026, 9, 22), date(2026, 9, 22))  # 事假
    tongwei.ask("member", date(2026, 9, 28), date(2026, 9, 28), "年休假")  # not granted yet
    assert figures(balances(tongwei)[0]) == (5, taken, 0, left)
    assert balances(tongwei, "township_clerk") == balances(tongwei)


def test_an_early_return_gives_days_back(tongwei: Place, clock: Clock) -> None:
    enter(tongwei, 5)
    request = tongwei.granted("member", FRIDAY, TUESDAY, kind="年休假")
    clock("2026-09-14")
    tongwei.confirmed("member", request, date(2026, 9, 14))
    assert figures(balances(tongwei)[0]) == (5, 3, 0, 2)


@pytest.mark.parametrize(("last", "told"), [(date(2026, 9, 14), "这次4，余1"), (date(2026, 9, 16), "超出1天")])
def test_the_preview_says_what_is_left(tongwei: Place, last: date, told: str) -> None:
    asked = {
        "posting": tongwei.people["member"].pk, "kind": "年休假", "first": "2026-09-11", "last": last.isoformat()
    }  # fmt: skip
    himself = web(tongwei.selves["member"])
    assert "还没有填写" in himself.get("/leave/plan/", asked).content.decode()
    enter(tongwei, 5)
    page = himself.get("/leave/plan/", asked).content.decode()
    assert told in page
    assert "TW-36-6" in page
    assert "应休" not in himself.get("/leave/plan/", asked | {"kind": "事假"}).content.decode()


@pytest.mark.clause("KM-9-16")
@pytest.mark.parametrize(
    ("last", "year", "due"), [(date(2026, 8, 31), 2026, 15), (date(2026, 8, 31), 2025, None), (None, 2026, None)]
)
def test_fifteen_days_are_due_once_a_term_is_over(
    kunming: Place, last: date | None, year: int, due: int | None
) -> None:
    with entered(Scope(area=NATION)):
        kunming.people["member"] = posting_of(
            kunming.team, "期满队员", "member", last=last, unit=kunming.people["leader"].unit
        )
    found = balances(kunming, year=year)
    assert [each.due for each in found] == ([] if due is None else [due])
    if due is not None:
        enter(kunming, None, elsewhere=10, key="compensatory_leave")
        assert figures(balances(kunming)[0]) == (15, 0, 10, 5)
        with pytest.raises(BadInput, match="由制度规定"):
            enter(kunming, 20, key="compensatory_leave")


def test_it_is_entered_by_the_unit_or_the_county_with_a_basis(tongwei: Place) -> None:
    enter(tongwei, 5, office="county_office")
    for office in ("township_clerk", "team_leader"):
        with pytest.raises(Forbidden):
            enter(tongwei, 5, office=office)
    for wrong in (
        {"days": None},
        {"days": 5, "basis": " "},
        {"days": 5, "counted": "week"},
        {"days": 5, "key": "gift"},
    ):
        with pytest.raises(BadInput):
            enter(tongwei, **wrong)  # type: ignore[arg-type]
    with entered(Scope(area=NATION)):
        far = actor_of("county_office", "C530113", "外县")
    with pytest.raises(NotFound), entered(far.scope):
        due_enter(
            actor=far,
            posting=tongwei.people["member"].pk,
            year=2026,
            key="paid_leave",
            entered=Entered(5, "day", 0, BASIS),
        )


@pytest.mark.clause("YL-8.2.2-12")
def test_the_person_the_unit_and_the_county_see_the_balance(yulin: Place) -> None:
    unit = web(yulin.offices["unit_liaison"])
    member = yulin.people["member"]
    at = f"/leave/due/{member.pk}/2026/paid_leave/"
    assert "还没有填写" in unit.get("/leave/due/?year=2026").content.decode()
    wrong = unit.post(at, {"days": "", "counted": "workday", "elsewhere": "1", "basis": BASIS})
    assert "请填写应休天数" in wrong.content.decode()
    told = {"days": "7", "counted": "workday", "elsewhere": "1", "basis": BASIS}
    assert unit.post(at, told).status_code == 302
    for client in (unit, web(yulin.offices["county_office"])):
        page = client.get("/leave/due/?year=2026").content.decode()
        row = page.split(f"<div>{member.name} ")[1].split("</tr>")[0]
        assert "7个工作日" in row
        assert ">6<" in row
    own = web(yulin.selves["member"]).get("/leave/").content.decode().split('data-testid="balances"')[1]
    assert "7个工作日" in own
    assert BASIS in own

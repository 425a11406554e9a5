"""The demonstration in the database: signed and compiled by the product itself, loaded once, never outside DEMO."""

import pytest
from django.contrib.auth import authenticate
from django.db import connection
from django.test import RequestFactory
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.selectors import positions
from apps.attendance.models import DaySpan, SheetLine
from apps.attendance.selectors import missing, sheet_context, sheet_rows
from apps.cadres.models import Cadre
from apps.core.errors import Forbidden
from apps.core.months import Month
from apps.core.tenancy import Scope, entered
from apps.desk.demo.load import Loaded, demo_load
from apps.ledgers.compile.township import ledger_hash
from apps.ledgers.models import Ledger, LedgerKind, LedgerLine, LedgerStep, UnitFeedback
from apps.ledgers.selectors.chain import chain_of, county_links
from apps.notices.selectors.standing import standings
from apps.teams.models import Posting, Team
from tests.desk.once import at, world

NOVEMBER, OCTOBER = Month(2026, 11), Month(2026, 10)
NATION = Scope(area="C")


def test_everybody_is_there_and_every_foreign_key_holds(loaded: Loaded) -> None:
    connection.check_constraints()
    with entered(NATION):
        assert Cadre.objects.count() == loaded.people == len(world().cadres)
        assert Team.objects.count() == loaded.teams == 208
        assert Posting.objects.count() == len(world().postings)
        assert SheetLine.objects.count() == loaded.lines == len(world().lines)
        assert DaySpan.objects.count() == len(world().spans)


def test_a_second_load_changes_nothing(loaded: Loaded) -> None:
    again = demo_load(Month(2026, 12))
    assert again.people == 0
    with entered(NATION):
        assert Cadre.objects.count() == loaded.people


def test_it_refuses_where_demo_is_off(loaded: Loaded, settings: object) -> None:
    settings.DEMO = False  # type: ignore[attr-defined]
    with pytest.raises(Forbidden):
        demo_load(NOVEMBER)


def test_every_listed_login_opens_with_the_documented_password_and_has_its_office(loaded: Loaded) -> None:
    request = RequestFactory().post("/login/")
    for login in world().logins:
        if not login.listed:
            continue
        user = authenticate(request, username=login.username, password=world().password)
        assert isinstance(user, User), login.username
        offices = {office for position in positions(user) for office in position.offices}
        assert login.office in offices
        assert offices <= {login.office, "cadre"}


def test_ledgers_of_thirteen_months_are_accepted_and_the_last_stands_in_every_state(loaded: Loaded) -> None:
    with entered(NATION):
        own = Ledger.objects.filter(kind=LedgerKind.TOWNSHIP)
        townships = len({team.village[:10] for team in world().teams})
        assert set(own.exclude(month=OCTOBER.first).values_list("state", flat=True)) == {"accepted"}
        assert own.exclude(month=OCTOBER.first).count() == 13 * townships
        last = list(own.filter(month=OCTOBER.first).values_list("state", flat=True))
        assert {"accepted", "submitted", "returned"} == set(last)
        assert len(last) == townships - sum(stage.startswith("enter") for stage in world().stages.values())
        assert Ledger.objects.filter(kind=LedgerKind.COUNTY, state="accepted").count() == 13 * 6


def test_ledgers_are_what_the_compile_made_of_the_lines(loaded: Loaded) -> None:
    with entered(NATION):
        for ledger in Ledger.objects.filter(kind=LedgerKind.TOWNSHIP)[::97]:
            assert ledger.hash == ledger_hash(ledger.pk)
            assert ledger.people == ledger.lines.count()
        posting = Posting.objects.get(area=at("kunming", 6, 1).village, name=_name("kunming", 6, 1))
        line = LedgerLine.objects.get(posting=posting, month=OCTOBER.first)
        assert (line.done[0], line.due[0], line.state[0]) == (200, 200, 1)


def _name(jurisdiction: str, village: int, seat: int) -> str:
    key = at(jurisdiction, village, seat).cadre
    return next(cadre.name for cadre in world().cadres if cadre.key == key)


def test_who_is_clearly_short_can_no_longer_reach_the_floor(loaded: Loaded) -> None:
    with entered(NATION):
        who = at("kunming", 17, 2)
        line = LedgerLine.objects.get(posting__area=who.village, name=_name("kunming", 17, 2), month=OCTOBER.first)
        assert line.state[0] == 3


def test_every_accepted_ledger_went_through_every_step_of_its_pack(loaded: Loaded) -> None:
    with entered(NATION):
        for ledger in Ledger.objects.filter(kind=LedgerKind.TOWNSHIP, state="accepted").order_by("area", "month")[::61]:
            links = [*chain_of(ledger), *county_links(ledger)]
            assert all(link.act for link in links), ledger
            times = [link.act.at for link in chain_of(ledger) if link.act]
            assert times == sorted(times)
        assert 0 < LedgerStep.objects.filter(late=True).count() < 0.1 * Ledger.objects.count()


def test_the_unit_of_the_centre_finds_its_people_of_several_counties(loaded: Loaded) -> None:
    user = User.objects.get(username="yuanling-liaison")
    [position] = positions(user)
    with entered(position.scope):
        lines = LedgerLine.objects.filter(month=OCTOBER.previous().first)
        assert len({line.area[:7] for line in lines}) >= 5
        assert UnitFeedback.objects.filter(month=OCTOBER.previous().first).count() >= 5


@pytest.mark.parametrize("township", ["C621121100", "C610831104", "C530129107", "C511703102"])
def test_the_shown_township_lacks_only_signatures_for_its_last_month(loaded: Loaded, township: str) -> None:
    with entered(Scope(area=township)):
        found = missing(sheet_context(township, OCTOBER), sheet_rows(area=township, month=OCTOBER), NOVEMBER.last)
        assert {finding.code for finding in found} <= {"step_open"}


@pytest.mark.parametrize("township", ["C621121107", "C610828105", "C530113103", "C511703117"])
def test_a_township_that_is_still_entering_is_told_who_is_missing(loaded: Loaded, township: str) -> None:
    with entered(Scope(area=township)):
        rows = sheet_rows(area=township, month=OCTOBER)
        assert 0 < sum(row.version == 0 for row in rows) < len(rows)


@pytest.mark.parametrize("township", ["C621121100", "C511703102"])
def test_the_notices_of_a_shown_township_stand_in_every_state(loaded: Loaded, township: str) -> None:
    with entered(Scope(area=township)):
        found = standings(township, timezone.localdate())
        assert {each.state for each in found} >= {"published", "outdated", "none"}
        assert {each.hung is None for each in found if each.state == "published"} == {True, False}

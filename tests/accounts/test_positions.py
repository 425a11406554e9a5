"""The position that one acts in: chosen among one's own, lost with the grant, kept in the session."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from guardian.shortcuts import remove_perm

from apps.accounts.models import User
from apps.core.tenancy import NATION, Scope, entered
from apps.jurisdictions.models import Division
from apps.teams.models import Team
from tests.factories import grant, person_key, posting_of, team_of, unit_of, user_of
from tests.world import browser

pytestmark = pytest.mark.django_db
HERE, THERE = "C621121100", "C621121101"


@pytest.fixture
def user(reference: None) -> User:
    """A clerk of two townships who is a posted cadre himself and leads a team."""
    found = user_of("王文书", person=person_key("王文书"))
    for area in (HERE, THERE):
        grant(found, "township_clerk", Division.objects.get(pk=area))
    with entered(Scope(area=NATION)):
        team = team_of(f"{HERE}201", "中林村")
        posting_of(team, "王文书", "leader", unit=unit_of())
    grant(found, "team_leader", team)
    return found


def position(client: Client) -> str:
    return client.get("/").context["position"]["key"]


def choose(client: Client, key: str, **more: str):
    return client.post("/position/", {"position": key, **more})


def team_key() -> str:
    with entered(Scope(area=NATION)):
        return f"team-{Team.objects.get().pk}"


@pytest.mark.parametrize("key", [lambda: f"area-{THERE}", lambda: f"area-{HERE}", team_key, lambda: "self"])
def test_each_of_ones_own_positions_can_be_taken(user: User, key: Callable[[], str]) -> None:
    client = browser(user)
    choose(client, key())
    assert position(client) == key()


def test_a_position_brings_its_scope(user: User) -> None:
    client = browser(user)
    choose(client, f"area-{THERE}")
    assert client.get(f"/sheet/{THERE}/2026-09/").status_code == 200
    assert client.get(f"/sheet/{HERE}/2026-09/").status_code == 404
    choose(client, team_key())
    assert client.get(f"/sheet/{HERE}201/2026-09/").status_code == 200
    assert client.get(f"/sheet/{HERE}/2026-09/").status_code == 404
    choose(client, "self")
    assert client.get(f"/sheet/{HERE}201/2026-09/").status_code == 404
    assert client.get("/self/").status_code == 200


@pytest.mark.parametrize(
    "key",
    [
        "area-C",
        "area-C621121",
        "area-C621121102",
        "unit-1",
        "team-999999",
        "self ",
        "",
        "area-",
        "AREA-C621121101",
        "\x00",
    ],
)
def test_a_position_of_somebody_else_changes_nothing(user: User, key: str) -> None:
    client = browser(user)
    before = position(client)
    assert choose(client, key).status_code == 302
    assert position(client) == before


def test_a_position_planted_in_the_session_is_not_taken(user: User) -> None:
    client = browser(user)
    session = client.session
    session["position"] = "area-C"
    session.save()
    assert position(client) == f"area-{HERE}"
    assert client.get("/rollup/").status_code == 403


def test_a_position_is_lost_with_its_grant_at_the_next_request(user: User) -> None:
    client = browser(user)
    choose(client, f"area-{THERE}")
    remove_perm("jurisdictions.township_clerk", user, Division.objects.get(pk=THERE))
    assert client.get(f"/sheet/{THERE}/2026-09/").status_code == 404
    assert position(client) == f"area-{HERE}"


def test_two_offices_on_one_area_are_one_position(reference: None) -> None:
    both = user_of("两职")
    for office in ("township_clerk", "township_leader"):
        grant(both, office, Division.objects.get(pk=HERE))
    page = browser(both).get("/")
    assert [each["key"] for each in page.context["positions"]] == [f"area-{HERE}"]


def test_a_user_without_a_position_gets_a_page_that_says_so_and_can_leave(reference: None) -> None:
    client = browser(user_of("新人"))
    for path in ("/", "/ledgers/", f"/sheet/{HERE}/2026-09/"):
        page = client.get(path)
        assert page.status_code == 403
        assert "还没有岗位" in page.content.decode()
    assert client.post("/logout/").status_code == 302
    assert client.get("/")["Location"].startswith("/login/")


def test_a_grant_on_a_team_that_is_gone_is_no_position(user: User) -> None:
    lonely = user_of("无队")
    with entered(Scope(area=NATION)):
        team = team_of(f"{HERE}202", "东林村")
        grant(lonely, "team_leader", team)
        team.delete()
    page = browser(lonely).get("/")
    assert page.status_code == 403
    assert "还没有岗位" in page.content.decode()


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_choosing_a_position_never_sends_to_another_site(user: User, target: str) -> None:
    assert choose(browser(user), "self", next=target)["Location"] == "/"

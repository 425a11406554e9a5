"""A login ends half an hour after the last act of a person, and after twelve hours in any case."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from apps.accounts.models import User

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 10, 12, 8, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def client() -> Client:
    client = Client()
    with time_machine.travel(MORNING, tick=False):
        client.force_login(User.objects.create_user("clerk"), backend="django.contrib.auth.backends.ModelBackend")
        client.get("/healthz")
    return client


def logged_in(client: Client, minutes: float, **headers: str) -> bool:
    """Whether a request so many minutes after the login still has its user; it counts as an act."""
    with time_machine.travel(MORNING + timedelta(minutes=minutes), tick=False):
        answer = client.get("/healthz", headers=headers)
        return bool(answer.wsgi_request.user.is_authenticated)


def test_29_minutes_without_an_act_are_borne_and_31_are_not(client: Client) -> None:
    assert logged_in(client, 29)
    assert logged_in(client, 29 + 29)
    assert not logged_in(client, 29 + 29 + 31)


def test_a_page_that_refreshes_itself_does_not_keep_the_login_alive(client: Client) -> None:
    for minute in range(1, 30):
        assert logged_in(client, minute, X_Poll="1")
    assert not logged_in(client, 31, X_Poll="1")


def test_twelve_hours_are_the_end_however_busy_the_person_is(client: Client) -> None:
    for minute in range(20, 12 * 60 + 1, 20):
        assert logged_in(client, minute), minute
    assert not logged_in(client, 12 * 60 + 2)


def test_the_session_is_written_once_a_minute_at_most(client: Client) -> None:
    assert logged_in(client, 1)
    with time_machine.travel(MORNING + timedelta(minutes=1, seconds=30), tick=False):
        answer = client.get("/healthz")
    assert "sessionid" not in answer.cookies


@pytest.mark.parametrize(("path", "status"), [("/nothing-here", 404), ("/login/", 200), ("/healthz", 200)])
def test_every_answer_carries_the_strict_policy(path: str, status: int) -> None:
    answer = Client().get(path)
    assert answer.status_code == status
    policy = answer["Content-Security-Policy"]
    assert "unsafe" not in policy
    for part in ("default-src 'self'", "object-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"):
        assert part in policy
    assert (answer["X-Content-Type-Options"], answer["X-Frame-Options"]) == ("nosniff", "DENY")


def test_health_says_ok_and_takes_no_orders() -> None:
    assert Client().get("/healthz").content == b"ok"
    assert Client().post("/healthz").status_code == 405

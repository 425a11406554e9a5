"""Logging in and out: what is told, what is locked and for whom, and that a session is never taken over.

Source: security.md A2, S1, S3; design.md (login with lockout).
"""

from __future__ import annotations

import re

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client

from apps.accounts.models import User
from apps.jurisdictions.models import Division
from tests.factories import grant

pytestmark = pytest.mark.django_db
PASSWORD = "Zhucun-2026-mima"


@pytest.fixture
def clerk(reference: None) -> User:
    user = User.objects.create_user("wang", password=PASSWORD, name="王文书")
    grant(user, "township_clerk", Division.objects.get(pk="C621121100"))
    return user


def log_in(username: str, password: str = PASSWORD, *, client: Client | None = None, **environ: str):
    return (client or Client()).post("/login/", {"username": username, "password": password}, **environ)


def told(response) -> str:
    """The page as a person reads it, without what differs by name alone."""
    page = re.sub(r"<[^>]+>|\s+", " ", response.content.decode())
    return re.sub(r"\s+", " ", page).strip()


def inside(client: Client) -> bool:
    return client.get("/").status_code == 200


def test_the_right_password_lets_in(clerk: User) -> None:
    client = Client()
    response = log_in("wang", client=client)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert inside(client)


def test_a_wrong_password_and_an_unknown_name_are_told_the_same(clerk: User) -> None:
    known, unknown = log_in("wang", "wrong"), log_in("nobody", "wrong")
    assert known.status_code == unknown.status_code == 200
    assert told(known) == told(unknown)
    assert "密码" in told(known)


def test_the_fifth_failure_locks_known_and_unknown_names_alike(clerk: User) -> None:
    answers = {name: [log_in(name, "wrong") for _ in range(6)] for name in ("wang", "nobody")}
    for responses in answers.values():
        assert [response.status_code for response in responses] == [200] * 4 + [429] * 2
    assert told(answers["wang"][4]) == told(answers["nobody"][4])
    assert "30 分钟" in told(answers["wang"][4])


def test_while_locked_the_right_password_is_refused_and_after_half_an_hour_it_is_not(clerk: User) -> None:
    with time_machine.travel("2026-10-10 08:00+08:00") as clock:
        for _ in range(5):
            log_in("wang", "wrong")
        assert log_in("wang").status_code == 429
        clock.shift(29 * 60)
        assert log_in("wang").status_code == 429
        clock.shift(62 * 60)
        assert log_in("wang").status_code == 302


def test_a_login_that_succeeds_forgets_the_failures_before_it(clerk: User) -> None:
    for _ in range(3):
        for _ in range(4):
            log_in("wang", "wrong")
        assert log_in("wang").status_code == 302


def test_nobody_can_lock_the_last_administrator_out_from_another_address(clerk: User) -> None:
    for _ in range(30):
        log_in("wang", "wrong", REMOTE_ADDR="203.0.113.9")
    assert log_in("wang", REMOTE_ADDR="203.0.113.9").status_code == 429
    assert log_in("wang", REMOTE_ADDR="192.0.2.1").status_code == 302


def test_a_forged_header_is_no_other_address(clerk: User) -> None:
    codes = [log_in("wang", "wrong", HTTP_X_FORWARDED_FOR=f"198.51.100.{n}").status_code for n in range(7)]
    assert codes == [200] * 4 + [429] * 3


@pytest.mark.parametrize("variant", ["ｗang", "wa\u00adng", " wang "])
def test_another_spelling_of_the_same_name_is_counted_with_it_or_is_no_login(clerk: User, variant: str) -> None:
    for _ in range(5):
        log_in("wang", "wrong")
    assert log_in(variant).status_code in (200, 429), "locked, or simply not this account"


@pytest.mark.parametrize("odd", ["", "\x00", "x" * 5000, "' OR 1=1 --", "王\ud800".encode("utf-8", "replace").decode()])
def test_odd_names_and_passwords_are_refused_in_words(clerk: User, odd: str) -> None:
    assert log_in(odd, "wrong").status_code == 200
    assert log_in("wang", odd).status_code == 200


def test_odd_headers_are_no_fault_either(clerk: User) -> None:
    odd = {"HTTP_USER_AGENT": "x" * 5000, "HTTP_REFERER": "\x00", "HTTP_ACCEPT_LANGUAGE": "²" * 900}
    assert log_in("wang", "wrong", **odd).status_code == 200


def test_an_inactive_user_is_told_no_more_than_a_wrong_password(clerk: User) -> None:
    wrong = told(log_in("wang", "wrong"))
    User.objects.filter(pk=clerk.pk).update(is_active=False)
    assert told(log_in("wang")) == wrong


def test_the_session_gets_a_new_name_at_login(clerk: User) -> None:
    client = Client()
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    client.cookies["sessionid"] = session.session_key
    log_in("wang", client=client)
    assert client.cookies["sessionid"].value != session.session_key
    assert not Session.objects.filter(pk=session.session_key).exists()
    thief = Client()
    thief.cookies["sessionid"] = session.session_key
    assert not inside(thief)


def test_a_session_made_up_by_somebody_is_not_adopted(clerk: User) -> None:
    client = Client()
    client.cookies["sessionid"] = "a" * 32
    log_in("wang", client=client)
    assert client.cookies["sessionid"].value != "a" * 32


def test_logging_out_ends_the_session_itself(clerk: User) -> None:
    client = Client()
    log_in("wang", client=client)
    key = client.cookies["sessionid"].value
    assert client.get("/logout/").status_code == 405
    assert inside(client)
    assert client.post("/logout/")["Location"] == "/login/"
    copy = Client()
    copy.cookies["sessionid"] = key
    assert not inside(copy)


@pytest.mark.parametrize("change", ["inactive", "password"])
def test_a_session_ends_with_the_account_behind_it(clerk: User, change: str) -> None:
    client = Client()
    log_in("wang", client=client)
    assert inside(client)
    if change == "inactive":
        User.objects.filter(pk=clerk.pk).update(is_active=False)
    else:
        clerk.set_password("Zhucun-2026-xin")
        clerk.save(update_fields=["password"])
    assert client.get("/")["Location"].startswith("/login/")


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"]
)
def test_a_login_never_sends_to_another_site(clerk: User, target: str) -> None:
    response = Client().post("/login/", {"username": "wang", "password": PASSWORD, "next": target})
    assert response["Location"] == "/"


def test_passwords_and_names_do_not_come_into_the_log(clerk: User, caplog: pytest.LogCaptureFixture) -> None:
    log_in("wang", "geheimes-wort")
    log_in("wang")
    assert "geheimes-wort" not in caplog.text
    assert PASSWORD not in caplog.text

"""A person before one of Tongwei's demands: the verdict on a day, and what is expected of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from apps.rules.language.conditions import Facts
from tests.rules.law import telling
from tests.rules.law.telling import Told

DAY = date(2019, 5, 1)


def judged(rule: Any, key: str, on: date = DAY, ground: str | None = None, **known: Any) -> tuple[str, Told]:
    return telling.judged(rule("tongwei", f"eligibility.{key}"), Facts(on, **known), ground)


def answer(state: str, clause: str, severity: str = "block") -> tuple[str, Told]:
    """The verdict for one condition that holds, fails or is still to be stated."""
    return state, [] if state == "eligible" else [(state, severity, clause)]

"""Texts as they stand in a cell: harmless, short, and dated the Chinese way."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from apps.core.cells import safe as safe
from apps.rules.book import SheetRule
from apps.rules.marks import CATEGORIES, GAP, LETTER_OF, OUT, WORD_OF, short_word
from apps.teams.models import PostRole

WEEKDAYS = "一二三四五六日"
NOT_POSTED = "—"
NO_NIGHT = "△"
GAP_SIGN = "\u3000"  # as wide as a sign


def short_words(sheet: SheetRule | None = None) -> dict[str, str]:
    """{letter: one character} for every kind of day, gaps and days outside the posting; local words where given."""
    words = WORD_OF if sheet is None else {category: sheet.word(category) for category in CATEGORIES}
    found = {LETTER_OF[category]: short_word(category, words[category]) for category in CATEGORIES}
    return {**found, GAP: "", OUT: NOT_POSTED}


def day_words(marks: str, nights: str, short: dict[str, str]) -> list[str]:
    """A line's marks as characters, one per day; a day in the village without the night has its own sign."""
    words = [short[mark] for mark in marks]
    for place, night in enumerate(nights):
        if night == "0":
            words[place] = NO_NIGHT
    return words


def role_words(roles: Iterable[str]) -> str:
    """队长、第一书记."""
    return "、".join(PostRole(role).label for role in roles)


def date_words(day: date) -> str:
    """2026年11月22日."""
    return f"{day.year}年{day.month}月{day.day}日"


def months_words(months: Iterable[int]) -> str:
    """7、8月, or 无."""
    numbers = "、".join(str(month) for month in months)
    return f"{numbers}月" if numbers else "无"

"""The letters of a month sheet: one per day, 28 to 31 in a string.

`.` is a day without an entry (a gap), `-` a day outside the posting.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import compress

from apps.rules.calendar import WORK_KINDS

GAP = "."
OUT = "-"
STAYED = "1"  # of the nights of a line, which stand beside its letters


@dataclass(frozen=True, slots=True)
class Mark:
    """One kind of day: its letter in the string, its category in rules, its word on paper."""

    letter: str
    category: str
    word: str


MARKS: dict[str, Mark] = {
    mark.letter: mark
    for mark in (
        Mark("V", "in_village", "在村"),
        Mark("T", "official_trip", "公差"),
        Mark("M", "meeting", "会议"),
        Mark("N", "training", "培训"),
        Mark("P", "project_liaison", "联系项目"),
        Mark("O", "other_duty", "其他公务"),
        Mark("S", "seconded", "抽调"),
        Mark("L", "leave", "请假"),
        Mark("R", "rest", "休息"),
        Mark("A", "absent", "脱岗"),
        Mark("D", "drawn_off", "单位抽回"),
    )
}
LETTERS = "".join(MARKS)
CATEGORIES: tuple[str, ...] = tuple(mark.category for mark in MARKS.values())
LETTER_OF: dict[str, str] = {mark.category: mark.letter for mark in MARKS.values()}
WORD_OF: dict[str, str] = {mark.category: mark.word for mark in MARKS.values()}
INDEX_OF: dict[str, int] = {category: index for index, category in enumerate(CATEGORIES)}

# One character per kind of day: the first of these that the local word holds, else the word's own first.
_PREFERRED = {
    "in_village": "村岗",
    "official_trip": "差",
    "meeting": "会",
    "training": "训",
    "project_liaison": "联",
    "other_duty": "公",
    "seconded": "调",
    "leave": "假",
    "rest": "休",
    "absent": "脱离",
    "drawn_off": "回抽派",
}


def short_word(category: str, word: str) -> str:
    """One character for a kind of day, from the word that the local sheet uses for it."""
    return next((sign for sign in _PREFERRED[category] if sign in word), word[:1])


def counts(marks: str) -> tuple[int, ...]:
    """Days per category, 11 numbers in the order of CATEGORIES; gaps and days outside the posting count nowhere."""
    return tuple(map(marks.count, LETTERS))


def work_marks(marks: str, mask: str) -> str:
    """Only the marks of workdays; `mask` are the calendar's letters of the same days (`YearCalendar.month_mask`)."""
    return "".join(compress(marks, _workdays(mask)))


@lru_cache(maxsize=256)
def _workdays(mask: str) -> tuple[bool, ...]:
    return tuple(kind in WORK_KINDS for kind in mask)

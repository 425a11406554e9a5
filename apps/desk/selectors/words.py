"""The words of the regulation that is in force in a place."""

from __future__ import annotations

from datetime import date

from apps.jurisdictions.selectors import book_of
from apps.rules.book import RuleBook
from apps.rules.marks import GAP, MARKS, OUT, WORD_OF


def local_book(area: str, on: date) -> RuleBook | None:
    """The rules in force there; None before there were any."""
    try:
        return book_of(area, on)
    except LookupError:
        return None


def category_words(book: RuleBook | None) -> dict[str, str]:
    """{category: its word on the local sheet}."""
    return {category: book.sheet.word(category) if book else word for category, word in WORD_OF.items()}


def mark_words(book: RuleBook | None) -> dict[str, str]:
    """{letter: its word on the local sheet}, with those of a day without entry and of a day outside the posting."""
    words = category_words(book)
    return {mark.letter: words[mark.category] for mark in MARKS.values()} | {GAP: "未登记", OUT: "不在派驻期"}

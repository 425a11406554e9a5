"""Freezing the rules that a ledger is made under."""

from __future__ import annotations

from apps.ledgers.models import FrozenBook
from apps.rules.book import RuleBook
from apps.rules.terms import content_hash


def book_freeze(book: RuleBook) -> FrozenBook:
    """The stored copy of a rule book; the same content is stored once."""
    content = book.dump()
    frozen, _ = FrozenBook.objects.get_or_create(hash=content_hash(content), defaults={"content": content})
    return frozen

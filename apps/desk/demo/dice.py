"""Chance that always falls the same way."""

from __future__ import annotations

from random import Random


def dice(*words: object) -> Random:
    """A generator of its own for these words; the same words give the same throws on every machine."""
    return Random(":".join(map(str, words)))  # noqa: S311

"""Who held a role in a village on a day, or since when nobody did.  Pure: spans in, an answer for every day out.

The postings of a role cut all time into stretches within which its holders are the same; every day lies in exactly one
of them, so there is no day without an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from apps.teams.spans import contains

_DAY = timedelta(days=1)


class Holder(NamedTuple):
    """One posting as far as posts need it; both days included, `last` None while in post."""

    posting: int
    team: int
    unit: str
    name: str
    roles: frozenset[str]
    first: date
    last: date | None = None
    source: str = ""
    person: str = ""


class Stretch(NamedTuple):
    """Days on which the same people hold a role; without `first` since ever, without `last` for ever."""

    first: date | None
    last: date | None
    holders: tuple[Holder, ...]


@dataclass(frozen=True, slots=True)
class Post:
    """One role in a village on a day.

    `due` is how many the rules ask for (0: they do not ask), `clause` the clause that does.  `vacant_since` is the first
    of the days, up to this one, on which fewer than `due` (at least one) held it; None while it is filled, and also
    where nobody ever did (`never`).
    """

    role: str
    due: int
    clause: str | None
    holders: tuple[Holder, ...]
    vacant_since: date | None
    never: bool

    @property
    def missing(self) -> int:
        """How many are missing of those whom the rules ask for."""
        return max(0, self.due - len(self.holders))


def stretches(role: str, postings: Iterable[Holder]) -> list[Stretch]:
    """All time in stretches, each beginning the day after the one before it ends."""
    held = [each for each in postings if role in each.roles]
    starts = {each.first for each in held} | {each.last + _DAY for each in held if each.last is not None}
    cuts: list[date | None] = [None, *sorted(starts)]
    found = []
    for index, first in enumerate(cuts):
        after = cuts[index + 1] if index + 1 < len(cuts) else None
        there = tuple(each for each in held if first is not None and contains((each.first, each.last), first))
        found.append(Stretch(first, after - _DAY if after else None, there))
    return found


def post_on(role: str, postings: Sequence[Holder], day: date, *, due: int = 0, clause: str | None = None) -> Post:
    """The answer for one role and day, whatever the postings."""
    past = [each for each in stretches(role, postings) if each.first is None or each.first <= day]
    now = past[-1]
    short = []
    for stretch in reversed(past):
        if len(stretch.holders) >= max(due, 1):
            break
        short.append(stretch)
    since = short[-1].first if short else None
    return Post(role, due, clause, now.holders, since, never=bool(short) and since is None)

"""Proposals for a roster: the empty days of a month filled in turn, or as the month before had them.

Pure arithmetic; nothing is on duty before somebody saves it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, timedelta

from apps.rules.language.on_duty import Member, counts, floor_due
from apps.rules.language.sets import Floor
from apps.rules.language.windows import Stretch

IsWork = Callable[[date], bool]
Named = Mapping[date, Collection[int]]


def rota_filled(
    floor: Floor,
    members: Sequence[Member],
    named: Named,
    span: Stretch,
    is_work: IsWork,
    out: Mapping[int, Sequence[Stretch]],
) -> dict[date, list[int]]:
    """The roster with its empty days filled, as many people a day as the floor asks for: always whoever has had the
    fewest days, of those the one who was on duty longest ago, of those the first on the list.

    Left out are those who are not posted, on leave, absent, or `out` on record that day.  Days with a name stay as they
    are, days for which the floor asks nothing stay empty.
    """
    found = {day: list(postings) for day, postings in named.items() if postings}
    had = Counter(posting for postings in found.values() for posting in postings)
    before = dict[int, date]()
    for day in (span.first + timedelta(days=ahead) for ahead in range(span.days)):
        if day not in found and _asked(floor, day, is_work):
            posted = [each for each in members if each.here(day) and counts(floor.roles, each)]
            free = [int(each.name) for each in posted if each.free(day) and not _out(out, int(each.name), day)]
            free.sort(key=lambda posting: (had[posting], before.get(posting, date.min)))
            if chosen := free[: floor_due(floor, len(posted))]:
                found[day] = chosen
                had.update(chosen)
        before.update(dict.fromkeys(found.get(day, ()), day))
    return found


def rota_copied(named: Named, earlier: Named, members: Sequence[Member], span: Stretch) -> dict[date, list[int]]:
    """The roster with its empty days as the month before had them on the same date, without those not posted or away."""
    found = {day: list(postings) for day, postings in named.items() if postings}
    by_number = {day.day: postings for day, postings in earlier.items()}
    for day in (span.first + timedelta(days=ahead) for ahead in range(span.days)):
        if day not in found:
            free = {int(each.name) for each in members if each.free(day)}
            if chosen := [posting for posting in by_number.get(day.day, ()) if posting in free]:
                found[day] = chosen
    return found


def _asked(floor: Floor, day: date, is_work: IsWork) -> bool:
    return floor.days == "all" or is_work(day) is (floor.days == "work")


def _out(out: Mapping[int, Sequence[Stretch]], posting: int, day: date) -> bool:
    return any(span.holds(day) for span in out.get(posting, ()))

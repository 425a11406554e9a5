"""Which days and months a running measure's window holds: a quarter, a half-year, a year."""

from __future__ import annotations

from functools import lru_cache

from apps.core.months import Month
from apps.rules.language.windows import Stretch, Window, window_at
from apps.rules.vocabulary import Window as WindowOf

STRETCHES: tuple[WindowOf, ...] = ("quarter", "half_year")  # the running windows that begin within a year


@lru_cache(maxsize=4096)
def stretch_of(window: WindowOf, month: Month) -> Stretch:
    """The window that holds the first day of a month; a running window holds the whole month."""
    found = window_at(Window(of=window), month.first)
    if found is None:
        raise ValueError(f"{month.label}没有“{window}”这样的期间。")
    return found


def months_before(window: WindowOf, month: Month) -> range:
    """The numbers of the months of a running window before this one: of a quarter none, one or two."""
    return range(stretch_of(window, month).first.month, month.month)

"""The lists of staffing, for the tabs above each of them."""

from __future__ import annotations

from apps.accounts.access import Actor

_TABS = (
    ("选派", "staffing:list", "staffing.view"),
    ("调整轮换", "staffing:departures", "departure.view"),
    ("交接", "staffing:handovers", "handover.view"),
    ("党组织关系", "staffing:party", "party.view"),
)


def tabs_of(actor: Actor, here: str) -> list[dict[str, object]]:
    """The lists that an actor may open, each with whether it is the one that is shown."""
    return [{"label": label, "name": name, "here": name == here} for label, name, action in _TABS if actor.may(action)]

"""What the page frame shows: the way around the product for the current position, and the positions to choose from.

Places are named by URL name only, so that this floor knows none of the floors above it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from apps.accounts.access import Actor, Position
from apps.accounts.selectors import team_named
from apps.core.http import link_up


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the navigation: its words, its URL name, the action of the access table that it needs (None: for
    everybody), and what else counts as being there (a namespace, or URL names)."""

    label: str
    name: str
    action: str | None
    around: tuple[str, ...] = ()


PLACES = (
    Place("今日待办", "desk:home", None),
    Place("考勤月表", "attendance:current", "sheet.view", ("attendance",)),
    Place("请假", "leave:list", "leave.view", ("leave",)),
    Place("请假备案", "leave:filings", "leave.filed", ("leave",)),
    Place("台账", "ledgers:list", "ledger.view", ("ledgers",)),
    Place("汇总", "desk:rollup", "rollup.view"),
    Place("派出单位", "desk:unit", "unit.view", ("reports:unit_quarter",)),
    Place("本人", "desk:self", "self.view"),
    Place("队伍", "teams:villages", "village.view", ("teams:village", "teams:terms")),
    Place("花名册", "teams:roster", "roster.view", ("reports:roster", "reports:roster_preview")),
    Place("选派", "staffing:list", "staffing.view", ("staffing",)),
    Place("公示", "notices:list", "notice.view", ("notices",)),
    Place("制度", "jurisdictions:rules", "rules.view", ("jurisdictions", "amendments")),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """`nav`, `position` and `positions` for base.html; empty for a request without a position."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return {"nav": [], "positions": [], "position": None}
    here = _here(request)
    return {
        "nav": [_entry(place, url, here) for place, url in _reachable(actor)],
        "positions": [_position(position) for position in _choice(actor, getattr(request, "positions", []))],
        "position": _position(actor.position),
    }


def _choice(actor: Actor, held: list[Position]) -> list[Position]:
    """The positions to choose from, those on a team with its name; a grant on a team that is gone is left out."""
    if len(held) < 2:
        return held
    return [named for position in held if (named := _named(actor, position))]


def _named(actor: Actor, position: Position) -> Position | None:
    if position.scope.team is None:
        return position
    return actor.position if position.key == actor.position.key else team_named(position)


def _reachable(actor: Actor) -> list[tuple[Place, str]]:
    """The places that the position may enter and that this installation has, with their addresses."""
    allowed = (place for place in PLACES if place.action is None or actor.may(place.action))
    return [(place, url) for place in allowed if (url := link_up(place.name))]


def _entry(place: Place, url: str, here: tuple[str, str]) -> dict[str, Any]:
    name, namespace = here
    active = name == place.name or bool({name, namespace} & set(place.around))
    return {"label": place.label, "url": url, "active": active}


def _here(request: HttpRequest) -> tuple[str, str]:
    match = request.resolver_match
    return (match.view_name, match.namespace) if match else ("", "")


def _position(position: Position) -> dict[str, str]:
    office = position.office_label
    label = office if position.label in office else f"{position.label} · {office}"
    return {"key": position.key, "label": label}

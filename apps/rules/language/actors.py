"""Who acts: an office or body by its name, or by its relation to the case ("the organisation department at the
dispatch unit's level")."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator

from apps.rules.language.values import Body
from apps.rules.terms import Frozen
from apps.rules.vocabulary import Relation, Subject


class Actor(Frozen):
    """Exactly one of `office` and `relation`; a relation says of whom (`of`).  Written short as the office's name."""

    office: Body | None = None
    relation: Relation | None = None
    of: Subject | None = None

    def resolved(self, related: Mapping[tuple[str, str], str]) -> str | None:
        """Who it is for a case: the office's name, or what `related[(relation, of)]` names; None when that is unknown."""
        if self.office is not None:
            return self.office
        return related.get((str(self.relation), str(self.of)))


def _short(value: object) -> Any:
    return {"office": value} if isinstance(value, str) else value


Who = Annotated[Actor, BeforeValidator(_short)]


def actor_fault(actor: Actor) -> tuple[str, str] | None:
    """What is wrong with an actor and what to write instead, or None."""
    if (actor.office is None) == (actor.relation is None):
        return (
            "由谁办要写 office 或 relation 其中一个。",
            "如 office: county_org_dept，或 relation: principal 加 of: unit。",
        )
    if actor.relation is not None and actor.of is None:
        return f"“{actor.relation}”没有说是谁的。", "请补上 of，如 of: unit。"
    return None

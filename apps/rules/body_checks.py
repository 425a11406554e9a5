"""Faults of the bodies that a pack speaks of: each is known to the software or declared by the pack or the one above."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from apps.rules.language.actors import Actor
from apps.rules.language.effects import Target
from apps.rules.language.parts import Fault
from apps.rules.pack import CONSTRUCTS, Pack
from apps.rules.problems import Place, suggestion
from apps.rules.vocabulary import KnownBody, Subject

KNOWN: frozenset[str] = frozenset(get_args(KnownBody))
SUBJECTS: frozenset[str] = frozenset(get_args(Subject))


def body_faults(pack: Pack, above: Pack | None) -> Iterator[Fault]:
    """Bodies that nobody has declared, anywhere in a rule or in what it becomes, and declarations of known ones."""
    for key in pack.bodies:
        if key in KNOWN or key in SUBJECTS:
            yield ("bodies", key), f"“{key}”系统已有，不能另起名称。", "请换一个代码，或删去这一行。"
    known = KNOWN.union(pack.bodies, above.bodies if above else ())
    for construct in CONSTRUCTS:
        for key, rule in getattr(pack, construct).items():
            yield from unknown_bodies(rule, (construct, key), known)
            for day in rule.changes:
                try:
                    changed = rule.rewritten(day)
                except ValidationError:
                    continue  # told where changes are checked
                yield from unknown_bodies(changed, (construct, key, "changes", day.isoformat()), known)


def unknown_bodies(value: Any, path: Place, known: Collection[str]) -> Iterator[Fault]:
    """A fault for every body below a value that is not among the known ones."""
    if isinstance(value, Actor | Target):
        named = [value.office] if isinstance(value, Actor) or value.of in SUBJECTS else [value.office, value.of]
        for body in named:
            if body is not None and body not in known:
                instead = f"{suggestion(body, sorted(known))}别的机构请在 bodies 里写上代码和名称。"
                yield path, f"不认识“{body}”。", instead
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from unknown_bodies(getattr(value, name), (*path, name), known)
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from unknown_bodies(item, (*path, str(name)), known)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from unknown_bodies(item, (*path, index), known)

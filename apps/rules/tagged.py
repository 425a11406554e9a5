"""Where pydantic found a fault, in terms of what was written.

In lists of effects, nodes and other things told apart by a word (`do: ban`, `op: sum`) pydantic puts that word into
the place of a fault (`effects, 0, ban, length`); nobody has written it there.
"""

from __future__ import annotations

from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from apps.rules.problems import Place


def written(model: type[BaseModel], loc: Place) -> tuple[Place, Any]:
    """The place without such words (and without `[key]`), and the type that stands there, None where it is unknown."""
    place: list[str | int] = []
    current: Any = model
    for part in loc:
        if part == "[key]":
            continue
        current = _bare(current)
        variants = _variants(current)
        if variants:
            current = next((variant for variant in variants if part in _tags(variant)), None)
            if current is not None:
                continue
        place.append(part)
        current = _below(current, part)
    return tuple(place), _bare(current)


def fields(model: type[BaseModel], loc: Place) -> list[str]:
    """The keys that may stand beside the last part of a fault's place; empty where any may."""
    _, beside = written(model, loc[:-1])
    return list(beside.model_fields) if _is_model(beside) else []


def _bare(annotation: Any) -> Any:
    """Without `Annotated` and `| None`."""
    while True:
        if get_origin(annotation) is Annotated:
            annotation = get_args(annotation)[0]
            continue
        rest = [argument for argument in get_args(annotation) if argument is not type(None)]
        if get_origin(annotation) in (Union, UnionType) and len(rest) == 1:
            annotation = rest[0]
            continue
        return annotation


def _variants(annotation: Any) -> list[type[BaseModel]]:
    """The models of a union, where it is one of models only."""
    if get_origin(annotation) not in (Union, UnionType):
        return []
    found = [_bare(argument) for argument in get_args(annotation) if argument is not type(None)]
    return found if all(_is_model(variant) for variant in found) else []


def _tags(variant: type[BaseModel]) -> set[str]:
    """The words that tell a variant: those of its required literal fields."""
    literals = (field for field in variant.model_fields.values() if field.is_required())
    return {
        word for field in literals if get_origin(field.annotation) is Literal for word in get_args(field.annotation)
    }


def _below(annotation: Any, part: str | int) -> Any:
    if _is_model(annotation):
        field = annotation.model_fields.get(str(part))
        return None if field is None else field.annotation
    arguments = get_args(annotation)
    if not arguments:
        return None
    return arguments[1] if get_origin(annotation) is dict else arguments[0]


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)

"""The law outside the month's book: rules of one construct in force on a day, after inheritance, overrides and regimes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from apps.rules.language.layers import InForce, Layer, in_force
from apps.rules.pack import CONSTRUCTS, Pack


def rules_of(packs: Sequence[Pack], construct: str, on: date) -> Mapping[str, InForce[Any]]:
    """{key: the rule in force} of one construct, from the packs of an area, nearest first and the nation's last.

    Asked twice it is the same object.  KeyError for a construct that the language does not have.
    """
    if construct not in CONSTRUCTS:
        raise KeyError(construct)
    return _rules_of(tuple(packs), construct, on)


@lru_cache(maxsize=4096)
def _rules_of(packs: tuple[Pack, ...], construct: str, on: date) -> Mapping[str, InForce[Any]]:
    return MappingProxyType(in_force(construct, [layer_of(pack, construct) for pack in packs], on))


def layer_of(pack: Pack, construct: str) -> Layer:
    """What one pack says of a construct."""
    return Layer(
        pack.code,
        pack.version,
        pack.effective,
        pack.written(construct),
        overrides=pack.overrides,
        regimes=pack.regimes,
    )

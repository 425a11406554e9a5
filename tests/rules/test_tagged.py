"""Places of faults as they are written, without the words pydantic puts in."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from apps.rules.language.ladders import Ladder
from apps.rules.language.nodes import Formula
from apps.rules.pack import Pack
from apps.rules.tagged import fields, written
from tests.rules.language.qinghe import text

DEEP = ("result", "otherwise", "of", "base", "parts", 1, "of", "parts", 0, "weight")


@pytest.mark.parametrize(
    ("kind", "file", "key", "at", "value", "place", "beside"),
    [
        (Ladder, "ladders", "absence_unit", ("rungs", 0, "effects", 1, "points"), "many", None, "floor"),
        (Ladder, "ladders", "absence_unit", ("rungs", 0, "effects", 1, "flor"), 0, None, "floor"),
        (Ladder, "ladders", "absence_person", ("rungs", 1, "effects", 2, "what", 0), "fame", None, None),
        (Ladder, "ladders", "absence_person", ("rungs", 1, "effects", 2, "length", "months"), 0, None, "until"),
        (Ladder, "ladders", "absence_person", ("rungs", 0, "effects", 0, "do"), "fine", ("rungs", 0, "effects", 0), None),
        (Formula, "formulas", "yearly_score", DEEP, "half", None, "weight"),
        (Formula, "formulas", "yearly_score", ("result", "otherwise", "mode"), "away", None, "digits"),
        (Formula, "formulas", "yearly_score", ("components", "unit", "between", "up_to"), "all", None, "under"),
        (Formula, "formulas", "unit_score", ("result", "of", 2, "bands", 0, "value"), "none", None, "at_least"),
    ],
)  # fmt: skip
def test_a_fault_is_told_where_it_is_written(
    kind: Any, file: str, key: str, at: tuple[Any, ...], value: Any, place: Any, beside: str | None
) -> None:
    raw: Any = text(file)[key]
    held = raw
    for part in at[:-1]:
        held = held[part]
    held[at[-1]] = value
    with pytest.raises(ValidationError) as caught:
        kind.model_validate(raw)
    error = next(told for told in caught.value.errors() if told["type"] != "too_short")  # the list around it
    found, _ = written(kind, error["loc"])
    assert found == (place or at)
    assert beside is None or beside in fields(kind, error["loc"])


def test_places_without_such_words_stay_as_they_are() -> None:
    assert written(Pack, ("presence", "days", "values", "[key]"))[0] == ("presence", "days", "values")
    assert "binds" in fields(Pack, ("presence", "days", "bind"))
    assert fields(Pack, ("settings", "anything")) == []

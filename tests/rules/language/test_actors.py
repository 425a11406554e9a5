"""Actors: by name or by relation to the case."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from apps.rules.language.actors import Actor, Who, actor_fault

READ = TypeAdapter(Who)


@pytest.mark.parametrize(
    ("written", "who"),
    [
        ("county_office", "county_office"),
        ({"office": "unit_head"}, "unit_head"),
        ({"relation": "org_dept_at_level", "of": "unit"}, "中共兰州市委组织部"),
        ({"relation": "principal", "of": "township"}, None),
    ],
)
def test_who_it_is_for_a_case(written: Any, who: str | None) -> None:
    actor = READ.validate_python(written)
    assert actor_fault(actor) is None
    assert actor.resolved({("org_dept_at_level", "unit"): "中共兰州市委组织部"}) == who


@pytest.mark.parametrize("written", [{}, {"office": "unit_head", "relation": "principal"}, {"relation": "principal"}])
def test_an_actor_that_says_too_little_or_too_much_is_a_fault(written: Any) -> None:
    assert actor_fault(Actor.model_validate(written)) is not None


def test_a_body_is_written_by_its_key() -> None:
    with pytest.raises(ValidationError):
        READ.validate_python("市长")

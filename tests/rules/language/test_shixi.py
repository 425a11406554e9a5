"""The fictitious county's rules of procedure: every topic file reads, has no fault, cites, and survives JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import TypeAdapter

from apps.rules.language import chains, duties, eligibility, records, sets, states
from apps.rules.language.duties import Duty
from apps.rules.language.eligibility import Eligibility
from apps.rules.language.procedures import Procedure
from apps.rules.language.records import Record
from apps.rules.language.rule import Rule
from apps.rules.language.sets import SetRule
from apps.rules.language.states import SetState

PACK = Path(__file__).parent.parent / "packs" / "shixi"
TOPICS: list[tuple[str, type[Rule], Callable[[Any], Iterable[Any]]]] = [
    ("procedures", Procedure, chains.faults),
    ("eligibility", Eligibility, eligibility.faults),
    ("sets", SetRule, sets.faults),
    ("states", SetState, states.faults),
    ("duties", Duty, duties.faults),
    ("records", Record, records.faults),
]


@pytest.mark.parametrize(("topic", "model", "faults"), TOPICS, ids=[topic for topic, _, _ in TOPICS])
def test_every_rule_reads_without_fault_and_survives_being_written_out(
    topic: str, model: type[Rule], faults: Callable[[Any], Iterable[Any]]
) -> None:
    written = yaml.safe_load((PACK / f"{topic}.yaml").read_text("utf-8"))
    assert list(written) == [topic]
    rules = TypeAdapter(dict[str, model]).validate_python(written[topic])  # type: ignore[valid-type]
    assert list(faults(rules)) == []
    assert all(rule.clause and rule.clause.startswith("SX-") for rule in rules.values())
    for rule in rules.values():
        assert model.model_validate(json.loads(json.dumps(rule.model_dump(mode="json")))) == rule
        assert model.model_validate(rule.model_dump(mode="json", exclude_unset=True)) == rule

"""Whoever only ever does what is open arrives at the end, and nothing is wrong with what he did."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from apps.rules.language.procedures import Procedure, acts_of
from apps.rules.language.proceeding import Done, Open, Situation, next_steps, procedure_findings, state_of
from apps.rules.language.selectors import Case

PACK = Path(__file__).parent.parent / "packs" / "shixi" / "procedures.yaml"
RULES = TypeAdapter(dict[str, Procedure]).validate_python(yaml.safe_load(PACK.read_text("utf-8"))["procedures"])
SITUATION = Situation(
    case=Case(roles=frozenset({"member"})),
    related={
        ("principal", "unit"): "unit_head",
        ("party_committee", "unit"): "unit_party_committee",
        ("org_dept_at_level", "unit"): "city_org_dept",
    },
)
DAY = date(2026, 3, 2)


def act(entry: Open) -> Done:
    return Done(entry.key, DAY, entry.by[0] if entry.by else "", joined=frozenset(entry.along))


@given(st.sampled_from(sorted(RULES)), st.data())
def test_every_path_through_open_steps_ends_and_is_without_fault(name: str, data: st.DataObject) -> None:
    rule, done = RULES[name], list[Done]()
    most = len(acts_of(rule.steps)) + len(rule.filings) + len(rule.notices)
    while entries := next_steps(rule, done, SITUATION):
        done.append(act(data.draw(st.sampled_from(entries))))
        assert len(done) <= most
    assert state_of(rule, done, SITUATION) == "complete"
    assert procedure_findings(rule, done, SITUATION, finished=True) == []


@given(st.sampled_from(sorted(RULES)), st.data())
def test_a_step_that_is_not_open_is_always_told(name: str, data: st.DataObject) -> None:
    rule = RULES[name]
    done: list[Done] = []
    for _ in range(data.draw(st.integers(0, 3))):
        entries = next_steps(rule, done, SITUATION)
        if entries:
            done.append(act(entries[0]))
    closed = {step.key for step in acts_of(rule.steps)} - {entry.key for entry in next_steps(rule, done, SITUATION)}
    if closed:
        wrong = Done(data.draw(st.sampled_from(sorted(closed))), DAY)
        assert "step_out_of_order" in {finding.code for finding in procedure_findings(rule, [*done, wrong], SITUATION)}

"""States of a set, worked out by hand from the members' states of several windows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from apps.rules.language.states import SetState, Snapshot, faults, state_of
from apps.rules.trace import recompute

PACK = Path(__file__).parent.parent / "packs" / "shixi" / "states.yaml"
READ = TypeAdapter(dict[str, SetState])
RULES = READ.validate_python(yaml.safe_load(PACK.read_text("utf-8"))["states"])
WORDS = {"m": "met", "s": "short", "a": "absent", "?": None, "g": "green", "r": "red"}
ROLES = {"甲": frozenset({"leader"})}


def windows(*months: str) -> list[Snapshot]:
    """Each month's members 甲, 乙, 丙, 丁 by the first letter of their state."""
    return [
        Snapshot(f"第{number}期", {name: WORDS[letter] for name, letter in zip("甲乙丙丁", month, strict=False)}, ROLES)
        for number, month in enumerate(months, 1)
    ]


def test_the_pack_has_no_fault() -> None:
    assert list(faults(RULES)) == []


@pytest.mark.parametrize(
    ("months", "state", "clause"),
    [
        (["mmms"], "green", "SX-30-4"),  # 75 %
        (["mmss"], "yellow", "SX-30-3"),
        (["mma"], "blue", "SX-30-4"),  # 66.7 %, one absent who is not the leader
        (["amm"], "yellow", "SX-30-3"),
        (["mmma"], "green", "SX-30-4"),
        (["mmma", "mmma"], "red", "SX-30-1"),  # 丁 two months in a row
        (["mmam", "mmma"], "green", "SX-30-4"),  # two different people
        (["mmma", "mmmm", "mmma"], "green", "SX-30-4"),
        (["ssmm", "mssm"], "yellow", "SX-30-3"),
        (["ssmm", "mssm", "mmss"], "red", "SX-30-2"),
        (["ssmm", "mmmm", "mssm", "mmss"], "yellow", "SX-30-3"),
        (["ssmm", "mssm", "mmss", "mmmm"], "green", "SX-30-4"),
        (["mm??"], "blue", "SX-30-4"),
        ([""], "blue", "SX-30-4"),
    ],
)
def test_the_state_of_a_team(months: list[str], state: str, clause: str) -> None:
    found = state_of(RULES["team_light"], windows(*months))
    assert (found.state, found.clause) == (state, clause)
    assert found.provisional is ("?" in months[-1])


@pytest.mark.parametrize(
    ("quarters", "state"),
    [
        (["gg", "gg"], "reached"),
        (["gg"], None),  # one quarter says nothing of two
        (["rg", "gg"], None),
        (["gg", "g?"], "reached"),
        (["gg", "??"], None),
        (["gg", "gm"], None),
        (["rg", "gg", "gg"], "reached"),
    ],
)
def test_all_none_and_known_members_only(quarters: list[str], state: str | None) -> None:
    assert state_of(RULES["village_progress"], windows(*quarters)).state == state


def test_the_trace_recomputes_to_what_is_shown() -> None:
    (share,) = state_of(RULES["team_light"], windows("mmms")).traces
    assert (share["value"], recompute(share), share["of"]) == (75, 75, 4)
    (third,) = state_of(
        RULES["village_progress"].model_copy(update={"states": RULES["team_light"].states[-1:]}), windows("mmm")
    ).traces
    assert third["value"] == recompute(third) == 100
    many, leader = state_of(RULES["team_light"], windows("ssas")).traces
    assert [(trace["value"], recompute(trace)) for trace in (many, leader)] == [(4, 4), (0, 0)]
    (lasting,) = state_of(RULES["team_light"], windows("mmma", "mama", "maas")[:2]).traces
    assert (lasting["value"], recompute(lasting), lasting["inputs"]) == (1, 1, {"甲": 0, "乙": 0, "丙": 0, "丁": 1})
    (own,) = state_of(RULES["team_light"], windows("ssmm", "mssm", "mmss")).traces
    assert (own["value"], recompute(own), own["due"]) == (3, 3, 3)


def test_without_a_window_there_is_no_answer() -> None:
    with pytest.raises(ValueError, match="没有期间"):
        state_of(RULES["team_light"], [])


@given(st.lists(st.text("msa?", min_size=4, max_size=4), min_size=1, max_size=4))
def test_every_trace_recomputes(months: list[str]) -> None:
    for trace in state_of(RULES["team_light"], windows(*months)).traces:
        assert recompute(trace) == trace["value"]


@pytest.mark.parametrize(
    ("written", "word", "place"),
    [
        ({}, "没有写任何状态", ()),
        ({"window": "event", "states": [{"state": "red", "when": {"members": "any", "among": ["a"]}}]}, "按期间", ("window",)),
        ({"states": [{"state": "red", "when": {"among": ["a"]}}]}, "一个也没有", ("states", 0, "when")),
        (
            {"states": [{"state": "red", "when": {"members": "any", "number": {"at_least": 1}, "among": ["a"]}}]},
            "members、number",
            ("states", 0, "when"),
        ),
        (
            {"states": [{"state": word, "when": {"members": "any", "among": ["a"]}} for word in ("red", "blue")]},
            "轮不到",
            ("states", 1),
        ),
        ({"states": [{"state": "red", "when": {"any": []}}]}, "里面没有条件", ("states", 0, "when", "any")),
        ({"states": [{"state": "red", "when": {"members": "any"}}]}, "数哪几种", ("states", 0, "when")),
        ({"states": [{"state": "red", "when": {"own": ["gold"]}}]}, "没有“gold”", ("states", 0, "when", "own", 0)),
        ({"states": [{"state": "red", "when": {"number": {}, "among": ["a"]}}]}, "界限", ("states", 0, "when", "number")),
        (
            {"states": [{"state": "red", "when": {"percent": {"at_least": 101}, "among": ["a"]}}]},
            "超过 100",
            ("states", 0, "when", "percent"),
        ),
    ],
)  # fmt: skip
def test_the_linter_tells_what_is_wrong(written: dict[str, Any], word: str, place: tuple[Any, ...]) -> None:
    found = list(faults(READ.validate_python({"one": {"label": "一", **written}})))
    assert [(path, word in message) for path, message, _ in found] == [(("states", "one", *place), True)], found

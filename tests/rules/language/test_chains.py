"""Chains: which procedure a request takes, and what the linter tells of procedures."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import TypeAdapter

from apps.rules.language.chains import Chain, Length, chain_for, faults
from apps.rules.language.procedures import Procedure
from apps.rules.language.proceeding import state_of
from apps.rules.language.selectors import Case

PACK = Path(__file__).parent.parent / "packs" / "shixi" / "procedures.yaml"
READ = TypeAdapter(dict[str, Procedure])
RULES = READ.validate_python(yaml.safe_load(PACK.read_text("utf-8"))["procedures"])
MEMBER = Case(roles=frozenset({"member"}))
FIRST = Case(roles=frozenset({"first_secretary"}))


def rules(**written: Any) -> dict[str, Procedure]:
    return READ.validate_python({key: {"label": key, "matter": "leave", **each} for key, each in written.items()})


def test_the_pack_has_no_fault() -> None:
    assert list(faults(RULES)) == []


@pytest.mark.parametrize(
    ("days", "accumulated", "kind", "key", "clause"),
    [
        (1, 0, "", "leave_member_short", "SX-12-1"),
        (3, 20, "事假", "leave_member_short", "SX-12-1"),
        ("3.5", 20, "", "leave_member_long", "SX-12-2"),
        (15, 15, "", "leave_member_long", "SX-12-2"),
        (2, 21, "", "leave_member_beyond", "SX-12-5"),
        (16, 16, "", None, None),
        (98, 98, "产假", "leave_childbirth", "SX-12-6"),
        (2, 2, "产假", "leave_childbirth", "SX-12-6"),
    ],
)
def test_a_request_takes_the_chain_of_its_days_its_year_and_its_kind(
    days: Any, accumulated: int, kind: str, key: str | None, clause: str | None
) -> None:
    chain = chain_for(RULES, MEMBER, Decimal(days), accumulated, kind)
    assert (chain and chain.key, chain and chain.clause) == (key, clause)


def test_a_role_without_a_chain_has_none() -> None:
    assert chain_for(RULES, FIRST, 1) is None
    assert chain_for(RULES, FIRST, matter="selection") == Chain("selection", RULES["selection"], "SX-5-1")


def test_the_more_special_chain_wins_and_days_count_as_the_rule_counts_them() -> None:
    several = rules(
        all={"days": {"up_to": 5}, "counted": "workday", "steps": [{"approve": "township_clerk"}]},
        all_long={"days": {"over": 5}, "counted": "workday", "steps": [{"approve": "county_office"}]},
        far={"applies": {"area_classes": ["远"]}, "steps": [{"approve": "township_leader"}]},
        leader={"applies": {"roles": ["leader"]}, "days": {"up_to": 5}, "steps": [{"approve": "township_secretary"}]},
    )
    assert [
        chain and chain.key
        for chain in (
            chain_for(several, MEMBER, Length(7, 5)),
            chain_for(several, MEMBER, Length(8, 6)),
            chain_for(several, Case(roles=frozenset({"member"}), area_class="远"), Length(7, 5)),
            chain_for(several, Case(roles=frozenset({"leader"})), Length(5, 3)),
            chain_for(several, Case(roles=frozenset({"leader"})), Length(6, 4)),
        )
    ] == ["all", "all_long", "far", "leader", "all"]


@pytest.mark.parametrize(
    ("written", "word", "place"),
    [
        ({"one": {}}, "一步也没有", ("one",)),
        ({"one": {"steps": [{"approve": "team", "together": [{"sign": "team"}, {"agree": "team"}]}]}}, "要么", ("one", "steps", 0)),
        ({"one": {"steps": [{"together": [{"sign": "team"}]}]}}, "只有一项", ("one", "steps", 0)),
        (
            {"one": {"steps": [{"together": [{"sign": "team"}, {"agree": "team"}], "at_least": 3}]}},
            "不能要求 3",
            ("one", "steps", 0, "at_least"),
        ),
        ({"one": {"steps": [{"agree": "team", "missing": "deemed"}]}}, "没有写期限", ("one", "steps", 0, "missing")),
        (
            {"one": {"steps": [{"agree": "team", "within": {"days": 3, "after": "apply"}}]}},
            "没有叫“apply”",
            ("one", "steps", 0, "within", "after"),
        ),
        ({"one": {"steps": [{"agree": "team", "within": {"days": 3, "workdays": 2}}]}}, "一种写法", ("one", "steps", 0, "within")),
        ({"one": {"steps": [{"agree": "team", "returns_to": "apply"}]}}, "没有叫", ("one", "steps", 0, "returns_to")),
        (
            {"one": {"applies": {"roles": ["leader"]}, "steps": [{"agree": "team", "applies": {"roles": ["member"]}}]}},
            "走不到",
            ("one", "steps", 0, "applies"),
        ),
        (
            {"one": {"applies": {"roles": ["leader"]}, "steps": [{"approve": "team_leader"}]}},
            "给自己审批",
            ("one", "steps", 0),
        ),
        ({"one": {"steps": [{"agree": {"relation": "principal"}}]}}, "没有说是谁的", ("one", "steps", 0, "by", 0)),
        ({"one": {"filings": [{"to": ["team"], "after": "stamp"}]}}, "没有叫“stamp”", ("one", "filings", 0, "after")),
        ({"one": {"steps": [{"agree": "team", "preset": True}]}}, "取哪种理解", ("one", "steps", 0)),
        ({"one": {"steps": [{"key": "a", "agree": "team"}, {"key": "a", "sign": "team"}]}}, "写了两次", ("one", "steps", 1)),
        (
            {"a": {"days": {"up_to": 3}, "filings": ["team"]}, "b": {"days": {"at_least": 3}, "filings": ["team"]}},
            "与“a”重叠",
            ("b",),
        ),
        (
            {"a": {"days": {"up_to": 3}, "filings": ["team"]}, "b": {"days": {"over": 4}, "filings": ["team"]}},
            "没有着落",
            ("b",),
        ),
        (
            {
                "a": {"days": {"up_to": 3}, "accumulated": {"up_to": 10}, "filings": ["team"]},
                "b": {"days": {"over": 3}, "filings": ["team"]},
            },
            "累计 11",
            ("b",),
        ),
    ],
)  # fmt: skip
def test_the_linter_tells_what_is_wrong(written: dict[str, Any], word: str, place: tuple[Any, ...]) -> None:
    found = list(faults(rules(**written)))
    assert [(path, word in message) for path, message, _ in found] == [(("procedures", *place), True)], found
    assert all(instead for _, _, instead in found)


def test_chains_of_other_roles_kinds_or_classes_do_not_overlap() -> None:
    assert not list(
        faults(
            rules(
                a={"days": {"up_to": 3}, "filings": ["team"], "applies": {"roles": ["leader"]}},
                b={"days": {"up_to": 5}, "filings": ["team"], "applies": {"roles": ["member"]}},
                c={"days": {"up_to": 4}, "filings": ["team"], "kinds": ["病假"]},
                d={"days": {"up_to": 4}, "filings": ["team"], "kinds": ["婚假"]},
            )
        )
    )


def test_a_delegated_procedure_gives_way_to_one_with_steps_and_is_never_complete() -> None:
    steps = [{"apply": "cadre"}, {"approve": "team_leader"}]
    rules = READ.validate_python(
        {
            "delegated": {"label": "请假程序由县里定", "matter": "leave", "delegated_to": "county", "clause": "SX-1"},
            "own": {"label": "请假", "matter": "leave", "steps": steps, "clause": "SX-2"},
        }
    )
    found = chain_for(rules, Case(), 3)
    assert found is not None
    assert found.key == "own"
    assert state_of(rules["delegated"]) == "open"

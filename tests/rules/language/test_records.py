"""Records, papers and notices: what is missing in them, how long they are shown, what the linter tells."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import TypeAdapter

from apps.rules.language.deadlines import last_day
from apps.rules.language.records import Record, Shown, faults, record_findings, signatures_missing

PACK = Path(__file__).parent.parent / "packs" / "shixi" / "records.yaml"
READ = TypeAdapter(dict[str, Record])
RULES = READ.validate_python(yaml.safe_load(PACK.read_text("utf-8"))["records"])


def test_the_pack_has_no_fault() -> None:
    assert list(faults(RULES)) == []


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"职责任务": "……", "交接方式": "当面"}, []),
        ({"职责任务": "", "交接方式": "当面"}, [("field_missing", "SX-17-2")]),
        ({"职责任务": "……"}, [("field_missing", "SX-17-3")]),
        ({"职责任务": "……", "交接方式": "电话"}, [("field_not_offered", "SX-17-3")]),
    ],
)
def test_what_is_missing_in_a_list(given: dict[str, Any], found: list[tuple[str, str]]) -> None:
    told = record_findings(RULES["handover_list"], given)
    assert [(finding.code, finding.clause) for finding in told] == found
    assert all(finding.severity == "block" for finding in told)


def test_a_nought_is_filled_in_and_an_optional_field_may_be_empty() -> None:
    assert record_findings(RULES["worklog"], {"工作内容": "入户", "走访户数": 0}) == []
    assert record_findings(RULES["worklog"], {"工作内容": 0}) == []


@pytest.mark.parametrize(
    ("name", "signed", "missing"),
    [
        ("month_sheet", set(), ("village_branch", "village_committee")),
        ("month_sheet", {"village_committee"}, ()),
        ("handover_list", {"township_discipline", "王"}, ("successor:post",)),
        ("handover_list", {"王"}, ("successor:post", "township_discipline")),
    ],
)
def test_whose_signature_is_missing(name: str, signed: set[str], missing: tuple[str, ...]) -> None:
    related = {("predecessor", "post"): "王"}
    assert signatures_missing(RULES[name], frozenset(signed), related) == missing


@pytest.mark.parametrize(
    ("shown", "last"),
    [
        ({"workdays": 5}, "2026-03-12"),  # Friday the 6th, then Monday to Thursday
        ({"days": 7}, "2026-03-12"),
        ({"days": 1}, "2026-03-06"),
        ({}, None),
    ],
)
def test_the_last_day_of_a_notice(shown: dict[str, int], last: str | None) -> None:
    found = Shown.model_validate(shown).last(date(2026, 3, 6))
    assert found == (date.fromisoformat(last) if last else None)


def test_the_packs_own_days_and_years() -> None:
    due, shown = RULES["month_sheet"].due, RULES["candidates"].shown
    assert due is not None
    assert shown is not None
    assert last_day(due, {"period_last": date(2026, 3, 31)}) == date(2026, 4, 5)
    assert shown.last(date(2026, 3, 6)) == date(2026, 3, 12)
    assert RULES["handover_list"].kept_years == 5


@pytest.mark.parametrize(
    ("written", "word", "place"),
    [
        ({"fields": ["姓名", "姓名"]}, "写了两次", ("fields", 1)),
        ({"items": ["甲", "甲"]}, "写了两次", ("items", 1)),
        ({"items": ["甲", "乙"], "number": 3}, "3 份，列了 2 份", ("number",)),
        ({"fields": [{"label": "方式", "type": "choice"}]}, "同时写", ("fields", 0)),
        ({"fields": [{"label": "方式", "choices": ["甲"]}]}, "同时写", ("fields", 0)),
        ({"basis": ["two"]}, "没有另一份", ("basis", 0)),
        ({"signatures": "any", "signers": ["member"]}, "写不上“任一”", ("signatures",)),
        ({"kind": "notice"}, "在哪里", ()),
        ({"shown": {"days": 3, "workdays": 3}}, "只能写一个", ("shown",)),
        ({"window": "month", "on_events": {"ill": "病"}}, "只能写一个", ("on_events",)),
        ({"due": {"days": 3, "day": 3}}, "一种写法", ("due",)),
        ({"due": {"days": 3, "after": "approve"}}, "没有叫“approve”", ("due",)),
        ({"kept_by": {"relation": "principal"}}, "没有说是谁的", ("kept_by", 0)),
    ],
)
def test_the_linter_tells_what_is_wrong(written: dict[str, Any], word: str, place: tuple[Any, ...]) -> None:
    found = list(faults(READ.validate_python({"one": {"label": "一", "kind": "list", **written}})))
    assert [(path, word in message) for path, message, _ in found] == [(("records", "one", *place), True)], found

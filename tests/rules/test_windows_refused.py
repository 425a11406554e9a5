"""Combinations of window, unit and value that mean nothing, each refused with its line and what to write instead."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from apps.rules.catalogue import Clause
from apps.rules.checks import faults
from apps.rules.pack import Pack
from apps.rules.problems import PackError
from apps.rules.reader import read_pack
from tests.rules.conftest import QINGYA, known_with_own


@pytest.mark.parametrize(
    ("old", "new", "at", "says", "advises"),
    [
        ("short: 月住村\n    window: month\n    unit: night\n    counts: [in_village]",
         "short: 月住村\n    window: month\n    unit: night\n    counts: [in_village, official_trip]",
         "counts: [in_village, official_trip]", "夜数只数在村住下的夜晚", "counts: [in_village]"),
        ("window: month\n    unit: night", "window: month\n    days: work\n    unit: night",
         "days: work", "夜数不分工作日", "请删去"),
        ("prorate: posted_days\n    start_year: whole", "prorate: posted_workdays\n    start_year: whole",
         "prorate: posted_workdays", "夜数不能按工作日折算", "posted_days"),
        ("window: week\n", "window: week\n    skip_short_weeks: true\n",
         "skip_short_weeks", "短周看的是工作日", "请删去"),
        ("{at_least: 60,", "{share: [1, 2],", "share: [1, 2]", "夜数没有比例", "at_least: 夜数"),
        ("{at_least: 8,", "{at_most: 8,", "at_most: 8", "按半月、按周的要求只能写 at_least", "at_least"),
        ("{at_least: 8,", "{at_least: 17,", "at_least: 17", "超过了这个期间的天数 16", "window"),
        ("{at_least: 40,", "{at_least: 93,", "at_least: 93", "超过了这个期间的天数 92", "window"),
        ("{at_least: 110,", "{at_least: 185,", "at_least: 185", "超过了这个期间的天数 184", "window"),
        ("subset_of: month_days", "subset_of: half_year_days", "subset_of", "期间不同", "window"),
        ("clause: QY-4-1}", "clause: QY-4-1}\n    prorate: posted_days", "prorate", "按季度、半年、年的要求才能折算", "删去"),
    ],
)  # fmt: skip
def test_a_combination_without_meaning_is_refused_with_its_line(
    tmp_path: Path, packs: dict[str, Pack], catalogue: dict[str, Clause],
    old: str, new: str, at: str, says: str, advises: str,
) -> None:  # fmt: skip
    folder = tmp_path / "qingya"
    shutil.copytree(QINGYA, folder)
    text = (folder / "attendance.yaml").read_text("utf-8")
    assert old in text
    (folder / "attendance.yaml").write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(PackError) as caught:
        read_pack(folder, known_with_own(catalogue, folder), packs["central"])
    (problem,) = caught.value.problems
    assert says in problem.message
    assert advises in problem.instead
    assert at in (folder / "attendance.yaml").read_text("utf-8").splitlines()[problem.line - 1]


def test_nights_are_asked_for_only_where_a_sheet_keeps_them(
    tmp_path: Path, packs: dict[str, Pack], catalogue: dict[str, Clause], qingya: Pack
) -> None:
    """The nation's sheet keeps none: without its own word the county's does not either."""
    folder = tmp_path / "qingya"
    shutil.copytree(QINGYA, folder)
    file = folder / "sheet.yaml"
    file.write_text(file.read_text("utf-8").replace("  nights: {value: true, clause: QY-7}\n", ""), "utf-8")
    with pytest.raises(PackError) as caught:
        read_pack(folder, known_with_own(catalogue, folder), packs["central"])
    assert {problem.message for problem in caught.value.problems} == {"考勤表不登记住宿，夜数无从数起。"}
    assert len(caught.value.problems) == 6
    below = {
        "code": "below",
        "title": "街道",
        "issuer": "街道",
        "level": "county",
        "area": "C620103",
        "inherits": "qingya",
    }
    off = {"effective": "2026-01-01", "sheet": {"nights": {"value": False, "note": "不登记"}}}
    found = list(faults(Pack.load({**below, **off}), catalogue, qingya))
    assert {place for place, _, _ in found} == {("sheet", "nights", "value")}
    assert "month_nights" in found[0][1]

"""One fault each in a pack of the constructs: refused, with file, line, what is wrong and what to write instead."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml

from apps.rules.problems import PackError
from apps.rules.reader import read_pack

PACKS = Path(__file__).parent / "packs"
CLAUSES = {
    found for file in PACKS.rglob("*.yaml") for found in re.findall(r"[A-Z]{2}-[0-9-]+", file.read_text("utf-8"))
}
BROKEN = {case["name"]: case for case in yaml.safe_load((PACKS / "broken_law.yaml").read_text("utf-8"))}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_rule_is_refused_with_its_line_and_what_to_write(tmp_path: Path, name: str) -> None:
    case = BROKEN[name]
    folder = tmp_path / case["base"]
    shutil.copytree(PACKS / case["base"], folder)
    text = (folder / case["file"]).read_text("utf-8")
    assert case["old"] in text
    (folder / case["file"]).write_text(text.replace(case["old"], case["new"], 1), "utf-8")
    with pytest.raises(PackError) as caught:
        read_pack(folder, CLAUSES)
    found = [f"{fault.file} {fault.line} {fault.message}{fault.instead}" for fault in caught.value.problems]
    assert [told[:150] for told in found] == case["says"]


@pytest.mark.parametrize("base", ["qinghe", "shixi"])
def test_the_packs_are_good_before_they_are_broken(base: str) -> None:
    pack = read_pack(PACKS / base, CLAUSES)
    assert type(pack).load(pack.dump()) == pack


def test_there_are_forty_of_them() -> None:
    assert len(BROKEN) >= 40

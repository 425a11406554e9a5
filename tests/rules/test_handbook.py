"""The handbook's worked example is a pack: written out of its text it passes the check and means what it says."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from django.conf import settings

from apps.rules.catalogue import citations, read_catalogue
from apps.rules.language.chains import chain_for
from apps.rules.language.selectors import Case
from apps.rules.law import rules_of
from apps.rules.own import own_clauses
from apps.rules.reader import read_pack
from apps.rules.skeleton import skeleton

ROOT = Path(settings.BASE_DIR)
_BLOCK = re.compile(r"```yaml\n# file: (\S+)\n(.*?)```", re.DOTALL)


def example(folder: Path) -> Path:
    """The example as a folder."""
    for name, text in _BLOCK.findall((ROOT / "docs" / "rule-packs.md").read_text("utf-8")):
        (folder / name).write_text(text, "utf-8")
    return folder


def test_the_example_of_the_handbook_is_a_good_pack_and_cites_all_its_clauses(tmp_path: Path) -> None:
    folder = example(tmp_path)
    known = frozenset(read_catalogue(ROOT / "fixtures" / "clauses"))
    own = own_clauses(folder, known)
    assert own
    pack = read_pack(folder, known | own.ids)
    assert own.ids == citations(pack).keys()
    assert len(own.ids) == 10
    found = rules_of([pack], "procedures", date(2026, 5, 1))
    rules = {key: each.rule for key, each in found.items()}
    chosen = [chain_for(rules, Case(roles=frozenset({"member"})), days) for days in (3, 4)]
    assert [chain.key for chain in chosen if chain] == ["leave_short", "leave_long"]


def test_the_handbook_names_files_that_a_blank_pack_has_or_that_it_explains(tmp_path: Path) -> None:
    named = {file.name for file in example(tmp_path).iterdir()}
    assert skeleton("linhe", "central").keys() <= named

"""`manage.py rules`: a blank pack passes the check, the shipped ones do, a broken one is told by line."""

from __future__ import annotations

import shutil
from io import StringIO
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import CommandError, call_command

from apps.jurisdictions.models import Clause, RulePack

FIXTURES = Path(settings.BASE_DIR) / "fixtures" / "rules"


def said(*arguments: object) -> str:
    out = StringIO()
    call_command("rules", *map(str, arguments), stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("name", sorted(folder.name for folder in FIXTURES.iterdir() if folder.is_dir()))
def test_the_shipped_packs_are_clean(name: str) -> None:
    assert said("check", FIXTURES / name).splitlines()[-1].startswith(f"{FIXTURES / name}：没有发现问题")
    assert "提醒" not in said("check", FIXTURES / name)


def test_a_blank_pack_is_explained_and_passes_as_it_stands(tmp_path: Path) -> None:
    assert "逐个文件填写" in said("new", "newcounty", "--to", tmp_path)
    folder = tmp_path / "newcounty"
    assert sorted(file.name for file in folder.iterdir()) == [
        "attendance.yaml", "clauses.yaml", "ledger.yaml", "pack.yaml", "sheet.yaml",
    ]  # fmt: skip
    assert "引用条款 0 条" in said("check", folder)


def test_the_examples_in_a_blank_pack_are_right(tmp_path: Path) -> None:
    """With its comments taken away the blank pack is a pack with rules, and still passes."""
    said("new", "newcounty", "--to", tmp_path)
    folder = tmp_path / "newcounty"
    for file in folder.iterdir():
        text = file.read_text("utf-8")
        if "# 例：" in text:
            example = text.split("# 例：\n")[1]
            file.write_text("".join(line[2:] + "\n" for line in example.splitlines()), "utf-8")
    clauses = folder / "clauses.yaml"
    body = yaml.safe_load(clauses.read_text("utf-8"))
    (entry,) = body["clauses"]
    ids = {"NE-5-1", "NE-5-2", "NE-6-1", "NE-7-1"}
    body = {
        "source": {"code": "NE", "title": "办法"},
        "clauses": [entry | {"id": each, "binds": ["member"]} for each in sorted(ids)],
    }
    clauses.write_text(yaml.safe_dump(body, allow_unicode=True), "utf-8")
    assert "引用条款 4 条" in said("check", folder)


def test_a_fault_is_told_with_file_and_line(tmp_path: Path) -> None:
    folder = tmp_path / "tongwei"
    shutil.copytree(FIXTURES / "tongwei", folder)
    text = (folder / "attendance.yaml").read_text("utf-8")
    (folder / "attendance.yaml").write_text(text.replace("at_least: 220", "at_lest: 220"), "utf-8")
    with pytest.raises(CommandError, match=r"attendance\.yaml 第 \d+ 行.*at_least"):
        said("check", folder)


def test_an_existing_folder_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "newcounty").mkdir()
    with pytest.raises(CommandError, match="已经存在"):
        said("new", "newcounty", "--to", tmp_path)


@pytest.mark.parametrize("code", ["Upper", "9x", "../x", "县"])
def test_an_unusable_code_writes_nothing(tmp_path: Path, code: str) -> None:
    with pytest.raises(CommandError, match="不能用作代码"):
        said("new", code, "--to", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_value_stricter_than_above_under_its_clause_is_told(tmp_path: Path) -> None:
    said("new", "newcounty", "--inherits", "tongwei", "--to", tmp_path)
    text = (FIXTURES / "tongwei" / "attendance.yaml").read_text("utf-8").replace("at_least: 220", "at_least: 240")
    (tmp_path / "newcounty" / "attendance.yaml").write_text(text.replace("2018-04-13", "2026-01-01"), "utf-8")
    found = said("check", tmp_path / "newcounty")
    assert "提醒 presence › stationed_days › at_least：本级 240（TW-13-2），上一级 220（TW-13-2）" in found


@pytest.mark.django_db
def test_a_pack_is_published_by_two_people_with_its_own_clauses(tmp_path: Path, reference: None) -> None:
    said("new", "newcounty", "--to", tmp_path)
    folder = tmp_path / "newcounty"
    clause = {"id": "NE-5-1", "article": "第五条", "topic": "duties", "binds": ["team"], "modality": "must",
              "kind": "periodic", "gist": "每周一次例会"}  # fmt: skip
    body = {"source": {"code": "NE", "title": "某县办法"}, "clauses": [clause]}
    (folder / "clauses.yaml").write_text(yaml.safe_dump(body, allow_unicode=True), "utf-8")
    (folder / "duties.yaml").write_text(
        "duties:\n  week_meeting: {label: 每周例会, matter: meeting, who: team, window: week, clause: NE-5-1}\n",
        "utf-8",
    )
    (folder / "pack.yaml").write_text((folder / "pack.yaml").read_text("utf-8").replace("C000000", "C620102"), "utf-8")
    with pytest.raises(CommandError, match="两人"):
        said("publish", folder, "--by", "王某", "--confirmed-by", "王某")
    assert not RulePack.objects.filter(code="newcounty").exists()
    assert not Clause.objects.filter(pk="NE-5-1").exists(), "refused as a whole"
    assert said("publish", folder, "--by", "王某", "--confirmed-by", "李某").endswith("已发布。\n")
    pack = RulePack.objects.get(code="newcounty")
    assert (pack.proposed_by, pack.confirmed_by, pack.inherits) == ("王某", "李某", "central")
    assert Clause.objects.get(pk="NE-5-1").gist == "每周一次例会"
    assert "没有产生新版本" in said("publish", folder, "--by", "王某", "--confirmed-by", "李某")

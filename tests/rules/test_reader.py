"""One fault each in an otherwise good pack: refused, with the line and what to write instead."""

import re
import shutil
from pathlib import Path

import pytest
import yaml

from apps.rules.pack import Pack
from apps.rules.problems import PackError
from apps.rules.reader import read_pack

SAMPLE = Path(__file__).parent / "packs" / "sample"
CLAUSES = frozenset(f"SX-{number}" for number in range(1, 8))

BROKEN = {case["name"]: case for case in yaml.safe_load((SAMPLE.parent / "broken.yaml").read_text("utf-8"))}


def broken(folder: Path, file: str, old: str, new: str) -> Path:
    """A copy of the sample with one text replaced, once."""
    copy = folder / "sample"
    shutil.copytree(SAMPLE, copy)
    text = (copy / file).read_text("utf-8")
    assert old in text
    (copy / file).write_text(text.replace(old, new, 1), "utf-8")
    return copy


@pytest.mark.parametrize("name", list(BROKEN))
def test_a_broken_pack_is_refused_with_its_line_and_what_to_write(tmp_path, name):
    case = BROKEN[name]
    folder = broken(tmp_path, case["file"], case["old"], case["new"])
    with pytest.raises(PackError) as caught:
        read_pack(folder, CLAUSES)
    (problem,) = caught.value.problems
    assert case["says"] in problem.message
    assert case["advises"] in problem.instead
    assert str(problem).startswith(f"{problem.file} 第 {problem.line} 行")
    line = (folder / problem.file).read_text("utf-8").splitlines()[problem.line - 1]
    if "at" in case:
        assert problem.file == case["file"]
        assert case["at"] in line


def test_the_sample_is_good_and_means_what_it_says():
    pack = read_pack(SAMPLE, CLAUSES)
    assert pack.presence["stationed_days"].counts == ("in_village", "meeting")
    assert Pack.load(pack.dump()) == pack


def test_all_faults_are_told_at_once_in_the_order_of_the_files(tmp_path):
    folder = broken(tmp_path, "attendance.yaml", "window: week", "window: weekly")
    text = (folder / "sheet.yaml").read_text("utf-8")
    (folder / "sheet.yaml").write_text(text.replace("verb: confirm", "verb: approve"), "utf-8")
    with pytest.raises(PackError) as caught:
        read_pack(folder, CLAUSES)
    assert [problem.file for problem in caught.value.problems] == ["attendance.yaml", "sheet.yaml"]
    assert re.fullmatch(
        r"attendance\.yaml 第 28 行（presence › weekly_days › window）：不认识“weekly”。是不是 week？可用的有：.*",
        str(caught.value).splitlines()[0],
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("示例".encode("gb18030"), "不是 UTF-8 编码"),
        (b"", "文件是空的"),
        (b"a: \x00", "控制字符"),
        (b"- 1\n", "名称: 内容"),
        (b"#" * 500_000, "文件太大"),
        (b"a: &x [1]\nb: [*x, *x]\n", "不能用 & 和 * 引用"),
        (b"a: !!python/object:os.system x\n", "读不懂"),
    ],
)
def test_a_file_that_is_no_rules_file_is_refused_with_its_name(tmp_path, content, message):
    folder = tmp_path / "sample"
    shutil.copytree(SAMPLE, folder)
    (folder / "more.yaml").write_bytes(content)
    with pytest.raises(PackError, match=f"more.yaml 第 1 行.*{re.escape(message)}"):
        read_pack(folder, CLAUSES)


def test_a_folder_without_pack_yaml_is_no_pack(tmp_path):
    with pytest.raises(PackError, match=r"没有 pack\.yaml"):
        read_pack(tmp_path, CLAUSES)

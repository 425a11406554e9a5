"""Packs sent in: what is wrong is told by file and line, and nothing of a refused one is stored."""

from __future__ import annotations

import io
import zipfile

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from apps.accounts.access import Actor
from apps.amendments.models import Amendment
from apps.amendments.services import amendment_upload
from apps.core.errors import BadInput, Conflict, Forbidden
from apps.jurisdictions.models import Clause, RulePack
from tests.amendments.packs import COUNTY, RAISED, files_of, sent, zipped
from tests.desk.reading import plain
from tests.factories import actor_of
from tests.world import browser

pytestmark = pytest.mark.usefixtures("nation")
ADDRESS = "/rules/amendments/upload/"


@pytest.fixture
def office() -> Actor:
    return actor_of("county_office", COUNTY, "孙主任")


@pytest.fixture
def client(office: Actor) -> Client:
    return browser(office.user)


def upload(office: Actor, *files: SimpleUploadedFile) -> Amendment:
    return amendment_upload(actor=office, files=files, reason="县委常委会第9次会议")


def refused(office: Actor, *files: SimpleUploadedFile) -> BadInput:
    with pytest.raises(BadInput) as error:
        upload(office, *files)
    assert not Amendment.objects.exists()
    return error.value


def test_a_zip_of_the_folder_and_its_files_one_by_one_are_the_same_proposal(office: Actor) -> None:
    found = upload(office, zipped(files_of(attendance=RAISED)))
    assert (found.area, found.code, found.state, found.proposer) == (COUNTY, "tongwei", "proposed", "孙主任")
    assert found.pack.version == found.hash
    assert next(iter(found.pack.presence["stationed_days"].values.values())).at_least == 240
    with pytest.raises(Conflict, match="孙主任"):
        upload(office, *sent(files_of(attendance=RAISED)))
    assert Amendment.objects.count() == 1


def test_a_broken_pack_is_told_by_file_and_line_and_nothing_is_stored(client: Client) -> None:
    broken = files_of(attendance=("at_least: 220", "at_lest: 220"))
    line = next(n for n, text in enumerate(broken["attendance.yaml"].decode().splitlines(), 1) if "at_lest" in text)
    response = client.post(ADDRESS, {"files": [zipped(broken)], "reason": "试一试"})
    text = plain(response.content.decode())
    assert response.status_code == 400
    assert f"attendance.yaml {line} " in text
    assert "没有“at_lest”这一项。" in text and "是不是 at_least？" in text
    assert "试一试" in response.content.decode(), "what was typed is still there"
    assert not Amendment.objects.exists()


def test_every_fault_of_sense_is_told_with_its_file(office: Actor) -> None:
    broken = files_of(
        attendance=("clause: TW-13-2, see", "clause: TW-99-8, see"), pack=("see: [TW-2-1", "see: [TW-99-9")
    )
    details = refused(office, zipped(broken)).details
    assert [(each["file"], each["message"]) for each in details] == [
        ("attendance.yaml", "条款目录里没有“TW-99-8”。"),
        ("pack.yaml", "条款目录里没有“TW-99-9”。"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("area: C621121", "area: C621122", "只能提出本县"),
        ("code: tongwei", "code: dachuan", "不是“dachuan”"),
        ("inherits: central", "inherits: yulin", "上一级的规则包是“central”"),
        ("inherits: central", "inherits: null", "上一级的规则包是“central”"),
    ],
)
def test_a_pack_of_another_place_is_refused(office: Actor, old: str, new: str, words: str) -> None:
    error = refused(office, zipped(files_of(attendance=RAISED, pack=(old, new))))
    assert words in error.message + "".join(each["message"] for each in error.details)


def test_what_is_published_already_is_no_proposal(office: Actor) -> None:
    assert "已经发布过" in refused(office, zipped(files_of())).details[0]["message"]


def own(**entry: str) -> bytes:
    clause = {"id": "TX-1-1", "article": "第一条", "topic": "attendance", "binds": ["member"], "modality": "must",
              "kind": "threshold", "gist": "每年不少于240天"}  # fmt: skip
    body = {"source": {"title": "补充规定", "number": "1号"}, "clauses": [clause | entry]}
    return yaml.safe_dump(body, allow_unicode=True).encode()


def test_clauses_come_along_and_are_not_in_the_catalogue_before_the_publication(office: Actor) -> None:
    files = files_of(
        attendance=("{at_least: 220, modality: must, clause: TW-13-2", "{at_least: 240, modality: must, clause: TX-1-1")
    )
    found = upload(office, zipped(files | {"clauses.yaml": own()}))
    assert found.own and [clause.gist for clause in found.own.clauses] == ["每年不少于240天"]
    assert not Clause.objects.filter(pk="TX-1-1").exists()


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"id": "KM-9-2"}, "KM-9-2 已经用过"),
        ({"id": "TW-13-2"}, "TW-13-2 已经用过"),
        ({"id": "x"}, "不能用作条款号"),
        ({"kind": "wish"}, "不认识“wish”"),
        ({"gist": ""}, "不能空着"),
    ],
)
def test_a_clause_that_cannot_be_brought_along_is_told(office: Actor, entry: dict[str, str], words: str) -> None:
    details = refused(office, zipped(files_of(attendance=RAISED) | {"clauses.yaml": own(**entry)})).details
    assert [each["file"] for each in details] == ["clauses.yaml"]
    assert words in details[0]["message"] and details[0]["line"] > 1


def bomb(size: int) -> SimpleUploadedFile:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("pack.yaml", b"#" * size)
    assert len(out.getvalue()) < 200_000
    return SimpleUploadedFile("pack.zip", out.getvalue())


def lying(size: int) -> SimpleUploadedFile:
    """A bomb whose directory says that it is small."""
    content = bytearray(bomb(size).read())
    real = size.to_bytes(4, "little")
    for place in (content.index(real), content.rindex(real)):
        content[place : place + 4] = (100).to_bytes(4, "little")
    return SimpleUploadedFile("pack.zip", bytes(content))


NAMED = SimpleUploadedFile("Pack.YAML", b"code: x")
WRONG_FILES = {
    "nothing": ([], "请先选择规则包"),
    "a path out of the folder": ([zipped(files_of(), "../")], "文件夹以外"),
    "a path out of an inner folder": ([zipped(files_of(), "a/../../")], "文件夹以外"),
    "an absolute path": ([zipped(files_of(), "/etc/")], "文件夹以外"),
    "a path of Windows": ([zipped(files_of(), "..\\")], "文件夹以外"),
    "two folders": ([zipped({"a/pack.yaml": b"code: x", "b/pack.yaml": b"code: y"}, "")], "几个文件夹"),
    "a folder in a folder": ([zipped(files_of(), "a/b/")], "几个文件夹"),
    "another kind of file": ([zipped(files_of() | {"run.py": b"x"})], "run.py"),
    "a name that is none": ([NAMED], "Pack.YAML"),
    "a zip and a file": ([zipped(files_of()), *sent(files_of())[:1]], "只选一个 .zip"),
    "too many files": ([zipped({f"a{n}.yaml": b"x" for n in range(41)})], "太多"),
    "100 MB in 100 kB": ([bomb(100 * 1024 * 1024)], "太多"),
    "100 MB that say they are 100 bytes": ([lying(100 * 1024 * 1024)], "压缩包"),
    "no zip": ([SimpleUploadedFile("pack.zip", b"PK\x03\x04 nothing")], "打不开"),
    "a large zip": ([SimpleUploadedFile("pack.zip", b"x" * 1024 * 1025)], "文件太大"),
}


@pytest.mark.parametrize("name", WRONG_FILES)
def test_files_that_are_no_pack_are_refused(office: Actor, name: str) -> None:
    files, words = WRONG_FILES[name]
    for file in files:
        file.seek(0)
    assert words in refused(office, *files).message


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"sets: " + b"[" * 5000 + b"]" * 5000, "套得太深"),
        (b"sets: &a [1]\nstates: *a", "不能用 & 和 *"),
        (b"sets: !!python/object/apply:os.system [ls]", "下面应是"),
        (b"\xff\xfe", "UTF-8"),
    ],
)
def test_yaml_that_means_harm_is_a_fault_like_any_other(office: Actor, content: bytes, words: str) -> None:
    files = {
        name: text for name, text in files_of(attendance=RAISED).items() if name not in ("sets.yaml", "states.yaml")
    }
    error = refused(office, zipped(files | {"zz.yaml": content}))
    assert words in "".join(each["message"] for each in error.details)


def test_a_text_that_the_database_cannot_hold_is_a_fault(office: Actor) -> None:
    files = files_of(attendance=RAISED, pack=("number: 通办发〔2018〕35号", 'number: "a\\0b"'))
    assert "控制字符" in refused(office, zipped(files)).details[0]["message"]


@pytest.mark.parametrize(
    ("role", "area"), [("township_clerk", "C621121100"), ("city_office", "C6211"), ("nation_office", "C")]
)
def test_only_the_countys_two_offices_propose(role: str, area: str) -> None:
    with pytest.raises(Forbidden):
        upload(actor_of(role, area), zipped(files_of(attendance=RAISED)))
    assert not Amendment.objects.exists()
    assert RulePack.objects.filter(code="tongwei").count() == 1

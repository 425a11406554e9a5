"""Rule packs that people send in: a zip of one folder, or its files, put into a folder for the reader or refused whole.

What the zip's directory tells is judged before anything is unpacked, and what is unpacked is counted while it is read,
since a directory may lie.  Nothing outlives the block.  Source: security.md F1, F2, F4.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from django.core.files.base import File

from apps.core.errors import BadInput

MAX_ZIP = 1024 * 1024
MAX_BYTES = 4 * 1024 * 1024  # all files together, unpacked
MAX_FILES = 40
FOLDER = "规则包"
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}\.yaml")
_OWN_ZIP = "请只把规则包的文件夹压缩成一个 .zip，里面只放 .yaml 文件。"


@contextmanager
def unpacked(files: Sequence[File[Any]]) -> Iterator[Path]:
    """A folder with the files of one rule pack, gone after the block: of the one zip, or of the .yaml files.

    BadInput (Chinese; what is wrong, what to do) for everything that is not the files of one folder within the limits.
    """
    texts = _texts(files)
    with TemporaryDirectory() as place:
        folder = Path(place) / FOLDER
        folder.mkdir()
        for name, content in texts.items():
            (folder / name).write_bytes(content)
        yield folder


def _texts(files: Sequence[File[Any]]) -> dict[str, bytes]:
    """{file name: content}; every name is a plain one of the allowed form."""
    if not files:
        raise BadInput("请先选择规则包：一个 .zip，或同一个文件夹里的全部 .yaml 文件。")
    zips = [file for file in files if str(file.name).lower().endswith(".zip")]
    if zips and len(files) > 1:
        raise BadInput("选了压缩包就不要再选别的文件；请只选一个 .zip，或只选 .yaml 文件。")
    if sum(file.size for file in files) > (MAX_ZIP if zips else MAX_BYTES):
        raise BadInput(f"文件太大：压缩包不超过 {MAX_ZIP >> 20} MB，文件合计不超过 {MAX_BYTES >> 20} MB。")
    if zips:
        return _from_zip(zips[0].read())
    found: dict[str, bytes] = {}
    for file in files:
        _add(found, str(file.name), file.read())
    return found


def _add(found: dict[str, bytes], name: str, content: bytes) -> None:
    if not _NAME.fullmatch(name):
        raise BadInput(f"文件“{name[:80]}”不能用：文件名只能是小写英文字母、数字和下划线，以 .yaml 结尾。")
    if name in found:
        raise BadInput(f"文件“{name}”出现了两次；请只留一份。")
    if len(found) == MAX_FILES:
        raise BadInput(f"文件太多；一个规则包不超过 {MAX_FILES} 个文件。")
    found[name] = content


def _from_zip(content: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            return _entries(package)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
        raise BadInput(f"压缩包打不开，可能已经损坏、加了密码或不是 zip 格式。{_OWN_ZIP}") from error


def _entries(package: zipfile.ZipFile) -> dict[str, bytes]:
    entries = [entry for entry in package.infolist() if not entry.is_dir()]
    if len(entries) > MAX_FILES or sum(entry.file_size for entry in entries) > MAX_BYTES:
        raise BadInput(f"压缩包里的内容太多：不超过 {MAX_FILES} 个文件，解压后合计不超过 {MAX_BYTES >> 20} MB。")
    folders = {PurePosixPath(entry.filename).parent for entry in entries}
    if any(_leaves(entry.filename) for entry in entries):
        raise BadInput(f"压缩包里有指向文件夹以外的路径，没有接收。{_OWN_ZIP}")
    if len(folders) > 1 or any(len(folder.parts) > 1 for folder in folders):
        raise BadInput(f"压缩包里有几个文件夹；一次只上传一个规则包。{_OWN_ZIP}")
    found: dict[str, bytes] = {}
    left = MAX_BYTES
    for entry in entries:
        with package.open(entry) as stream:
            content = stream.read(left + 1)
        left -= len(content)
        if left < 0:
            raise BadInput(f"压缩包解压后超过 {MAX_BYTES >> 20} MB，没有接收。{_OWN_ZIP}")
        _add(found, PurePosixPath(entry.filename).name, content)
    return found


def _leaves(name: str) -> bool:
    path = PurePosixPath(name)
    return path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or "\0" in name

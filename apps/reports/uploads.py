"""Workbooks that people send in: checked before they are opened, read by a process of their own.

A workbook is a zip of XML; 5 kB of it can ask for gigabytes.  What the zip's directory tells is judged here, without
unpacking anything; the reading itself happens in a process of `uploads_child`, whose memory and time are bounded, so that
the worst file costs that process and no other request.  Source: security.md F1–F3.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Collection
from datetime import date, datetime
from io import BytesIO
from typing import Any

from django.core.files.base import File

from apps.core.errors import BadInput
from apps.reports.uploads_reader import read_apart

MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED = 100 * 1024 * 1024
MAX_RATIO = 100
MAX_ENTRIES = 2_000
MAX_ROWS = 20_000
MAX_COLUMNS = 200
MEMORY = 512 * 1024 * 1024
SECONDS = 30

Value = str | int | float | bool | date | datetime
Sheets = dict[str, list[list[Value]]]

SAVE_AS = "请在 WPS 或 Excel 中打开，另存为“Excel 工作簿（*.xlsx）”后再导入。"
_READ = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/")
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def guarded_workbook(file: File[Any], *, sheets: Collection[str] | None = None, head: int = 1) -> Sheets:
    """The values of a workbook: {sheet: rows from row 1, each row from column A}; an empty cell is ''.

    With `sheets` only these are read, and BadInput names those that are missing; other sheets of the book may hold
    what they like.  `head` is the row of the column heads: cells merged there or below are refused, above it a merged
    title is fine.  Numbers come as int where they are whole, dates as date, dates with a time as datetime; of formulas
    nothing is taken, they are refused.  BadInput for everything that is not a plain .xlsx within the limits above,
    its message in Chinese saying what is wrong and what to do; `details` is [{sheet, cell, message}].
    """
    content = _content(file)
    parts = _check_package(content)
    return _read(content, {"parts": parts, "sheets": sorted(sheets) if sheets is not None else None, "head": head})


def _content(file: File[Any]) -> bytes:
    name = str(file.name or "")
    if file.size > MAX_BYTES:
        raise BadInput(
            f"文件有 {file.size / 1024 / 1024:.1f} MB，超过 10 MB 的上限；请删去图片和多余的工作表后再导入。"
        )
    content: bytes = file.read()
    if not content:
        raise BadInput("文件是空的，请重新选择文件。")
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise BadInput("文件设有打开密码，系统无法读取；请取消密码后再导入。")
        raise BadInput(f"这是旧版 .xls 文件；{SAVE_AS}")
    if not content.startswith(b"PK"):
        raise BadInput(f"{_what_text(content)}；{SAVE_AS}")
    if name.lower().endswith(".xlsm"):
        raise BadInput(f"这是带宏的 .xlsm 文件，系统不接收宏；{SAVE_AS}")
    if not name.lower().endswith(".xlsx"):
        raise BadInput(f"文件名应以 .xlsx 结尾；{SAVE_AS}")
    return content


def _what_text(content: bytes) -> str:
    """What a file that is no zip seems to be."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "这是文本（CSV）文件，不是工作簿"
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content[:4096].decode(encoding, errors="strict" if len(content) <= 4096 else "ignore")
        except UnicodeDecodeError:
            continue
        if text.lstrip().startswith("<"):
            return "这是网页或 XML 文件，不是工作簿"
        if all(letter.isprintable() or letter in "\r\n\t" for letter in text):
            return "这是文本（CSV）文件，不是工作簿"
    return "这不是 Excel 工作簿，或文件已经损坏"


def _check_package(content: bytes) -> dict[str, tuple[int, int, int]]:
    """What the zip's directory says, before anything is unpacked; {part: (offset, packed size, method)} of its XML."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise BadInput(f"文件已经损坏，打不开；{SAVE_AS}") from error
    if any(entry.flag_bits & 1 for entry in entries):
        raise BadInput("文件经过加密，系统无法读取；请取消密码后再导入。")
    if len(entries) > MAX_ENTRIES:
        raise BadInput("文件里的部件过多，不像是正常的工作簿；请下载模板，把内容粘贴进去后再导入。")
    _check_size(entries)
    _check_parts({entry.filename.lower() for entry in entries})
    return {
        entry.filename: (entry.header_offset, entry.compress_size, entry.compress_type)
        for entry in entries
        if entry.filename.startswith(_READ) and entry.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    }


def _check_size(entries: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    small = 1024 * 1024  # a small file may repeat itself as much as it likes
    if unpacked > MAX_UNPACKED or (unpacked > small and unpacked > packed * MAX_RATIO):
        raise BadInput(
            f"文件解压后有 {unpacked / 1024 / 1024:.0f} MB，超出正常工作簿的大小；"
            "请下载模板，只把需要的内容粘贴进去后再导入。"
        )


def _check_parts(names: set[str]) -> None:
    if "xl/workbook.bin" in names or "xl/workbook.xml" not in names:
        raise BadInput(f"这不是 .xlsx 工作簿（可能是 Word、WPS 文字、ODS 或二进制工作簿改了名）；{SAVE_AS}")
    if any(name.endswith("vbaproject.bin") or name.startswith(("xl/macrosheets/", "xl/activex/")) for name in names):
        raise BadInput(f"文件里有宏或控件，系统不接收；{SAVE_AS}")
    if any(name.startswith(("xl/externallinks/", "xl/querytables/")) or name == "xl/connections.xml" for name in names):
        raise BadInput("文件里有指向其他文件的外部链接；请在“数据→编辑链接”中断开链接，只保留数值后再导入。")
    if any(name.startswith("xl/embeddings/") for name in names):
        raise BadInput("文件里嵌有其他文件（对象）；请删去嵌入的对象后再导入。")


def _read(content: bytes, wish: dict[str, Any]) -> Sheets:
    limits = {"memory": MEMORY, "seconds": SECONDS, "rows": MAX_ROWS, "columns": MAX_COLUMNS, "unpacked": MAX_UNPACKED}
    try:
        answer = json.loads(read_apart(json.dumps({**limits, **wish}).encode(), content, seconds=SECONDS))
    except TimeoutError as error:
        raise BadInput("文件内容过多，读取超时；请下载模板，只把需要的内容粘贴进去后再导入。") from error
    except ValueError as error:  # ended before the answer was whole
        raise BadInput(f"文件内容超出正常工作簿的范围，或已经损坏；{SAVE_AS}") from error
    if faults := answer.get("faults"):
        raise BadInput(faults[0]["message"], details=faults)
    return {name: [_row(row) for row in rows] for name, rows in answer["sheets"].items()}


def _row(row: list[Any]) -> list[Value]:
    return [_date(cell) if cell.__class__ is list else cell for cell in row]


def _date(cell: list[str]) -> date:
    """A date as the child wrote it: a list of one ISO text."""
    text = cell[0]
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)

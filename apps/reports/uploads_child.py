"""Reads workbooks, each in a process of its own within bounded memory and time; `uploads_reader` starts it, nothing
imports it.

Argument 1 is the folder of the installed libraries, argument 2 the number of the socket over which connections come,
one per workbook.  This process only forks: it never sees a byte of a workbook, so nothing can be left over from one.
The fork takes from its connection the length of the wish in four bytes, the wish as JSON and the file, and answers JSON:
{"sheets": {name: rows}} or {"faults": [{sheet, cell, message}]}; dates are lists of one ISO text.  A crash, a refused
allocation or a spent second ends it without a whole answer.
"""

from __future__ import annotations

import gc
import io
import json
import os
import re
import resource
import signal
import socket
import sys
import zlib
from datetime import date, datetime, time, timedelta

TYPE_CHECKING = False  # typing itself takes longer to import than a small sheet to read
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    Fault = dict[str, str]

_FORMULA_SIGNS = (b"/f>", b":f>")  # ends of a formula, without and with a prefix
_FORMULA = re.compile(rb'\sr="([A-Z]+[0-9]+)"[^>]*>\s*<(?:\w+:)?f[\s>/]')
_DIMENSION = re.compile(rb'<(?:\w+:)?dimension ref="[A-Z]+[0-9]+(?::([A-Z]+)[0-9]+)?"')
_MERGED = re.compile(rb'mergeCell ref="([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)"')
_ROW_NUMBER = re.compile(rb'\sr="([0-9]+)"')
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*["']([^"']*)["']""")
_WHOLE = 2**53

SAVE_AS = "请在 WPS 或 Excel 中重新另存为“Excel 工作簿（*.xlsx）”后再导入。"


def column_name(number: int) -> str:
    """The letters of a column, 0 being A."""
    letters = ""
    while number >= 0:
        number, rest = divmod(number, 26)
        letters, number = chr(65 + rest) + letters, number - 1
    return letters


def fault(sheet: str, cell: str, message: str) -> Fault:
    """One reason for refusing the workbook."""
    return {"sheet": sheet, "cell": cell, "message": message}


def unescaped(text: str) -> str:
    """An attribute's text: XML knows five names."""
    for name, letter in (("lt", "<"), ("gt", ">"), ("quot", '"'), ("apos", "'"), ("amp", "&")):
        text = text.replace(f"&{name};", letter)
    return text


class Package:
    """The parts of a zip that the parent points out: {name: [offset, packed size, method]}."""

    def __init__(self, content: bytes, places: dict[str, list[int]], limit: int) -> None:
        self._content, self._places, self._limit = content, places, limit

    def read(self, name: str) -> bytes:
        """A part, unpacked up to the limit."""
        offset, size, method = self._places[name]
        begin = (
            offset + 30 + sum(int.from_bytes(self._content[offset + at : offset + at + 2], "little") for at in (26, 28))
        )
        packed = self._content[begin : begin + size]
        return zlib.decompressobj(-15).decompress(packed, self._limit) if method else packed

    def sheets(self) -> dict[str, str]:
        """{name: part} of the worksheets."""
        targets = {}
        for relation in _RELATION.findall(self.read("xl/_rels/workbook.xml.rels")):
            values = attributes(relation)
            target = values.get("Target", "").lstrip("/")
            targets[values.get("Id", "")] = target if target.startswith("xl/") else f"xl/{target}"
        sheets = [attributes(tag) for tag in _SHEET.findall(self.read("xl/workbook.xml"))]
        found = {unescaped(each.get("name", "")): targets.get(each.get("id", ""), "") for each in sheets}
        return {name: part for name, part in found.items() if part in self._places}


def attributes(tag: bytes) -> dict[str, str]:
    """The attributes of a tag by their names without prefix."""
    return {key.decode().split(":")[-1]: value.decode() for key, value in _ATTRIBUTE.findall(tag)}


def column_beyond(limit: int) -> re.Pattern[bytes]:
    """Finds a filled cell right of column `limit` (27 to 702) in a sheet's XML."""
    name = column_name(limit - 1)
    first, second = name[0], name[1]
    after, later = chr(ord(second) + 1), chr(ord(first) + 1)
    letters = f"[A-Z]{{3,}}|[{later}-Z][A-Z]" + (f"|{first}[{after}-Z]" if second != "Z" else "")
    return re.compile(rf'\sr="({letters})[0-9]+"[^>]*[^/]>'.encode())


def too_wide(xml: bytes, limit: int) -> str:
    """The letters of a filled column beyond the limit, or ''.  Looks closer only where the sheet's own size says so."""
    size = _DIMENSION.search(xml, 0, 4096)
    if size is not None and len(size[1] or b"") < 2:
        return ""
    found = column_beyond(limit).search(xml)
    return found[1].decode() if found else ""


def last_row(xml: bytes) -> int:
    """The number of the last row, or how many rows there are where they carry no numbers."""
    count = xml.count(b"<row") + xml.count(b":row")
    number = _ROW_NUMBER.match(xml, xml.rfind(b"row ") + 3)
    return max(count, int(number[1]) if number else 0)


def scan(name: str, xml: bytes, wish: dict[str, Any]) -> Iterator[Fault]:
    """What a sheet's XML shows and its values do not: rows and columns beyond the limits, formulas, entities.

    Looks only for what the usual programs write; a file that hides from it meets the limits of this process.
    """
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        yield fault(name, "", f"文件里有不允许的 XML 声明；{SAVE_AS}")
        return
    if (rows := last_row(xml)) > wish["rows"]:
        text = f"“{name}”有 {rows:,} 行（包括只有格式的空行），超过 {wish['rows']:,} 行的上限；"
        yield fault(name, "", text + "请选中内容下方的空行整行删除，或分几个文件导入。")
        return
    if column := too_wide(xml, wish["columns"]):
        text = f"“{name}”用到了第 {column} 列，超过 {wish['columns']} 列的上限；"
        yield fault(name, "", text + "请删除右侧多余的列后再导入。")
        return
    if any(sign in xml for sign in _FORMULA_SIGNS):
        for cell in _FORMULA.findall(xml)[:20] or [b""]:
            where = cell.decode()
            yield fault(name, where, f"“{name}”{where} 是公式；请复制后“选择性粘贴→数值”，只保留数值后再导入。")
    yield from merged(name, xml, wish["head"])


def merged(name: str, xml: bytes, head: int) -> Iterator[Fault]:
    """Cells merged at or below the row of the column heads."""
    for left, top, right, bottom in _MERGED.findall(xml) if b"mergeCell " in xml else ():
        if int(bottom) >= head:
            where = f"{left.decode()}{int(top)}:{right.decode()}{int(bottom)}"
            what = "表头" if int(top) <= head else "内容"
            yield fault(name, where, f"“{name}”{where} 的{what}是合并单元格；请取消合并，每格各填各的内容后再导入。")


def plain(cell: Any) -> Any:
    """A value other than a text, as JSON can carry it."""
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) <= _WHOLE else cell
    if isinstance(cell, datetime):
        return [cell.isoformat()] if cell.time() != time() else [cell.date().isoformat()]
    if isinstance(cell, date):
        return [cell.isoformat()]
    return str(cell) if isinstance(cell, time | timedelta) else cell


def plain_row(row: list[Any]) -> list[Any]:
    """A row as JSON can carry it."""
    return [cell if cell.__class__ is str else plain(cell) for cell in row]


def inspect(content: bytes, wish: dict[str, Any]) -> tuple[list[str], list[Fault]]:
    """The sheets to read, and what their XML already shows to be wrong."""
    package = Package(content, wish["parts"], wish["unpacked"])
    parts = package.sheets()
    wanted: list[str] = list(parts) if wish["sheets"] is None else wish["sheets"]
    missing = [name for name in wanted if name not in parts]
    if missing:
        text = "；请用下载的模板填写，不要删除工作表，也不要改名。"
        return wanted, [fault(name, "", f"缺少工作表“{name}”{text}") for name in missing]
    return wanted, [each for name in wanted for each in scan(name, package.read(parts[name]), wish)]


def answer(content: bytes, wish: dict[str, Any]) -> dict[str, Any]:
    """The values of the sheets asked for, or what is wrong with them."""
    from python_calamine import load_workbook  # noqa: PLC0415 - after the path and the limits are set

    wanted, faults = inspect(content, wish)
    if faults:
        return {"faults": faults}
    book = load_workbook(io.BytesIO(content))
    sheets = {}
    for name in wanted:
        sheet = book.get_sheet_by_name(name)
        sheets[name] = [plain_row(row) for row in sheet.to_python(skip_empty_area=False)]
    return {"sheets": sheets}


def limit(wish: dict[str, Any]) -> None:
    """Bound this process: bytes of memory, seconds of work, and a little more by the clock, no core dump."""
    resource.setrlimit(resource.RLIMIT_AS, (wish["memory"], wish["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (wish["seconds"], wish["seconds"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(wish["seconds"] + 1)


def serve(line: socket.socket) -> None:
    """One workbook: the wish first, then the limits, then the file."""
    gc.disable()  # cells are no garbage, and the process ends with them
    with line.makefile("rb") as stream:
        wish = json.loads(stream.read(int.from_bytes(stream.read(4), "big")))
        limit(wish)
        text = json.dumps(answer(stream.read(), wish), ensure_ascii=False, separators=(",", ":"))
    line.sendall(text.encode())


def main() -> None:
    """Load what reading takes, then fork for every connection until the other side is gone."""
    sys.path.append(sys.argv[1])
    import python_calamine  # noqa: F401, PLC0415 - forks find it loaded

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the forks
    with socket.socket(fileno=int(sys.argv[2])) as door:
        while lines := socket.recv_fds(door, 1, 1)[1]:
            with socket.socket(fileno=lines[0]) as line:
                if not os.fork():
                    door.close()
                    serve(line)
                    os._exit(0)


if __name__ == "__main__":
    main()

"""Reads one workbook from standard input within bounded memory and time; `uploads` starts it, nothing imports it.

Argument 1 is the folder of the installed libraries, argument 2 the limits as JSON.  Answers JSON on standard output:
{"sheets": {name: rows}} or {"faults": [{sheet, cell, message}]}; dates are lists of one ISO text.  A crash, a refused
allocation or a spent second is the parent's answer.
"""

from __future__ import annotations

import io
import json
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from html import unescape
from typing import Any

Fault = dict[str, str]

_FORMULA_SIGNS = (b"<f>", b"<f ", b"<f/", b":f>", b":f ", b":f/")
_FORMULA = re.compile(rb'\sr="([A-Z]+[0-9]+)"[^>]*>\s*<(?:\w+:)?f[\s>/]')
_ROW_NUMBER = re.compile(rb'\sr="([0-9]+)"')
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


def sheet_parts(package: zipfile.ZipFile) -> dict[str, str]:
    """{relation id: part} of the workbook's sheets."""
    relations = package.read("xl/_rels/workbook.xml.rels")
    found = {}
    for relation in _RELATION.findall(relations):
        values = {key.decode(): value.decode() for key, value in _ATTRIBUTE.findall(relation)}
        target = values.get("Target", "").lstrip("/")
        found[values.get("Id", "")] = target if target.startswith("xl/") else f"xl/{target}"
    return found


def sheet_xml(package: zipfile.ZipFile) -> dict[str, str]:
    """{part of a sheet: its name}, names as XML writes them."""
    parts = sheet_parts(package)
    book = package.read("xl/workbook.xml")
    found = {}
    for tag in re.findall(rb"<(?:\w+:)?sheet\b[^>]*>", book):
        values = {key.decode().split(":")[-1]: value.decode() for key, value in _ATTRIBUTE.findall(tag)}
        found[parts.get(values.get("id", ""), "")] = unescape(values.get("name", ""))
    return found


def column_beyond(limit: int) -> re.Pattern[bytes]:
    """Finds a filled cell right of column `limit` (27 to 702) in a sheet's XML."""
    name = column_name(limit - 1)
    first, second = name[0], name[1]
    after, later = chr(ord(second) + 1), chr(ord(first) + 1)
    letters = f"[A-Z]{{3,}}|[{later}-Z][A-Z]" + (f"|{first}[{after}-Z]" if second != "Z" else "")
    return re.compile(rf'\sr="({letters})[0-9]+"[^>]*[^/]>'.encode())


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
    if found := column_beyond(wish["columns"]).search(xml):
        text = f"“{name}”用到了第 {found[1].decode()} 列，超过 {wish['columns']} 列的上限；"
        yield fault(name, "", text + "请删除右侧多余的列后再导入。")
        return
    if any(sign in xml for sign in _FORMULA_SIGNS):
        for cell in _FORMULA.findall(xml)[:20] or [b""]:
            where = cell.decode()
            yield fault(name, where, f"“{name}”{where} 是公式；请复制后“选择性粘贴→数值”，只保留数值后再导入。")


def merged(name: str, sheet: Any, head: int) -> Iterator[Fault]:
    """Cells merged at or below the row of the column heads."""
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        if bottom + 1 >= head:
            where = f"{column_name(left)}{top + 1}:{column_name(right)}{bottom + 1}"
            what = "表头" if top + 1 <= head else "内容"
            yield fault(name, where, f"“{name}”{where} 的{what}是合并单元格；请取消合并，每格各填各的内容后再导入。")


def plain(cell: Any) -> Any:
    """A value that JSON can carry."""
    if isinstance(cell, bool | str):
        return cell
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) <= _WHOLE else cell
    if isinstance(cell, datetime):
        return [cell.isoformat()] if cell.time() != time() else [cell.date().isoformat()]
    if isinstance(cell, date):
        return [cell.isoformat()]
    return str(cell) if isinstance(cell, time | timedelta) else cell


def inspect(content: bytes, wish: dict[str, Any]) -> tuple[list[str], list[Fault]]:
    """The sheets to read, and what their XML already shows to be wrong."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: part for part, name in sheet_xml(package).items() if part.startswith("xl/worksheets/")}
        wanted: list[str] = list(parts) if wish["sheets"] is None else wish["sheets"]
        missing = [name for name in wanted if name not in parts]
        faults = [
            fault(name, "", f"缺少工作表“{name}”；请用下载的模板填写，不要删除工作表，也不要改名。") for name in missing
        ]
        if not faults:
            faults = [each for name in wanted for each in scan(name, package.read(parts[name]), wish)]
        return wanted, faults


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
        faults += merged(name, sheet, wish["head"])
        sheets[name] = [[plain(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    return {"faults": faults} if faults else {"sheets": sheets}


def main() -> None:
    """Limits first, then the libraries, then the file."""
    wish = json.loads(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (wish["memory"], wish["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (wish["seconds"], wish["seconds"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.path.append(sys.argv[1])
    json.dump(answer(sys.stdin.buffer.read(), wish), sys.stdout)


if __name__ == "__main__":
    main()

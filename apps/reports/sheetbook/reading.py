"""A month workbook that came back: what was exported, what stands in it now, and what is wrong with its form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.files.base import File

from apps.core.errors import BadInput
from apps.core.months import Month
from apps.reports.sheetbook.layout import FIRST_ROW, FORM, HEAD_ROW, SHEET, SYSTEM, WHO, column_name, day_heads
from apps.reports.uploads import Value, guarded_workbook

AGAIN = "请重新导出离线表，把改动填进去再导入。"


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault of the workbook: `where` is 第12行 F列, what is wrong and what to do."""

    where: str
    message: str


@dataclass(frozen=True, slots=True)
class BookLine:
    """One person's row: where it stands, the version and cells as exported, the cells as they are now."""

    row: int
    posting: int
    name: str
    version: int
    exported: str
    typed: tuple[str, ...]


@dataclass
class Reading:
    """What a workbook says: lines of known people, and problems that forbid its import."""

    lines: list[BookLine] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_book(file: File[Any], *, area: str, month: Month) -> Reading:
    """Read an uploaded month workbook of this place and month.

    BadInput when it is no workbook in order, another form, place or month; faults inside are listed as problems.
    """
    sheets = guarded_workbook(file, sheets=[SHEET, SYSTEM], head=HEAD_ROW)
    exported = _system(sheets[SYSTEM], area, month)
    rows = sheets[SHEET]
    reading = Reading()
    _check_head(rows, month, reading)
    if not reading.problems:
        _read_rows(rows, month, exported, reading)
    return reading


def _text(value: Value) -> str:
    return value.isoformat() if isinstance(value, date) else str(value).strip()


def _system(rows: Sequence[Sequence[Value]], area: str, month: Month) -> dict[int, tuple[int, str]]:
    head = [_text(value) for value in rows[0][:3]] if rows else []
    if head[:1] != [str(FORM)]:
        raise BadInput(f"这不是本系统导出的离线考勤表，或版本太旧；{AGAIN}")
    if head[1:2] != [area]:
        raise BadInput("这份离线表是别的乡镇的，请核对后选择正确的文件。")
    if head[2:3] != [str(month)]:
        found = head[2] if len(head) > 2 else ""
        raise BadInput(f"这份离线表是{found}的，与现在的{month.label}不是同一个月，请到那个月的月表导入。")
    try:
        return {int(_text(row[0])): (int(_text(row[1])), _text(row[2])) for row in rows[1:] if _text(row[0])}
    except (ValueError, IndexError) as error:
        raise BadInput(f"“{SYSTEM}”表被改动过，无法核对；{AGAIN}") from error


def _check_head(rows: Sequence[Sequence[Value]], month: Month, reading: Reading) -> None:
    wanted = [*WHO, *day_heads(month)]
    head = [_text(value) for value in rows[HEAD_ROW - 1]] if len(rows) >= HEAD_ROW else []
    for column, text in enumerate(wanted):
        found = head[column] if column < len(head) else ""
        if found != text:
            where = f"第{HEAD_ROW}行 {column_name(column)}列"
            reading.problems.append(Problem(where, f"表头应为“{text}”，现为“{found}”；不要改动表头和列的位置。{AGAIN}"))
            return
    extra = next((column for column, text in enumerate(head[len(wanted) :], start=len(wanted)) if text), None)
    if extra is not None:
        where = f"第{HEAD_ROW}行 {column_name(extra)}列"
        reading.problems.append(Problem(where, f"{month.label}只有{month.days}天，多出了一列“{head[extra]}”，请删去。"))


def _read_rows(
    rows: Sequence[Sequence[Value]], month: Month, exported: dict[int, tuple[int, str]], reading: Reading
) -> None:
    seen: dict[int, int] = {}
    for number, row in enumerate(rows[FIRST_ROW - 1 :], start=FIRST_ROW):
        cells = [_text(value) for value in row] + [""] * (len(WHO) + month.days - len(row))
        if not any(cells):
            continue
        line = _line(number, cells, month, exported, reading)
        if line is None:
            continue
        if line.posting in seen:
            message = f"{line.name}与第{seen[line.posting]}行是同一个人，只能有一行；请删去重复的一行。"
            reading.problems.append(Problem(f"第{number}行", message))
            continue
        seen[line.posting] = number
        reading.lines.append(line)
    if exported.keys() - seen.keys() and not reading.problems:
        count = len(exported.keys() - seen.keys())
        reading.problems.append(Problem("", f"比导出时少了{count}行人员，请不要删行。{AGAIN}"))


def _line(
    number: int, cells: list[str], month: Month, exported: dict[int, tuple[int, str]], reading: Reading
) -> BookLine | None:
    key = cells[0].removesuffix(".0")
    if not key.isdecimal() or int(key) not in exported:
        who = cells[2] or "这一行"
        reading.problems.append(
            Problem(f"第{number}行", f"导出时没有{who}（编号列被改动或是新加的行）；人员请在花名册中增减。")
        )
        return None
    over = next((i for i, text in enumerate(cells[len(WHO) + month.days :]) if text), None)
    if over is not None:
        where = f"第{number}行 {column_name(len(WHO) + month.days + over)}列"
        reading.problems.append(
            Problem(where, f"{month.label}只有{month.days}天，后面多出了内容；一行只能是一个人的一个月。")
        )
        return None
    version, text = exported[int(key)]
    return BookLine(number, int(key), cells[2], version, text, tuple(cells[len(WHO) : len(WHO) + month.days]))

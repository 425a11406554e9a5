"""One cell at a time: what was typed, as a plain value, or the reason in Chinese why it cannot be taken.

Hidden characters and full-width forms come with copying from documents; they are put right without a word.  What would
need guessing is refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from apps.cadres.identity import id_mask, id_normalise, id_problem

DATE_FORMS = "2026-03-01、2026/3/1、2026.3.1、2026年3月1日，或表格的日期格式"
_DATE = re.compile(
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|年(\d{1,2})月(\d{1,2})日)"
)
_SEPARATORS = re.compile(r"[、,，;；/\n]+")
_TWO_PEOPLE = re.compile(r"[、,，;；/\n]")
_PHONE = re.compile(r"1\d{10}|0\d{2,3}-?\d{7,8}|\d{7,8}")
_EARLIEST = date(2000, 1, 1)
_INVISIBLE = {"Cc", "Cf", "Co", "Cs"}
_SELECTORS = "\ufe00\ufe0f\U000e0100\U000e01ef"  # of glyph variants: two ranges
_NUMBER = re.compile(r"\d{15,17}[\dXx]?")


class CellError(ValueError):
    """Why a cell cannot be taken, and what to write instead."""


def plain(text: str) -> str:
    """Without characters that nobody sees; blanks of every kind become one space, none at the ends.  Line breaks stay:
    they tell two entries in one cell apart."""
    if text.isalnum():
        return text
    if not text.isprintable() or max(text, default="") >= _SELECTORS[0]:
        text = "".join(letter for letter in text if _is_seen(letter))
    lines = [" ".join(part.split()) for part in text.split("\n")]
    return "\n".join(part for part in lines if part)


def _is_seen(letter: str) -> bool:
    if letter.isspace():
        return True
    return unicodedata.category(letter) not in _INVISIBLE and not any(
        first <= letter <= last for first, last in zip(_SELECTORS[::2], _SELECTORS[1::2], strict=True)
    )


def half_width(text: str) -> str:
    """Digits, letters and signs in their ordinary form, without blanks."""
    if text.isascii() and text.isalnum():
        return text
    return "".join(unicodedata.normalize("NFKC", plain(text)).split())


def line(cell: Any, *, longest: int) -> str:
    """A line of text of at most `longest` characters."""
    if isinstance(cell, date):
        raise CellError("应为文字，现为日期；请把单元格设为文本后重新输入")
    found = " ".join(plain(_written(cell)).split("\n"))
    if len(found) > longest:
        raise CellError(f"最多 {longest} 个字，现有 {len(found)} 个字；请精简")
    return found


def _written(cell: Any) -> str:
    if isinstance(cell, bool):
        return "是" if cell else "否"
    return str(cell)


def name(cell: Any) -> str:
    """A person's name.  Refuses two names in one cell."""
    if not isinstance(cell, str):
        raise CellError("这里只填姓名，现为数字或日期")
    found = plain(cell)
    if found.isalpha() and 2 <= len(found) <= 40:  # nearly every name
        return found
    parts = found.split(" ")
    if _TWO_PEOPLE.search(found) or (len(parts) > 1 and all(len(part) > 1 for part in parts)):
        raise CellError(f"“{_short(found)}”像是两个人；一行只填一人，姓名中间不留空格")
    found = "".join(parts)
    if any(letter.isdigit() for letter in found):
        raise CellError(f"“{_short(found)}”里有数字；这里只填姓名")
    if not 2 <= len(found) <= 40:
        raise CellError("姓名应为 2 至 40 个字")
    return found


def id_number(cell: Any, *, on: date) -> str:
    """A resident identity number, checked.  No message repeats it."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        raise CellError("身份证号被存成了数字，末几位已经变成 0；请把该列设为文本，照身份证重新输入")
    if isinstance(cell, date):
        raise CellError("身份证号不能是日期；请把单元格设为文本后重新输入")
    found = id_normalise(_written(cell))
    if len(found) > 30 and _TWO_PEOPLE.sub("", found)[:17].isdigit():
        raise CellError("一格里像有两个身份证号；一行只填一人")
    if problem := id_problem(found.replace("-", ""), on=on):
        raise CellError(problem)
    return found.replace("-", "")


def day(cell: Any, *, on: date) -> date:
    """A day, as a date or in one of DATE_FORMS; from 2000 to the end of the next year."""
    if isinstance(cell, datetime):
        found = cell.date()
    elif isinstance(cell, date):
        found = cell
    else:
        found = _typed_day(cell)
    if not _EARLIEST <= found < date(on.year + 2, 1, 1):
        raise CellError(f"{found.year}年不合常理；请核对年份")
    return found


def _typed_day(cell: Any) -> date:
    if isinstance(cell, int | float):
        raise CellError(f"“{cell}”是数字，不是日期；请写成{DATE_FORMS}")
    match = _DATE.fullmatch(half_width(cell))
    if match is None:
        raise CellError(f"看不懂“{_short(plain(cell))}”；日期请写成{DATE_FORMS}")
    year, month, number = (int(part) for part in match.groups() if part)
    try:
        return date(year, month, number)
    except ValueError:
        raise CellError(f"没有“{_short(plain(cell))}”这一天；请核对日期") from None


def code(cell: Any, *, digits: int) -> str:
    """A code of exactly so many digits."""
    found = half_width(_written(cell))
    if not (found.isascii() and found.isdigit() and len(found) == digits):
        raise CellError(f"应为 {digits} 位数字，现为“{_short(found)}”（{len(found)} 位）")
    return found


def phone(cell: Any) -> str:
    """One telephone number."""
    found = half_width(_written(cell))
    if not _PHONE.fullmatch(found):
        raise CellError("应为 11 位手机号，或带区号的座机；只填一个号码")
    return found


def choice(cell: Any, offered: Mapping[str, str]) -> str:
    """The value of one of the `offered` {word: value}."""
    found = half_width(_written(cell))
    if found not in offered:
        raise CellError(f"没有“{_short(found)}”这一项；可填：{'、'.join(_words(offered))}")
    return offered[found]


def choices(cell: Any, offered: Mapping[str, str]) -> tuple[str, ...]:
    """The values of one or more of the `offered`, each once, in the order offered."""
    found = {choice(part, offered) for part in _SEPARATORS.split(plain(_written(cell))) if part.strip()}
    return tuple(dict.fromkeys(value for value in offered.values() if value in found))


def _words(offered: Mapping[str, str]) -> list[str]:
    """One word per value: others are accepted, but not advertised."""
    first: dict[str, str] = {}
    for word, value in offered.items():
        first.setdefault(value, word)
    return list(first.values())


def _short(text: str) -> str:
    """The text as a message may repeat it: not long, and no identity number."""
    shown = _NUMBER.sub(lambda match: id_mask(match[0]), text)
    return shown if len(shown) <= 20 else f"{shown[:20]}…"

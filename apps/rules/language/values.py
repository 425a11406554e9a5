"""Plain values of the language: civil days and exact numbers, strict about what they are written as."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")


def _civil_day(value: object) -> date:
    """A date or its ISO text; a bare number is no date, though pydantic would take it for a timestamp."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and _ISO.fullmatch(value):
        return date.fromisoformat(value)
    raise PydanticCustomError("civil_day", "不是日期")


def _exact(value: object) -> Decimal:
    """An integer, a decimal fraction as written (0.1 is one tenth), or the text `dump` makes of it.

    No number of a text has more than 15 digits before the point or 12 after it; written so, no arithmetic runs away.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise PydanticCustomError("exact_number", "不是数字")
    try:
        number = Decimal(str(value))
    except ArithmeticError as error:
        raise PydanticCustomError("exact_number", "不是数字") from error
    if not number.is_finite():
        raise PydanticCustomError("exact_number", "不是数字")
    if number.adjusted() >= 15 or round(number, 12) != number:
        raise PydanticCustomError("number_size", "数字太大或小数位太多")
    return number


def _month_day(value: object) -> str:
    if isinstance(value, str) and _MONTH_DAY.fullmatch(value):
        return value
    raise PydanticCustomError("month_day", "不是月日")


# A body by its key: one that the software knows or one that the pack declares (`body_checks`).
Body = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=64)]
Day = Annotated[date, BeforeValidator(_civil_day)]
Number = Annotated[Decimal, BeforeValidator(_exact)]
MonthDay = Annotated[str, BeforeValidator(_month_day)]

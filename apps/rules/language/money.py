"""Money in whole fen.  Packs write yuan; nothing is ever rounded without saying so."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Annotated

from pydantic import AfterValidator, Field, StrictBool
from pydantic_core import PydanticCustomError

from apps.rules.exact import exact, plain
from apps.rules.language.parts import Fault, Part
from apps.rules.language.values import Number
from apps.rules.language.working import Working
from apps.rules.problems import Place


def _whole_fen(yuan: Decimal) -> Decimal:
    if yuan < 0:
        raise PydanticCustomError("yuan", "金额不能小于 0")
    if (exact(yuan) * 100).denominator != 1:
        raise PydanticCustomError("yuan", "金额只能写到分")
    return yuan


Yuan = Annotated[Number, AfterValidator(_whole_fen)]


def fen(yuan: Decimal | int) -> int:
    """Yuan in whole fen.  ValueError for parts of a fen."""
    value = exact(yuan) * 100
    if value.denominator != 1:
        raise ValueError(f"{yuan} 元不是整分。")
    return value.numerator


def yuan_text(amount: int) -> str:
    """`1234.50 元` from 123450 fen."""
    sign, units = ("-" if amount < 0 else ""), abs(amount)
    return f"{sign}{units // 100}.{units % 100:02d} 元"


class Shares(Part):
    """Who bears how many parts (`{province: 5, city: 3, county: 2}`).

    Fen that cannot be divided go to `rest`, or where none is named one by one to those whose part was cut most
    (of equals to whom is written first).  With `base_only` they share the base alone and an increase is borne by
    whoever decides on it.
    """

    parts: dict[str, Number] = Field(min_length=1)
    rest: str | None = None
    base_only: StrictBool = False


def divided(shares: Shares, amount: int) -> tuple[dict[str, int], Working]:
    """Fen per payer, adding up to exactly `amount` (not below nought), and the working: one step per payer by name."""
    if amount < 0:
        raise ValueError("要分担的金额不能小于 0。")
    work = Working()
    whole = work.put("amount", amount)
    total = work.take("份数合计 = {value}", "sum", list(shares.parts.values()))
    cut, lost = {}, {}
    for payer, parts in shares.parts.items():
        part = work.take(f"{payer}：{amount} × {plain(parts)} = {{value}}", "product", [whole, parts])
        part = work.take("÷ 份数合计 = {value}", "quotient", [part, total])
        cut[payer] = work.take("舍去不足一分 = {value}", "round_down", [part, 0])
        lost[payer] = work.value(part) - work.value(cut[payer])
    left = amount - sum(int(work.value(name)) for name in cut.values())
    more = _rest(shares, lost, left)
    for payer in shares.parts:
        work.take(f"{payer}承担 {{value}} 分", "sum", [cut[payer], more.get(payer, 0)], payer)
    work.done(work.take("合计 = {value} 分", "sum", list(shares.parts)), "合计 {value} 分")
    return {payer: int(work.value(payer)) for payer in shares.parts}, work


def _rest(shares: Shares, lost: dict[str, Fraction], left: int) -> dict[str, int]:
    """How many of the fen that are left each payer bears."""
    if shares.rest is not None:
        return {shares.rest: left}
    order = sorted(shares.parts, key=lambda payer: lost[payer], reverse=True)
    return dict.fromkeys(order[:left], 1)


def share_faults(shares: Shares, path: Place) -> Iterator[Fault]:
    """Parts that are no parts, and a rest for nobody."""
    for payer, parts in shares.parts.items():
        if parts <= 0:
            yield (*path, "parts", payer), f"份数 {plain(parts)} 不大于 0。", "请写大于 0 的数。"
        if payer in ("amount", "done") or payer.startswith("#"):
            yield (*path, "parts", payer), f"承担者不能叫“{payer}”。", "请换一个名称。"
    if shares.rest is not None and shares.rest not in shares.parts:
        payers = "、".join(shares.parts)
        yield (*path, "rest"), f"“{shares.rest}”没有份。", f"请改为其中之一：{payers}。"

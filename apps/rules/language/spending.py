"""Funds: what money is for, what it must not be spent on, who bears it, how much, and what becomes of the rest."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import StrictBool

from apps.core.findings import Finding, Severity
from apps.rules.exact import plain
from apps.rules.language.money import Shares, Yuan, divided, fen, share_faults, yuan_text
from apps.rules.language.parts import Fault, Part, Whos, part_faults, severity_of
from apps.rules.language.rule import Rule
from apps.rules.language.selectors import Case
from apps.rules.language.values import Number
from apps.rules.language.vocabularies import Key
from apps.rules.language.windows import When
from apps.rules.language.working import Working
from apps.rules.problems import suggestion
from apps.rules.vocabulary import Modality, Subject


class Use(Part):
    """Something the fund may be spent on, at most `yuan` or `percent` of the fund in its window."""

    label: str
    yuan: Yuan | None = None
    percent: Number | None = None


class ForbiddenUse(Part):
    """Something it must not be spent on."""

    label: str
    modality: Modality = "forbidden"


class Fund(Rule):
    """Money for a purpose, in a `window`.

    `uses` are what it is for; in an `open_list` (“等”) other uses need a reason.  `total_limited`: nothing beyond what
    was given is covered (超支不补).  `carry_over`: an unspent rest stays with the same subject for the same uses,
    or goes back; None where the text does not say.  `sources` are the budgets it may come from, in words.  `not_into` are funds this one must not be turned into.
    """

    subject: Subject = "team"
    window: When | None = None
    uses: dict[Key, Use] = {}
    forbidden: dict[Key, ForbiddenUse] = {}
    open_list: StrictBool = False
    earmarked: StrictBool = False
    total_limited: StrictBool = False
    carry_over: Literal["kept", "returned"] | None = None
    not_into: tuple[Key, ...] = ()
    shares: Shares | None = None
    managed_by: Whos = ()
    used_by: Whos = ()
    paid_by: Whos = ()
    sources: tuple[str, ...] = ()
    method: str = ""


@dataclass(frozen=True, slots=True)
class Spent:
    """One expense in fen.  `other` says in words what a use outside the list is."""

    use: str
    amount: int
    reason: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class Books:
    """The fund's books in its window before the expense: given (with what was carried over) and spent, in fen."""

    given: int
    spent: Mapping[str, int] = field(default_factory=dict)


def spending_findings(fund: Fund, expense: Spent, books: Books, case: Case | None = None) -> list[Finding]:
    """All that stands against an expense: a forbidden or unlisted use, its ceiling, the whole, and a village, person …
    that the fund is not for (`case`; not looked at where it is not given)."""
    found = [*_use(fund, expense), *_ceiling(fund, expense, books)]
    if case is not None and not fund.applies.matches(case):
        message = f"“{fund.label}”不是给这里用的。"
        found.append(Finding("fund_not_for_this", severity_of(fund.modality), message, fund.clause))
    total = sum(books.spent.values()) + expense.amount
    if fund.total_limited and total > books.given:
        message = f"“{fund.label}”共 {yuan_text(books.given)}，已超出 {yuan_text(total - books.given)}，超支不补。"
        inputs = {"given": books.given, "total": total}
        found.append(Finding("fund_overspent", severity_of(fund.modality), message, fund.clause, inputs=inputs))
    return found


def booking_finding(
    fund: Fund, doing: Literal["pay", "claim"], by: str, related: Mapping[tuple[str, str], str] | None = None
) -> Finding | None:
    """What stands against somebody paying out of the fund (only who manages it) or claiming from it (only who uses it),
    or None; also where the text names nobody."""
    actors, word = (fund.managed_by, "支付") if doing == "pay" else (fund.used_by, "报账")
    allowed = [actor.resolved(related or {}) for actor in actors]
    if not actors or by in allowed:
        return None
    inputs = {"doing": doing, "by": by, "allowed": [name for name in allowed if name]}
    message = f"“{fund.label}”不由你{word}，请交给负责的部门。"
    return Finding("fund_not_yours", severity_of(fund.modality), message, fund.clause, inputs=inputs)


def ceiling(fund: Fund, use: str, given: int) -> dict[str, Any] | None:
    """The trace of a use's ceiling in fen; None where it has none.  A percentage is cut to whole fen."""
    text = fund.uses.get(use)
    if text is None or (text.yuan is None and text.percent is None):
        return None
    work, names = Working(), []
    if text.yuan is not None:
        names.append(work.take("上限 {value} 分", "sum", [fen(text.yuan)]))
    if text.percent is not None:
        part = work.take(
            f"{given} 分 × {plain(text.percent)} = {{value}}", "product", [work.put("given", given), text.percent]
        )
        part = work.take("÷ 100 = {value}", "quotient", [part, 100])
        names.append(work.take("舍去不足一分 = {value}", "round_down", [part, 0]))
    work.done(work.take("取小 = {value}", "min", names), f"{text.label}最多 {{value}} 分")
    return work.trace(fund, unit="分")


def conversion_finding(fund: Fund, into: str) -> Finding | None:
    """What stands against turning the fund into another, or None."""
    if into not in fund.not_into:
        return None
    message = f"“{fund.label}”不得改作“{into}”。"
    return Finding("fund_converted", severity_of(fund.modality), message, fund.clause, inputs={"into": into})


def carried(fund: Fund, given: int, spent: int) -> dict[str, Any] | None:
    """The trace of what is carried into the next window, in fen; None where the text does not say.  Never below 0."""
    if fund.carry_over is None:
        return None
    work = Working()
    rest = work.take("结余 = {value} 分", "difference", [work.put("given", given), work.put("spent", spent)])
    rest = work.take("不小于 0 = {value} 分", "max", [rest, 0])
    if fund.carry_over == "returned":
        rest = work.take("结余交回，转下期 {value} 分", "product", [rest, 0])
    work.done(rest, "转下期 {value} 分")
    return work.trace(fund, unit="分")


def split(rule: Rule, shares: Shares, base: int, increase: int = 0) -> dict[str, Any]:
    """Who bears how much: `{shares: {payer: fen}, increase: fen not shared, trace}`.

    An increase is shared with the base unless the shares are `base_only`.
    """
    shared = base if shares.base_only else base + increase
    found, work = divided(shares, shared)
    return {"shares": found, "increase": base + increase - shared, "trace": work.trace(rule, unit="分")}


def _use(fund: Fund, expense: Spent) -> Iterator[Finding]:
    named = expense.other or expense.use
    inputs = {"use": expense.use, "other": expense.other, "amount": expense.amount}
    ban = fund.forbidden.get(expense.use)
    if ban is not None:
        message = f"“{fund.label}”不得用于“{ban.label}”。"
        yield Finding("use_forbidden", severity_of(ban.modality), message, ban.clause or fund.clause, inputs=inputs)
    elif expense.use not in fund.uses and (fund.uses or fund.earmarked):
        severity: Severity = severity_of(fund.modality)
        if not fund.open_list:
            message = f"“{named}”不在“{fund.label}”的用途之内。"
            yield Finding("use_not_listed", severity, message, fund.clause, inputs=inputs)
        elif not expense.reason.strip():
            message = f"“{named}”不在所列用途之中，要写明理由。"
            yield Finding("use_needs_reason", "block", message, fund.clause, inputs=inputs)
        else:
            message = f"“{named}”是所列以外的用途：{expense.reason}"
            yield Finding("use_other", "notice", message, fund.clause, inputs=inputs)


def _ceiling(fund: Fund, expense: Spent, books: Books) -> Iterator[Finding]:
    trace = ceiling(fund, expense.use, books.given)
    total = books.spent.get(expense.use, 0) + expense.amount
    if trace is not None and total > int(trace["value"]):
        use = fund.uses[expense.use]
        most, over = int(trace["value"]), total - int(trace["value"])
        message = f"“{use.label}”最多 {yuan_text(most)}，已超出 {yuan_text(over)}。"
        inputs = {"ceiling": most, "total": total}
        yield Finding("use_over_ceiling", severity_of(fund.modality), message, use.clause or fund.clause, inputs=inputs)


def faults(funds: Mapping[str, Fund], others: Collection[str] = ()) -> Iterator[Fault]:
    """Faults of a pack's funds; `others` are keys of funds of inherited packs."""
    known = {*funds, *others}
    for key, fund in funds.items():
        yield from part_faults(fund, (key,))
        for name in fund.uses:
            if name in fund.forbidden:
                yield (key, "forbidden", name), f"“{fund.uses[name].label}”既准用又不准用。", "请只留一处。"
        for name, use in fund.uses.items():
            if use.percent is not None and not 0 < use.percent <= 100:
                message = f"比例 {plain(use.percent)} 不在 0 到 100 之间。"
                yield (key, "uses", name, "percent"), message, "请写如 percent: 30。"
        if fund.open_list and not fund.uses:
            yield (key, "open_list"), "没有列用途，谈不上“等”。", "请写 uses，或删去 open_list。"
        for index, other in enumerate(fund.not_into):
            if other not in known or other == key:
                message = f"没有另一笔叫“{other}”的资金。"
                yield (key, "not_into", index), message, suggestion(other, sorted(known - {key}))
        if fund.shares is not None:
            yield from share_faults(fund.shares, (key, "shares"))

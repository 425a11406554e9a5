"""What a set is made of: how many members, how many of a kind, and who fills which place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

from apps.core.findings import Finding
from apps.rules.language.bands import Bounds
from apps.rules.language.conditions import judge
from apps.rules.language.on_duty import Member, counts
from apps.rules.language.parts import clause_of, severity_of
from apps.rules.language.sets import Having, SetRule, Size, Slot


def set_findings(
    rule: SetRule, members: Sequence[Member], kept: Mapping[str, int] | None = None, *, on: date | None = None
) -> list[Finding]:
    """What is wrong with the composition: too few or many, too few of a kind, places left empty or held twice.

    `kept` are strengths by the name that `not_below` gives them; with `on`, only those posted that day are members.
    """
    now = [member for member in members if on is None or member.here(on)]
    found = list(_size(rule, now, kept or {})) if rule.size else []
    for having in rule.having:
        found += _having(rule, having, now)
    return found + _slots(rule, now)


def _size(rule: SetRule, members: Sequence[Member], kept: Mapping[str, int]) -> Iterator[Finding]:
    size = rule.size or Size()
    count = sum(counts(size.roles, member) for member in members)
    severity, clause = severity_of(size.modality or rule.modality), clause_of(size, rule)
    if not size.holds(count):
        yield Finding("size_wrong", severity, f"现有 {count}，应为{amount(size)}。", clause, inputs={"count": count})
    if size.not_below is not None:
        floor = kept.get(size.not_below)
        if floor is None:
            yield Finding("to_be_stated", severity, f"还没有填写“{size.not_below}”，请补齐。", clause)
        elif count < floor:
            inputs = {"count": count, "due": floor}
            yield Finding("size_reduced", severity, f"现有 {count}，不得少于原来的 {floor}。", clause, inputs=inputs)


def _having(rule: SetRule, having: Having, members: Sequence[Member]) -> Iterator[Finding]:
    answers = [None if member.facts is None else judge(having.who, member.facts) for member in members]
    such, unknown = answers.count(True), answers.count(None)
    number = having.number is None or having.number.holds(such)
    share = having.percent is None or not members or having.percent.holds(Fraction(such * 100, len(members)))
    if number and share:
        return
    asked = having.number.words + "人" if having.number is not None and not number else ""
    asked += f"{having.percent.words}%" if having.percent is not None and not share else ""
    words = having.label or having.who.words
    told = f"符合“{words}”的有 {such} 人，应{asked}" + (f"；另有 {unknown} 人未填写。" if unknown else "。")
    inputs = {"count": such, "of": len(members), "unknown": unknown}
    yield Finding(
        "kind_wrong", severity_of(having.modality or rule.modality), told, clause_of(having, rule), inputs=inputs
    )


def _slots(rule: SetRule, members: Sequence[Member]) -> list[Finding]:
    most = len(members)  # no more places than that can be filled
    places = [index for index, slot in enumerate(rule.slots) for _ in range(min(least(slot.number), most))]
    filled = _placed(rule.slots, places, members)
    found = []
    for index, slot in enumerate(rule.slots):
        due, held = least(slot.number), filled.count(index)
        fitting = sum(_fits(slot, member) for member in members)
        severity, clause = severity_of(slot.modality or rule.modality), clause_of(slot, rule)
        words = slot.label or "兼".join(slot.roles)
        if held < due:
            inputs = {"slot": words, "count": held, "due": due}
            found.append(
                Finding("slot_empty", severity, f"{words}应有 {due} 名，现有 {held} 名。", clause, inputs=inputs)
            )
        elif not slot.number.holds(fitting) and fitting > due:
            inputs = {"slot": words, "count": fitting}
            told = f"{words}应为 {amount(slot.number)} 名，现有 {fitting} 名。"
            found.append(Finding("slot_overfull", severity, told, clause, inputs=inputs))
    return found


def least(number: Bounds) -> int:
    """The smallest whole number that a slot takes in."""
    lower = number.lower
    if lower is None:
        return 0
    whole = int(lower.at.to_integral_value(rounding="ROUND_CEILING"))
    return whole if number.holds(whole) else whole + 1


def amount(number: Bounds) -> str:
    """How many whole ones, as one says it: 1, 不少于3, 不多于6, 3至6."""
    lower, upper = least(number), number.upper
    if upper is None:
        return f"不少于{lower}"
    whole = int(upper.at.to_integral_value(rounding="ROUND_FLOOR"))
    most = whole if number.holds(max(whole, lower)) else whole - 1
    return f"{most}" if lower == most else f"{lower}至{most}" if lower else f"不多于{most}"


def _fits(slot: Slot, member: Member) -> bool:
    if not member.roles.issuperset(slot.roles):
        return False
    return slot.who is None or (member.facts is not None and judge(slot.who, member.facts) is True)


def _placed(slots: Sequence[Slot], places: Sequence[int], members: Sequence[Member]) -> list[int]:
    """The slots of the places that can be filled, each person in one: a largest matching, earlier places first."""
    holder: dict[int, int] = {}

    def seat(place: int, tried: set[int]) -> bool:
        for index, member in enumerate(members):
            if index in tried or not _fits(slots[places[place]], member):
                continue
            tried.add(index)
            if index not in holder or seat(holder[index], tried):
                holder[index] = place
                return True
        return False

    return [places[place] for place in range(len(places)) if seat(place, set())]

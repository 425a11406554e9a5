"""Faults of rules by reference (`like:`), and a pack with what they refer to laid under them, as the other checks read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial

from pydantic import ValidationError

from apps.rules.language.likes import chain, referred
from apps.rules.language.parts import Fault
from apps.rules.language.rule import Rule
from apps.rules.pack import CONSTRUCTS, Pack
from apps.rules.problems import Place, suggestion


def completed(pack: Pack, above: Pack | None) -> Pack:
    """The pack with every rule by reference as a rule of its construct; those that do not come to one are left out."""
    if not pack.likes:
        return pack
    written, more = _written(pack, above), dict[str, dict[str, Rule]]()
    for name in pack.likes:
        construct, _, key = name.partition(".")
        try:
            rule = referred(name, written)
        except ValidationError:
            continue  # told by `like_faults`
        if rule is not None and next(iter(chain(name, written))).startswith(f"{construct}."):
            more.setdefault(construct, {})[key] = rule
    return pack.model_copy(update={name: {**getattr(pack, name), **rules} for name, rules in more.items()})


def like_faults(pack: Pack, above: Pack | None) -> Iterator[Fault]:
    """References to nothing, to another kind of rule or in a circle, and rules that do not fit what they refer to, on
    any day on which one of both changes."""
    written = _written(pack, above)
    for name, like in pack.likes.items():
        path: Place = tuple(name.split("."))
        names = [name, *chain(name, written)]
        construct = name.partition(".")[0]
        if like.like.partition(".")[0] != construct:
            same = [other for other in written if other.startswith(f"{construct}.") and other != name]
            yield (*path, "like"), "只能参照同一部分的规则。", suggestion(like.like, same)
        elif len(set(names)) < len(names):
            round_ = " → ".join(names)
            yield (*path, "like"), f"参照来参照去，绕了一圈：{round_}。", "请让其中一条写出自己的内容。"
        elif names[-1] not in written:
            same = [other for other in written if other.startswith(f"{construct}.") and other != name]
            yield (*path, "like"), f"没有叫“{names[-1]}”的规则。", suggestion(names[-1], same)
        else:
            yield from _through_time(name, names, written, path)


def _through_time(name: str, names: list[str], written: Mapping[str, Rule], path: Place) -> Iterator[Fault]:
    """Every way in which the rule does not fit: as first written, and after each change of one that it rests on."""
    told = list(_fits(partial(referred, name, written), path))
    for each in names:
        for day in written[each].changes if not told else ():
            place = (*path, "changes", day.isoformat()) if each == name else (*path, "like")
            told += _fits(partial(_after, name, each, day, written), place)
    yield from told


def _after(name: str, changed: str, day: date, written: Mapping[str, Rule]) -> Rule | None:
    return referred(name, {**written, changed: written[changed].rewritten(day)})


def _fits(make: Callable[[], object], path: Place) -> Iterator[Fault]:
    try:
        make()
    except ValidationError as error:
        for entry in error.errors(include_url=False):
            inner = tuple(part for part in entry["loc"] if part != "[key]")
            named = inner[-1] if inner else ""
            yield (*path, *inner), f"照着参照的规则，这一项不合要求（{named}）。", "请对照所参照的规则里的写法。"


def _written(pack: Pack, above: Pack | None) -> dict[str, Rule]:
    """All rules of a pack and the one above by name, as written."""
    return {
        f"{construct}.{key}": rule
        for construct in CONSTRUCTS
        for held in (above, pack)
        if held is not None
        for key, rule in held.written(construct).items()
    }

"""Whether a proposed pack can stand where it wants to stand: the linter's faults, and those that only the database knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, ValidationError

from apps.core.errors import BadInput
from apps.core.tenancy import AREA_FORM
from apps.jurisdictions.models import Clause, RulePack
from apps.jurisdictions.selectors import pack_of, packs_above
from apps.jurisdictions.services import clauses_taken
from apps.rules.book import Measure, resolve
from apps.rules.checks import Fault, faults
from apps.rules.law import rules_of
from apps.rules.own import OwnClauses, own_clauses
from apps.rules.pack import CONSTRUCTS, Pack
from apps.rules.problems import PackError, Place, Problem, path_text
from apps.rules.reader import read_pack
from apps.rules.refusals import refusal
from apps.rules.source import Source, read_sources
from apps.rules.tagged import written

FORM = "填写的内容"  # in place of a file name, where a pack was not written by hand


@dataclass(frozen=True, slots=True)
class Draft:
    """A checked pack and the clauses that it brings along, if it does."""

    pack: Pack
    own: OwnClauses | None = None


def folder_pack(folder: Path) -> Pack:
    """The pack in a folder, right in itself and with what is published above it.  PackError with every fault."""
    return _read(folder, read_sources(folder), own_clauses(folder))


def draft_of_folder(folder: Path, *, county: str = "") -> Draft:
    """The pack in a folder, fit to be published where it says, which is `county` if one is given.  PackError with every
    fault, by file and line."""
    source, own = read_sources(folder), own_clauses(folder)
    if own is not None:
        own_clauses(folder, frozenset(clauses_taken(str(source.content.get("code")), own)))
    pack = _read(folder, source, own)
    if county and pack.area != county:
        message = f"这是 {pack.area} 的规则包，您只能提出本县的。"
        _raise(source, iter([(("area",), message, f"请写 area: {county}。")]))
    _raise(source, standing_faults(pack, own))
    return Draft(pack, own)


def _read(folder: Path, source: Source, own: OwnClauses | None) -> Pack:
    return read_pack(folder, _known(own), inherited(packs_above(_area(source))))


def draft_of_content(content: Mapping[str, Any]) -> Draft:
    """The same of plain values, whose faults name no file."""
    source = Source(dict(content), {(): (FORM, 1)})
    try:
        pack = Pack.model_validate(content)
    except ValidationError as error:
        found = [refusal(Pack, dict(entry)) for entry in error.errors(include_url=False)]
        raise PackError(source.problem(path, *told, where=path_text(path)) for path, *told in found) from error
    _raise(source, faults(pack, _known(None), inherited(packs_above(pack.area))))
    _raise(source, standing_faults(pack, None))
    return Draft(pack)


def value_check(rule: str, raw: Mapping[str, Any]) -> None:
    """Whether a rule with one value set otherwise is still a rule of its kind.  PackError saying what may stand there."""
    model = kind_of(rule)
    try:
        model.model_validate(raw)
    except ValidationError as error:
        found = [refusal(model, dict(entry)) for entry in error.errors(include_url=False)]
        raise PackError(Problem(FORM, 1, path_text(path), *said) for path, *said in found) from error


def kind_of(rule: str) -> type[BaseModel]:
    """The type of a rule by its name, `construct.key`."""
    construct = rule.partition(".")[0]
    found: type[BaseModel] = (
        Measure if construct == "presence" else get_args(Pack.model_fields[construct].annotation)[1]
    )
    return found


def closed_words(rule: str, path: Place) -> tuple[str, ...]:
    """The words of which a value of a rule must be one, or all where it is a list; none where it may be anything."""
    _, kind = written(kind_of(rule), path)
    if get_origin(kind) is tuple:
        kind = get_args(kind)[0]
    return get_args(kind) if get_origin(kind) is Literal else ()


def draft_recheck(pack: Pack, own: OwnClauses | None) -> None:
    """Whether a stored pack is still fit to be published: what stands above it may have changed.  PackError if not."""
    source = Source({}, {(): (FORM, 1)})
    _raise(source, faults(pack, _known(own), inherited(packs_above(pack.area))))
    _raise(source, standing_faults(pack, own))


def told(error: PackError) -> BadInput:
    """The faults of a pack as the answer to the person; `details` is [{file, line, where, message, instead}]."""
    return BadInput(
        f"规则包有 {len(error.problems)} 处需要改正，什么都没有保存。",
        details=[
            {name: getattr(problem, name) for name in ("file", "line", "where", "message", "instead")}
            for problem in error.problems
        ],
    )


def inherited(packs: Sequence[Pack]) -> Pack | None:
    """All that packs say together, as the pack that the next one below inherits from; nearest first, None for none."""
    if not packs:
        return None
    parts = ("presence", "likes", "bodies", *CONSTRUCTS)
    held = {part: {k: v for pack in reversed(packs) for k, v in getattr(pack, part).items()} for part in parts}
    return packs[0].model_copy(update=held)


def standing_faults(pack: Pack, own: OwnClauses | None) -> Iterator[Fault]:
    """What keeps a pack that is right in itself from its place: another's code, the wrong pack above, clauses that say
    something else already, a content that was published before, rules that do not go together."""
    above = packs_above(pack.area)
    yield from _names(pack, above)
    for name, most in (("code", 40), ("title", 150), ("number", 50)):
        if len(getattr(pack, name)) > most:
            yield (name,), "写得太长。", f"请不超过 {most} 个字。"
    if "\0" in "".join(_texts([pack.dump(), own.model_dump() if own else {}])):
        yield (), "文字里有不能用的控制字符。", "请删去后重新保存。"
        return
    if own is not None:
        for id_ in clauses_taken(pack.code, own):
            yield ("clauses",), f"条款号 {id_} 已经发布过，内容不能改动。", "请另编一个号。"
    if RulePack.objects.filter(code=pack.code, hash=pack.version).exists():
        yield (), "这份内容已经发布过，没有变化。", "请先改动再提出；要恢复旧的规定，在 note 里写明依据。"
    yield from _together(pack, above)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (text for pair in value.items() for item in pair for text in _texts(item))
    elif isinstance(value, list | tuple):
        yield from (text for item in value for text in _texts(item))


def _names(pack: Pack, above: Sequence[Pack]) -> Iterator[Fault]:
    here = pack_of(pack.area)
    elsewhere = RulePack.objects.filter(code=pack.code).exclude(area=pack.area)
    if here is not None and here.code != pack.code:
        yield ("code",), f"{pack.area} 的规则包是“{here.code}”，不是“{pack.code}”。", f"请写 code: {here.code}。"
    elif elsewhere.exists() or (here is None and Clause.objects.filter(pack=pack.code).exists()):
        yield ("code",), f"代码“{pack.code}”是别处的规则包。", "请换一个代码。"
    nearest = above[0].code if above else None
    if pack.inherits != nearest:
        message = f"上一级的规则包是“{nearest}”，不是“{pack.inherits}”。"
        yield ("inherits",), message, f"请写 inherits: {nearest or 'null'}。"


def _together(pack: Pack, above: Sequence[Pack]) -> Iterator[Fault]:
    for day in sorted({pack.effective, *_days(pack)}):
        packs = [each for each in (pack, *above) if each.effective <= day]
        try:
            resolve(packs, day)
            for construct in CONSTRUCTS:
                rules_of(packs, construct, day)
        except ValidationError:
            message = f"{day} 的规则合不到一起：有改动的值不合要求。"
            yield ("overrides",) if pack.overrides else ("regimes",), message, "请核对 overrides 和 regimes 里的值。"
            return
        except ValueError as error:
            yield (), str(error), "请补齐。"
            return


def _days(pack: Pack) -> Iterator[date]:
    yield from (day for measure in pack.presence.values() for day in measure.values)
    yield from (max(override.since, pack.effective) for override in pack.overrides)
    yield from (max(regime.first, pack.effective) for regime in pack.regimes.values())


def _area(source: Source) -> str:
    area = source.content.get("area")
    return area if isinstance(area, str) and AREA_FORM.fullmatch(area) else ""


def _known(own: OwnClauses | None) -> set[str]:
    return {*Clause.objects.values_list("pk", flat=True), *(own.ids if own else ())}


def _raise(source: Source, found: Iterator[Fault]) -> None:
    problems: list[Problem] = []
    for path, message, instead in found:
        place: Place = path
        problems.append(source.problem(place, message, instead, where=path_text(place)))
    if problems:
        raise PackError(problems)

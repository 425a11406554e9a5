"""A folder of YAML to a checked pack, or every fault of it at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from apps.rules.calendar import YearCalendar
from apps.rules.checks import faults
from apps.rules.pack import Pack
from apps.rules.problems import PackError, Place, Problem, path_text
from apps.rules.refusals import refusal
from apps.rules.source import Source, read_source, read_sources


def read_pack(folder: Path, clauses: Collection[str], above: Pack | None = None) -> Pack:
    """The pack in a folder: `pack.yaml` and any further `*.yaml`, each part of the pack in one of them.

    `clauses` are the ids of the catalogue, `above` the pack it inherits from.  PackError (Chinese; file, line, what to write instead) with all
    faults of the first of three passes that finds any: form, types, sense.
    """
    source = read_sources(folder)
    try:
        pack = Pack.model_validate(source.content)
    except ValidationError as error:
        raise PackError(_typing(source, error)) from error
    found = [_problem(source, path, *said) for path, *said in faults(pack, clauses, above)]
    if found:
        raise PackError(found)
    return pack


def read_packs(folder: Path, clauses: Collection[str]) -> dict[str, Pack]:
    """All packs in the folders below one, by code, each read after the one it inherits from.

    PackError of the first pack that cannot be used; ValueError (Chinese) where packs inherit in a circle.
    """
    waiting = {file.parent: inherits_from(file.parent) for file in sorted(folder.glob("*/pack.yaml"))}
    names = {place.name for place in waiting}
    found: dict[str, Pack] = {}
    while waiting:
        ready = [place for place, above in waiting.items() if above not in names or above in found]
        if not ready:
            raise ValueError(f"规则包互相继承，成了一圈：{'、'.join(sorted(place.name for place in waiting))}。")
        for place in ready:
            pack = read_pack(place, clauses, found.get(waiting.pop(place) or ""))
            found[pack.code] = pack
    return found


def inherits_from(folder: Path) -> str | None:
    """The code of the pack above as the header says, before anything is checked; None where it cannot be read."""
    try:
        found = read_source(folder / "pack.yaml").content.get("inherits")
    except (OSError, PackError):
        return None  # the reader tells what is wrong with it
    return found if isinstance(found, str) else None


def _typing(source: Source, error: ValidationError) -> Iterator[Problem]:
    entries: list[Any] = error.errors(include_url=False)
    places: list[Place] = [entry["loc"] for entry in entries]
    for entry in entries:
        # A list whose items are wrong is also reported as too short; the items say it better.
        if entry["type"] == "too_short" and any(_inside(place, entry["loc"]) for place in places):
            continue
        yield _problem(source, *refusal(Pack, entry))


def _problem(source: Source, path: Place, message: str, instead: str) -> Problem:
    """A fault at its place as written: a rule by reference stands among the others of its construct."""
    if len(path) > 1 and path[0] == "likes":
        path = (*str(path[1]).split("."), *path[2:])
    return source.problem(path, message, instead, where=path_text(path))


def _inside(place: Place, outer: Place) -> bool:
    return len(place) > len(outer) and place[: len(outer)] == outer


def read_calendars(folder: Path) -> dict[int, YearCalendar]:
    """All `<year>.yaml` of a folder by year.  ValueError (Chinese) names the file."""
    found: dict[int, YearCalendar] = {}
    for file in sorted(folder.glob("*.yaml")):
        try:
            calendar = YearCalendar.from_data(yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader))
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"{file.name}：{error}") from error
        if str(calendar.year) != file.stem:
            raise ValueError(f"{file.name}：文件里写的是 {calendar.year} 年。")
        found[calendar.year] = calendar
    return found

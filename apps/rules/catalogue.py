"""The catalogue of clauses, which of them a pack cites, and which a passing test proves.

Entries are those of `fixtures/clauses/*.yaml`: one file per regulation, ids stable for ever.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel

from apps.rules.pack import Pack

OWN = "clauses.yaml"  # in a pack's folder: the clauses it rests on, in the catalogue's form (`apps.rules.own`)


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause; `pack` is the name of its file, `body` the whole entry as written (dates as ISO text)."""

    id: str
    pack: str
    article: str
    topic: str
    kind: str
    modality: str
    gist: str
    binds: tuple[str, ...]
    body: Mapping[str, Any] = field(repr=False, compare=False)


def read_catalogue(folder: Path) -> dict[str, Clause]:
    """All clauses by id, in the order of the files.  ValueError (Chinese) on an id used twice."""
    found: dict[str, Clause] = {}
    for file in sorted(folder.glob("*.yaml")):
        _add(found, file, file.stem)
    return found


def _add(found: dict[str, Clause], file: Path, pack: str) -> None:
    for entry in yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)["clauses"]:
        clause = _clause(pack, entry)
        if clause.id in found:
            raise ValueError(f"{file.name}：条款号 {clause.id} 已经用过，请换一个。")
        found[clause.id] = clause


def _clause(pack: str, entry: Mapping[str, Any]) -> Clause:
    body = _plain(entry)
    named = {name: str(body[name]) for name in ("id", "article", "topic", "kind", "modality", "gist")}
    return Clause(pack=pack, binds=tuple(body["binds"]), body=body, **named)


def _plain(value: Any) -> Any:
    """Dates as ISO text and keys as text, so that the entry is JSON."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def citations(pack: Pack) -> dict[str, list[str]]:
    """Clause id → the keys of the rules that rest on it, such as `<pack>.presence.stationed_days`."""
    found: dict[str, list[str]] = {}
    for key, clause in _cited(pack, pack.code):
        if key not in found.setdefault(clause, []):
            found[clause].append(key)
    return found


def _cited(value: Any, key: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, BaseModel):
        for clause in (getattr(value, "clause", None), *getattr(value, "see", ())):
            if clause:
                yield key, clause
        for name in type(value).model_fields:
            yield from _cited(getattr(value, name), key if name in ("values", "likes") else f"{key}.{name}")
        yield from _cited(value.model_extra or {}, key)  # what a rule by reference says itself
    elif isinstance(value, Mapping):
        if isinstance(value.get("clause"), str):  # a change or an override: plain values with their own source
            yield key, value["clause"]
        for name, item in value.items():
            yield from _cited(item, f"{key}.{name}" if isinstance(name, str) else key)
    elif isinstance(value, tuple | list):
        for item in value:
            own = getattr(item, "key", None) or getattr(item, "category", None)
            yield from _cited(item, f"{key}.{own}" if own else key)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is known of one clause: the rules that cite it, the tests that proved it in the last run."""

    clause: Clause
    cited: tuple[str, ...]
    covered: tuple[str, ...]

    def dump(self) -> dict[str, Any]:
        return {
            "id": self.clause.id,
            "pack": self.clause.pack,
            "topic": self.clause.topic,
            "kind": self.clause.kind,
            "cited": list(self.cited),
            "covered": list(self.covered),
        }


def coverage(clauses: Iterable[Clause], packs: Iterable[Pack], report: Mapping[str, Collection[str]]) -> list[Coverage]:
    """One entry per clause, in their order; `report` is clause id → ids of the tests that passed."""
    cited: dict[str, list[str]] = {}
    for pack in packs:
        for clause_id, keys in citations(pack).items():
            cited.setdefault(clause_id, []).extend(keys)
    return [
        Coverage(clause, tuple(cited.get(clause.id, ())), tuple(sorted(report.get(clause.id, ()))))
        for clause in clauses
    ]


def table(found: Iterable[Coverage]) -> dict[tuple[str, str], list[Coverage]]:
    """(pack, kind) → its clauses, in the order met."""
    rows: dict[tuple[str, str], list[Coverage]] = {}
    for entry in found:
        rows.setdefault((entry.clause.pack, entry.clause.kind), []).append(entry)
    return rows


def totals(found: Iterable[Coverage]) -> dict[str, int]:
    """Clauses, those cited by a rule, those with a passing test; and the same without kind `statement`."""
    entries = list(found)
    asked = [entry for entry in entries if entry.clause.kind != "statement"]
    return {
        "clauses": len(entries),
        "cited": sum(bool(entry.cited) for entry in entries),
        "covered": sum(bool(entry.covered) for entry in entries),
        "non_statement": len(asked),
        "non_statement_cited": sum(bool(entry.cited) for entry in asked),
        "non_statement_covered": sum(bool(entry.covered) for entry in asked),
    }

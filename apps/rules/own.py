"""The clauses that a pack brings along in its own `clauses.yaml`, typed like the pack itself and told by file and line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import ConfigDict, Field, ValidationError

from apps.rules.catalogue import OWN
from apps.rules.problems import PackError, Place, Problem, path_text, suggestion
from apps.rules.refusals import refusal
from apps.rules.source import Source, read_source
from apps.rules.terms import Frozen

Kind = Literal[
    "record", "consequence", "workflow", "periodic", "entitlement", "document", "eligibility", "threshold", "statement",
    "spending", "formula", "quota",
]  # fmt: skip
ID = r"^[A-Z]{2}-[0-9A-Za-z.-]{1,17}$"


class OwnClause(Frozen):
    """One entry as in the catalogue: the number of the clause, where it stands, what it is about, its gist."""

    model_config = ConfigDict(coerce_numbers_to_str=True)

    id: str = Field(pattern=ID)
    article: str = Field(min_length=1, max_length=40)
    topic: str = Field(min_length=1, max_length=40)
    binds: tuple[str, ...] = ()
    modality: Literal["must", "in_principle", "encouraged", "may", "forbidden", "statement"]
    kind: Kind
    gist: str = Field(min_length=1, max_length=500)
    params: Any = None
    system: str = ""
    ambiguity: str = ""
    see: tuple[str, ...] = ()
    checked: date | None = None


class OwnSource(Frozen):
    """The document that the clauses are taken from."""

    model_config = ConfigDict(coerce_numbers_to_str=True)

    code: str = ""
    title: str = Field(min_length=1, max_length=200)
    number: str = ""


class OwnClauses(Frozen):
    """A whole `clauses.yaml`; equal text gives an equal value."""

    source: OwnSource
    clauses: tuple[OwnClause, ...] = ()

    @property
    def ids(self) -> set[str]:
        """The numbers that it brings."""
        return {clause.id for clause in self.clauses}


def own_clauses(folder: Path, taken: set[str] | frozenset[str] = frozenset()) -> OwnClauses | None:
    """The clauses in a pack's folder, None where it brings none.

    PackError (Chinese; file, line, what to write instead) with every fault; an id among `taken` or written twice is one.
    """
    if not (folder / OWN).exists():
        return None
    source = read_source(folder / OWN)
    try:
        found = OwnClauses.model_validate(source.content)
    except ValidationError as error:
        raise PackError(_typing(source, error)) from error
    faults = list(_ids(source, found, taken))
    if faults:
        raise PackError(faults)
    return found


def _typing(source: Source, error: ValidationError) -> Iterator[Problem]:
    for entry in error.errors(include_url=False):
        path: Place = entry["loc"]
        if entry["type"] == "string_pattern_mismatch":
            message, instead = f"“{entry['input']}”不能用作条款号。", "请写成两个大写字母、短横和条号，如 XX-5-1。"
        elif entry["type"] == "literal_error" and path[-1] == "kind":
            message, instead = f"不认识“{entry['input']}”。", suggestion(str(entry["input"]), get_args(Kind))
        elif entry["type"] == "string_too_long":
            message, instead = "写得太长。", f"请不超过 {entry['ctx']['max_length']} 个字。"
        else:
            path, message, instead = refusal(OwnClauses, dict(entry))
        yield source.problem(path, message, instead, where=path_text(path))


def _ids(source: Source, found: OwnClauses, taken: set[str] | frozenset[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, clause in enumerate(found.clauses):
        path: Place = ("clauses", place, "id")
        if clause.id in taken or clause.id in seen:
            message = f"条款号 {clause.id} 已经用过。"
            yield source.problem(path, message, "请换一个没有用过的编号。", where=path_text(path))
        seen.add(clause.id)

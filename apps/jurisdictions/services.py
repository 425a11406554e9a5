"""Writes: publishing rule packs, clauses, calendars and divisions.  The only writer of these tables."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.db.models import Model

from apps.core.errors import Refused
from apps.jurisdictions.models import CalendarYear, Clause, Division, RulePack
from apps.rules.own import OwnClause, OwnClauses, OwnSource
from apps.rules.pack import Pack
from apps.rules.reader import read_calendars, read_packs

SHIPPED = "随软件发布"


@transaction.atomic
def pack_publish(*, pack: Pack, proposed_by: str, confirmed_by: str) -> bool:
    """Publish one version of a pack; True when it was new.  The same content twice is published once.

    Refused when one person does both: rules take effect by two people.
    """
    if proposed_by == confirmed_by:
        raise Refused("规则须由两人办理：提出人和确认人不能是同一人。")
    _, created = RulePack.objects.get_or_create(
        code=pack.code,
        hash=pack.version,
        defaults={
            "area": pack.area,
            "title": pack.title,
            "number": pack.number,
            "inherits": pack.inherits or "",
            "content": json.dumps(pack.dump(), ensure_ascii=False),
            "effective": pack.effective,
            "proposed_by": proposed_by,
            "confirmed_by": confirmed_by,
        },
    )
    return created


@transaction.atomic
def shipped_packs_publish(*, folder: Path) -> tuple[int, list[str]]:
    """Publish every pack folder below `folder` that came with the software; how many were new, and which were left.

    A pack that people have changed since stays as they published it: an update of the software never takes a
    jurisdiction's own decision back.
    """
    known = set(Clause.objects.values_list("pk", flat=True))
    newest = dict(RulePack.objects.order_by("published_at", "id").values_list("code", "proposed_by"))
    packs = read_packs(folder, known)
    left = sorted(code for code in packs if newest.get(code, SHIPPED) != SHIPPED)
    new = [pack for code, pack in packs.items() if code not in left]
    return sum(pack_publish(pack=pack, proposed_by=SHIPPED, confirmed_by="系统初始化") for pack in new), left


@transaction.atomic
def own_clauses_publish(*, pack: str, own: OwnClauses) -> int:
    """Bring in the clauses that a pack came with; how many there are.  The same ones twice change nothing.

    Refused where an id is another regulation's, or where a published clause would say something else: ledgers cite it.
    """
    if taken := clauses_taken(pack, own):
        raise Refused(f"条款号 {'、'.join(taken)} 已经发布过，内容不能改动；请另编一个号。")
    _bring_up(Clause, [_clause(entry, pack, own.source) for entry in own.clauses], _CLAUSE_FIELDS)
    return len(own.clauses)


def clauses_taken(pack: str, own: OwnClauses) -> list[str]:
    """The ids of a pack's own clauses that stand in the catalogue with other words or for another regulation."""
    known = Clause.objects.in_bulk(own.ids)
    found = {entry.id: _clause(entry, pack, own.source) for entry in own.clauses}
    return [id_ for id_, each in found.items() if id_ in known and _said(known[id_]) != _said(each)]


def _said(clause: Clause) -> tuple[Any, ...]:
    return tuple(getattr(clause, name) for name in _CLAUSE_FIELDS)


def _clause(entry: OwnClause, pack: str, source: OwnSource) -> Clause:
    said = entry.model_dump(include={"id", "article", "topic", "kind", "modality", "gist"})
    body = {"title": source.title, "number": source.number, "system": entry.system, "ambiguity": entry.ambiguity}
    return Clause(**said, pack=pack, body=body)


@transaction.atomic
def clauses_load(*, folder: Path) -> int:
    """Bring the clause catalogue up to its files; how many entries there are."""
    rows = [row for path in sorted(folder.glob("*.yaml")) for row in _clauses(path, path.stem)]
    _bring_up(Clause, rows, _CLAUSE_FIELDS)
    return len(rows)


_CLAUSE_FIELDS = ("pack", "article", "topic", "kind", "modality", "gist", "body")


def _bring_up(model: type[Model], rows: Sequence[Model], fields: Sequence[str]) -> None:
    """Add these rows or write their `fields` anew; what stands so already is left alone, since every start asks."""
    known = {key: tuple(values) for key, *values in model._default_manager.values_list("pk", *fields)}
    stale = [row for row in rows if known.get(row.pk) != tuple(getattr(row, name) for name in fields)]
    model._default_manager.bulk_create(
        stale, update_conflicts=True, unique_fields=[model._meta.pk.name], update_fields=fields
    )


def _clauses(path: Path, pack: str) -> list[Clause]:
    content: dict[str, Any] = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    title = content["source"]["title"]
    return [
        Clause(
            id=entry["id"],
            pack=pack,
            article=entry["article"],
            topic=entry["topic"],
            kind=entry["kind"],
            modality=entry["modality"],
            gist=entry["gist"],
            body={
                "title": title,
                "number": content["source"].get("number") or "",
                "system": entry.get("system", ""),
                "ambiguity": entry.get("ambiguity", ""),
            },
        )
        for entry in content["clauses"]
    ]


@transaction.atomic
def calendars_load(*, folder: Path) -> int:
    """Bring the work calendars up to their files; how many years there are.  ValueError as `read_calendars`."""
    years = read_calendars(folder)
    for year, calendar in years.items():
        CalendarYear.objects.update_or_create(year=year, defaults={"content": calendar.dump()})
    return len(years)


@transaction.atomic
def divisions_load(*, file: Path) -> int:
    """Bring the divisions up to the file (code, name, level, zone?); how many there are.

    A division's parent is the nearest shorter code in the file.
    """
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(line for line in stream if not line.startswith("#")))
    codes = {row["code"] for row in rows}
    found = [
        Division(
            code=row["code"],
            name=row["name"],
            level=row["level"],
            zone=row.get("zone") or "",
            parent_id=_parent(row["code"], codes),
        )
        for row in sorted(rows, key=lambda row: (len(row["code"]), row["code"]))
    ]
    _bring_up(Division, found, ("name", "level", "zone", "parent_id"))
    return len(found)


def _parent(code: str, codes: set[str]) -> str | None:
    return next((code[:length] for length in range(len(code) - 1, 0, -1) if code[:length] in codes), None)

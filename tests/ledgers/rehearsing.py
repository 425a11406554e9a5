"""Packs to rehearse, made from shipped ones, and what to compare before and after."""

from __future__ import annotations

import hashlib
import shutil
from datetime import date
from pathlib import Path

import yaml
from django.conf import settings

from apps.core.months import Month
from apps.core.sql import fetch
from apps.jurisdictions.models import Clause
from apps.jurisdictions.selectors import pack_latest
from apps.ledgers.services.rehearse import Rehearsal, Standing, rehearse
from apps.rules.pack import Pack
from apps.rules.reader import read_pack

PACKS = Path(settings.BASE_DIR) / "fixtures" / "rules"
COUNTY, CITY_COUNTY = "C621121", "C610831"
TODAY = date(2026, 11, 22)


def folder_of(tmp_path: Path, name: str, file: str, old: str, new: str) -> Path:
    """A copy of a shipped pack with one passage of one file written otherwise."""
    folder = tmp_path / name
    shutil.copytree(PACKS / name, folder)
    text = (folder / file).read_text("utf-8")
    assert text.count(old) == 1, old
    (folder / file).write_text(text.replace(old, new), "utf-8")
    return folder


def read(folder: Path) -> Pack:
    above = yaml.safe_load((folder / "pack.yaml").read_text("utf-8"))["inherits"]
    return read_pack(folder, set(Clause.objects.values_list("pk", flat=True)), pack_latest(above))


def raised(tmp_path: Path) -> Pack:
    return read(folder_of(tmp_path, "tongwei", "attendance.yaml", "at_least: 220", "at_least: 240"))


def tried(pack: Pack, **span: Month) -> Rehearsal:
    return rehearse(pack=pack, today=TODAY, **span)


def figures(standing: Standing | None) -> tuple[int, ...]:
    return tuple(standing.judged) if standing else ()


def contents() -> dict[str, tuple[int, str]]:
    """{table: rows, hash of all of them} of everything that the product can read."""
    names = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
    tables = [name for (name,) in fetch(f"{names} AND has_table_privilege(oid, 'SELECT')", [])]
    found = {}
    for name in tables:
        rows = sorted(text for (text,) in fetch(f'SELECT t::text FROM "{name}" t', []))
        found[name] = (len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest())
    return found


def begun(tmp_path: Path, day: str) -> Pack:
    """The whole pack with the raised floor, in effect from a day on and not before."""
    folder = folder_of(tmp_path, "tongwei", "attendance.yaml", "at_least: 220", "at_least: 240")
    for file in folder.glob("*.yaml"):
        file.write_text(file.read_text("utf-8").replace("2018-04-13", day), "utf-8")
    return read(folder)

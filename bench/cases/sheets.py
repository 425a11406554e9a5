"""The month sheet of a township over HTTP: opened, saved, painted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import cycle
from typing import Any

from apps.core.months import Month
from apps.jurisdictions.models import Division
from bench import people
from bench.cases.compiles import COUNTY, PEOPLE_TABLES
from bench.floors.upserts import Upserts
from bench.ground import Scale, empty, sql
from bench.measure import Figure, paired
from bench.web import FLOOR, Site, Visitor, get_json, request, site, visitor

MONTH = Month(2026, 8)  # 31 days
AREA = f"{COUNTY}100"
DATA, SAVE = f"/sheet/{AREA}/{MONTH}/data.json", f"/sheet/{AREA}/{MONTH}/save.json"
BARE = f"/sheet/{AREA}/{MONTH}"
HISTORY = ("attendance_sheetlineevent", "attendance_dayspan")
TIMES = 4  # requests in a run count more than runs: one is a matter of milliseconds
_SPANS = """
INSERT INTO attendance_dayspan (area, posting_id, person, kind, first, last, reason, document, by, at)
SELECT area, id, person, 'training', %s, %s::date + 4, '县委党校培训', '', '登记员', now() FROM teams_posting WHERE id %% 4 = 0
"""


def run(scale: Scale) -> Iterator[Figure]:
    empty(*PEOPLE_TABLES, *HISTORY)
    people.people(scale.sheet, below=f"{COUNTY}%", per_township=scale.sheet)
    for number in range(1, MONTH.month):
        people.lines(Month(MONTH.year, number))
    clerk = visitor("township-clerk", "jurisdictions.township_clerk", Division.objects.get(pk=AREA))
    ours, floor = site(), site(FLOOR)
    yield from _save(scale, ours, clerk)
    sql(_SPANS, MONTH.first, MONTH.first)
    sql("ANALYZE attendance_dayspan, attendance_sheetline")
    yield _open(scale, ours, floor, clerk)
    yield from _paint(scale, ours, floor, clerk)
    empty(*PEOPLE_TABLES, *HISTORY)


class _Saves:
    """Every cell of the sheet changed, back and forth, by real requests."""

    def __init__(self, where: Site, by: Visitor, count: int) -> None:
        self.where, self.by = where, by
        self.rows: list[dict[str, Any]] = get_json(where, DATA, by)["rows"][:count]
        self.letters = cycle("VT")
        self.number = 0
        self.body = b""

    def prepare(self) -> None:
        letter, self.number = next(self.letters), self.number + 1
        cells = [
            {"p": row["p"], "v": row["v"], "cells": {day: [old, letter] for day, old in enumerate(row["m"], start=1)}}
            for row in self.rows
        ]
        self.body = json.dumps({"key": f"bench-{self.number}", "rows": cells}).encode()

    def post(self) -> None:
        self.answer = request(self.where, SAVE, by=self.by, body=self.body, kind="application/json")

    def check(self) -> None:
        """Everything was kept; the next save starts from it."""
        answer = json.loads(self.answer)
        if answer["errors"] or answer["conflicts"] or len(answer["rows"]) != len(self.rows):
            raise RuntimeError(f"not saved whole: {answer['errors'][:2]} {answer['conflicts'][:2]}")
        self.rows = answer["rows"]


def _save(scale: Scale, ours: Site, clerk: Visitor) -> Iterator[Figure]:
    saves = _Saves(ours, clerk, scale.sheet)
    floors = Upserts([row["p"] for row in saves.rows], MONTH)
    letters = cycle("VT")
    note = f"{len(saves.rows)}×{MONTH.days}格，HTTP、会话、行级权限、规则、历史"
    both: dict[str, Any] = {"n": scale.runs * TIMES, "before": saves.prepare, "after": saves.check}
    yield paired("sheet_save", saves.post, lambda: floors.text_rows(next(letters)), target=5, note=note, **both)
    yield paired(
        "sheet_save_orm",
        saves.post,
        lambda: floors.day_rows(next(letters)),
        target=0.5,
        note="对ORM bulk_create每日一行",
        **{**both, "n": scale.runs},
    )
    floors.drop()


def _open(scale: Scale, ours: Site, floor: Site, clerk: Visitor) -> Figure:
    count = len(get_json(ours, DATA, clerk)["rows"])
    return paired(
        "sheet_open",
        lambda: request(ours, DATA, by=clerk),
        lambda: request(floor, BARE),
        target=4,
        n=scale.runs * TIMES,
        note=f"{count}人，含锁定、合计、年累计",
    )


def _paint(scale: Scale, ours: Site, floor: Site, clerk: Visitor) -> Iterator[Figure]:
    from bench.browser import painted  # noqa: PLC0415 - Chromium is needed for this one alone

    yield from painted(scale, ours, floor, clerk, area=AREA, month=MONTH)

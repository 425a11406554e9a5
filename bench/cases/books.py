"""Workbooks over HTTP: the dispatch unit's quarter, the township's offline month, the county's roster."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import xlsxwriter
from django.urls import NoReverseMatch, reverse
from stdnum.cn import ric

from apps.cadres.models import DispatchUnit
from apps.core.months import quarter_months
from apps.core.tenancy import NATION, Scope, entered
from apps.jurisdictions.models import Division
from apps.ledgers.services.fill import ledgers_fill
from apps.reports.roster.layout import LAYOUTS, PEOPLE, UNITS, VILLAGES
from bench import people
from bench.cases.compiles import COUNTY, LEDGER_TABLES, PEOPLE_TABLES
from bench.cases.sheets import AREA, MONTH
from bench.floors import workbooks
from bench.ground import Scale, empty, sql
from bench.measure import Figure, paired
from bench.web import Site, Visitor, request, site, upload, visitor

TABLES = (*LEDGER_TABLES, *PEOPLE_TABLES, "cadres_dispatchunit", "ledgers_unitfeedback", "teams_teammonth")
YEAR, QUARTER = 2026, 2
LARGE = 500  # people from which the library has to write with constant memory
PER_VILLAGE, FIRST_CELL = 3, (4, 6)
_FEEDBACK = """
INSERT INTO ledgers_unitfeedback (area, unit_id, ledger_id, book_id, month, county, township, version, hash, current, at)
SELECT area, 1, id, book_id, month, left(area, 7), name, version, hash, true, now() FROM ledgers_ledger
"""


def run(scale: Scale) -> Iterator[Figure]:
    yield from _quarter("quarter_xlsx_30", 30, scale, target=1.5, runs=scale.runs)
    yield from _quarter(f"quarter_xlsx_{scale.unit}", scale.unit, scale, target=0.5, runs=1)
    yield from _uploads(scale)
    empty(*TABLES)


def _quarter(name: str, count: int, scale: Scale, *, target: float, runs: int) -> Iterator[Figure]:
    try:
        path = reverse("reports:unit_quarter", kwargs={"year": YEAR, "quarter": QUARTER})
    except NoReverseMatch:
        return
    _unit(count)
    head = visitor("unit-head", "cadres.unit_head", DispatchUnit.objects.get(pk=1))
    ours, large = site(), count > LARGE
    before = ours.peak_mb()
    content = request(ours, path, by=head)
    sheets = workbooks.cells(content)
    size = sum(len(row) for rows in sheets.values() for row in rows)
    yield paired(
        name,
        lambda: request(ours, path, by=head),
        lambda: workbooks.written(sheets, constant_memory=large),
        target=target,
        n=runs,
        note=f"{count}人一季，{size}格，{len(content) // 1024} kB",
        warm=not large,
    )
    if large:
        note = f"提供服务的进程的内存峰值，单位MB；此前{before:.0f}"
        yield Figure(f"{name}_mb", ours.peak_mb(), None, 250, 1, note, absolute=True)


def _unit(count: int) -> None:
    """A unit with so many people, a quarter of whose ledgers were fed back."""
    empty(*TABLES)
    people.people(count, units=1)
    for month in quarter_months(YEAR, QUARTER):
        people.lines(month)
        people.ledgers(month)
        more = True
        while more:
            with entered(Scope(area=NATION)):
                more = ledgers_fill(area=NATION, month=month).more
    sql(_FEEDBACK)
    sql("ANALYZE ledgers_ledgerline, ledgers_unitfeedback")


def _uploads(scale: Scale) -> Iterator[Figure]:
    empty(*TABLES)
    yield _sheet_upload(scale, site())
    yield _roster(scale, site())


def _sheet_upload(scale: Scale, ours: Site) -> Figure:
    people.people(scale.sheet, below=f"{COUNTY}%", per_township=scale.sheet)
    people.lines(MONTH)
    clerk = visitor("township-clerk", "jurisdictions.township_clerk", Division.objects.get(pk=AREA))
    base = f"/sheet/{AREA}/{MONTH}"
    exported = request(ours, f"{base}/book.xlsx", by=clerk)
    content = workbooks.edited(exported, "考勤月表", FIRST_CELL, "VT")
    page = upload(ours, f"{base}/import/", content, by=clerk)
    if b'name="token"' not in page:
        raise RuntimeError("the workbook was not accepted")
    return paired(
        "sheet_upload",
        lambda: upload(ours, f"{base}/import/", content, by=clerk),
        lambda: workbooks.walked(content),
        target=1,
        n=scale.runs,
        note=f"{scale.sheet}×{MONTH.days}格，上传到差异预览",
    )


def _roster(scale: Scale, ours: Site) -> Figure:
    officer = visitor("county-office", "jurisdictions.county_office", Division.objects.get(pk=COUNTY))
    content = _workbook(scale.roster)
    workbooks.roster_table(len(PEOPLE.columns))

    def clean() -> None:
        empty(*TABLES)

    def check() -> None:
        found = sql("SELECT count(*) FROM teams_posting")[0][0]
        if found != scale.roster:
            raise RuntimeError(f"{found} of {scale.roster} came in")

    figure = paired(
        f"roster_import_{scale.roster}",
        lambda: _import(ours, content, officer),
        lambda: workbooks.imported(content, PEOPLE.title),
        target=6,
        n=scale.runs,
        note=f"{scale.roster}人，{len(content) // 1024} kB，上传、预览、入库",
        before=clean,
        after=check,
        before_floor=lambda: sql("TRUNCATE bench_roster") and None,
    )
    sql("DROP TABLE bench_roster")
    return figure


def _import(ours: Site, content: bytes, officer: Visitor) -> None:
    page = upload(ours, "/roster/preview/", content, by=officer).decode()
    found = re.search(r'name="token" value="([^"]+)"', page)
    if found is None:
        raise RuntimeError("the roster was not accepted")
    body = urlencode({"token": found[1]}).encode()
    request(ours, "/roster/confirm/", by=officer, body=body, kind="application/x-www-form-urlencoded")


def _workbook(count: int) -> bytes:
    """A county's roster: villages over its townships, one unit in ten people, everybody with a number that checks."""
    townships = list(Division.objects.filter(parent=COUNTY).order_by("code").values_list("code", "name"))
    places = [(*townships[n % len(townships)], n // len(townships)) for n in range(-(-count // PER_VILLAGE))]
    villages = [
        [name, f"新村{n}", f"{code[1:]}{200 + k}", "建档立卡贫困村"] for n, (code, name, k) in enumerate(places)
    ]
    units = [[f"县直单位{n}", "县级", "机关", "", ""] for n in range(-(-count // 10))]
    rows = [_person(n, villages[n // PER_VILLAGE][2], units[n // 10][0]) for n in range(count)]
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    contents: dict[str, list[list[Any]]] = {VILLAGES.title: villages, UNITS.title: units, PEOPLE.title: rows}
    for layout in LAYOUTS:
        sheet = book.add_worksheet(layout.title)
        for number, row in enumerate([[column.head for column in layout.columns], *contents[layout.title]]):
            sheet.write_row(number, 0, row)
    book.close()
    return stream.getvalue()


def _person(number: int, village: str, unit: str) -> list[str]:
    born = date.fromordinal(date(1970, 1, 1).toordinal() + number % 9_000)
    body = f"621121{born:%Y%m%d}{number // 9_000:03d}"
    roles = "队长、第一书记" if number % PER_VILLAGE == 0 else "队员"
    number_18 = body + ric.calc_check_digit(body + "0")
    return [
        f"干部{_name(number)}",
        number_18,
        unit,
        "中共党员",
        "科员",
        "13900000000",
        "各级帮扶干部",
        village,
        roles,
        "2026-03-01",
        "",
        "",
    ]


def _name(number: int) -> str:
    """A name without digits."""
    return "".join("甲乙丙丁戊己庚辛壬癸"[int(digit)] for digit in str(number))

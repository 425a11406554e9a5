"""Compiling ledgers: a nation's month through real workers, a county's, a December with its year, and the growth."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from apps.core.months import Month
from apps.core.tenancy import NATION, Scope, area_end, entered
from apps.ledgers.services.fill import ledgers_fill
from bench import people
from bench.floors import day_rows, text_rows
from bench.ground import Scale, empty, sql
from bench.measure import Figure, paired, timed
from bench.workers import compiled, workers

SEPTEMBER, DECEMBER = Month(2026, 9), Month(2025, 12)
COUNTY = "C621121"
COUNTY_RUNS = 30  # a tenth of a second each: few would say little
LEDGER_TABLES = ("ledgers_ledger", "ledgers_ledgerline", "ledgers_tally", "ledgers_job")
PEOPLE_TABLES = ("attendance_sheetline", "teams_posting", "teams_team", "cadres_cadre", "jurisdictions_village")


def run(scale: Scale) -> Iterator[Figure]:
    yield from _growth(scale)
    with workers(2):
        yield _nation(scale)
        yield _year(scale)
    yield _county(scale)
    empty(*LEDGER_TABLES, *PEOPLE_TABLES)


def _seed(count: int, *, below: str = "C%", per_county: int = people.PER_COUNTY) -> int:
    """About so many people and their September; how many there are."""
    empty(*LEDGER_TABLES, *PEOPLE_TABLES)
    seeded = people.people(count, below=below, per_county=per_county)
    people.lines(SEPTEMBER)
    return seeded


def _fresh(month: Month) -> None:
    empty(*LEDGER_TABLES)
    people.ledgers(month)


def _fill(month: Month) -> None:
    """What a job does with its area's ledgers, in this process."""
    more = True
    while more:
        with entered(Scope(area=NATION)):
            more = ledgers_fill(area=NATION, month=month).more


def _growth(scale: Scale) -> Iterator[Figure]:
    """Time per person, by one process, at three sizes; the figures are for as many people as the smallest has."""
    medians: dict[int, float] = {}
    for count in (scale.year // 100, scale.year // 10, scale.year):
        seeded = _seed(count)
        times = []
        for _ in range(scale.runs + 1):
            _fresh(SEPTEMBER)
            times.append(timed(lambda: _fill(SEPTEMBER)))
        medians[seeded] = statistics.median(times[1:]) / seeded
    smallest = min(medians)
    for times_larger, count in zip((10, 100), sorted(medians)[1:], strict=False):
        ours, floor = medians[count] * smallest, medians[smallest] * smallest
        note = f"{count}人对{smallest}人，折合每{smallest}人"
        yield Figure(f"growth_compile_{times_larger}x", ours, floor, 1.2, scale.runs, note)


def _nation(scale: Scale) -> Figure:
    count = _seed(scale.nation)
    day_rows.build(SEPTEMBER)
    figure = paired(
        "compile_nation",
        lambda: compiled(SEPTEMBER),
        day_rows.run,
        target=1.0,
        n=scale.runs if scale.name != "full" else 3,
        note=f"{count}人一个月，2个进程",
        before=lambda: _fresh(SEPTEMBER),
        before_floor=day_rows.reset,
    )
    sql("DROP TABLE bench_days, bench_day_lines")
    return figure


def _county(scale: Scale) -> Figure:
    count = _seed(scale.county, below=f"{COUNTY}%", per_county=99)
    text_rows.build()
    return paired(
        "compile_county",
        lambda: _fill(SEPTEMBER),
        lambda: text_rows.month(COUNTY, area_end(COUNTY), SEPTEMBER),
        target=4,
        n=COUNTY_RUNS,
        note=f"{count}人",
        before=lambda: _fresh(SEPTEMBER),
        before_floor=text_rows.reset,
    )


def _year(scale: Scale) -> Figure:
    empty(*LEDGER_TABLES, *PEOPLE_TABLES)
    count = people.people(scale.year)
    for month in (Month(2025, number) for number in range(1, 13)):
        people.lines(month)
        people.ledgers(month)
        if month != DECEMBER:
            compiled(month)
    text_rows.build()
    figure = paired(
        "compile_ytd",
        lambda: compiled(DECEMBER),
        lambda: text_rows.year(DECEMBER),
        target=0.5,
        n=scale.runs,
        note=f"{count}人，十二月含年累计，2个进程，结果相同",
        before=_december_again,
        before_floor=text_rows.reset,
    )
    _check_year(count)
    return figure


def _check_year(count: int) -> None:
    """The last run of both left its results: they are the same for everybody."""
    same = text_rows.years_alike(DECEMBER)
    if same != count:
        raise RuntimeError(f"the year of {count - same} of {count} people is not the sum of its months")


def _december_again() -> None:
    sql("ALTER TABLE ledgers_ledgerline DISABLE TRIGGER USER")
    sql("ALTER TABLE ledgers_ledger DISABLE TRIGGER USER")
    sql("DELETE FROM ledgers_ledgerline WHERE month = %s", DECEMBER.first)
    sql("UPDATE ledgers_ledger SET state = 'queued', hash = '' WHERE month = %s", DECEMBER.first)
    sql("ALTER TABLE ledgers_ledgerline ENABLE TRIGGER USER")
    sql("ALTER TABLE ledgers_ledger ENABLE TRIGGER USER")
    sql("VACUUM ANALYZE ledgers_ledgerline")

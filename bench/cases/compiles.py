"""Compiling ledgers: a nation's month through real workers, a county's, a December with its year."""

from __future__ import annotations

import time
from collections.abc import Iterator

from apps.core.months import Month
from apps.core.tenancy import NATION, Scope, area_end, entered
from apps.ledgers.services.fill import ledgers_fill
from apps.ledgers.services.jobs import job_queue
from bench import people
from bench.floors import day_rows, text_rows
from bench.ground import Scale, empty, program, sql
from bench.measure import Figure, paired

SEPTEMBER, DECEMBER = Month(2026, 9), Month(2025, 12)
COUNTY = "C621121"
LEDGER_TABLES = ("ledgers_ledger", "ledgers_ledgerline", "ledgers_tally", "ledgers_job")
PEOPLE_TABLES = ("attendance_sheetline", "teams_posting", "teams_team", "cadres_cadre", "jurisdictions_village")
WORKER = ("celery", "-A", "config", "worker", "-c", "2", "-l", "WARNING", "--without-gossip", "--without-mingle")


def run(scale: Scale) -> Iterator[Figure]:
    yield from _nation(scale)
    yield from _county(scale)
    yield from _year(scale)
    empty(*LEDGER_TABLES, *PEOPLE_TABLES)


def _fresh(month: Month) -> None:
    empty(*LEDGER_TABLES)
    people.ledgers(month)


def _nation(scale: Scale) -> Iterator[Figure]:
    count = people.people(scale.nation)
    people.lines(SEPTEMBER)
    day_rows.build(SEPTEMBER)
    with program(*WORKER, log="var/bench-worker.log"):
        yield paired(
            "compile_nation",
            _compile_by_workers,
            day_rows.run,
            target=1.0,
            n=scale.runs if scale.name != "full" else 3,
            note=f"{count}人一个月，2个进程",
            before=lambda: _fresh(SEPTEMBER),
            before_floor=day_rows.reset,
        )
    sql("DROP TABLE bench_days, bench_day_lines")


def _compile_by_workers() -> None:
    """Queue a job per city and wait until the last ledger is drafted."""
    cities = [area for (area,) in sql("SELECT DISTINCT left(area, 5) FROM ledgers_ledger ORDER BY 1")]
    with entered(Scope(area=NATION)):
        for city in cities:
            job_queue(area=city, kind="ledgers", by="测速", month=SEPTEMBER.first)
    until = time.monotonic() + 600
    while sql("SELECT count(*) FROM ledgers_job WHERE state <> 'done'")[0][0]:
        if time.monotonic() > until:
            raise TimeoutError("jobs did not finish; see var/bench-worker.log")
        time.sleep(0.02)


def _county(scale: Scale) -> Iterator[Figure]:
    empty(*LEDGER_TABLES, *PEOPLE_TABLES)
    count = people.people(scale.county, below=f"{COUNTY}%", per_county=99)
    people.lines(SEPTEMBER)
    text_rows.build()
    yield paired(
        "compile_county",
        lambda: _fill(SEPTEMBER),
        lambda: text_rows.month(COUNTY, area_end(COUNTY), SEPTEMBER),
        target=4,
        n=scale.runs,
        note=f"{count}人",
        before=lambda: _fresh(SEPTEMBER),
        before_floor=text_rows.reset,
    )


def _fill(month: Month) -> None:
    filled = -1
    while filled:
        with entered(Scope(area=NATION)):
            filled = ledgers_fill(area=NATION, month=month)


def _year(scale: Scale) -> Iterator[Figure]:
    empty(*LEDGER_TABLES, *PEOPLE_TABLES)
    count = people.people(scale.year)
    for month in (Month(2025, number) for number in range(1, 13)):
        people.lines(month)
        people.ledgers(month)
        if month != DECEMBER:
            _fill(month)
    text_rows.build()
    yield paired(
        "compile_ytd",
        lambda: _fill(DECEMBER),
        lambda: text_rows.year(DECEMBER),
        target=0.5,
        n=scale.runs,
        note=f"{count}人，十二月含年累计",
        before=_december_again,
        before_floor=text_rows.reset,
    )


def _december_again() -> None:
    sql("ALTER TABLE ledgers_ledgerline DISABLE TRIGGER USER")
    sql("ALTER TABLE ledgers_ledger DISABLE TRIGGER USER")
    sql("DELETE FROM ledgers_ledgerline WHERE month = %s", DECEMBER.first)
    sql("DELETE FROM ledgers_tally WHERE month = %s", DECEMBER.first)
    sql("UPDATE ledgers_ledger SET state = 'queued', hash = '' WHERE month = %s", DECEMBER.first)
    sql("ALTER TABLE ledgers_ledgerline ENABLE TRIGGER USER")
    sql("ALTER TABLE ledgers_ledger ENABLE TRIGGER USER")
    sql("VACUUM ANALYZE ledgers_ledgerline")
    sql("VACUUM ANALYZE ledgers_tally")

"""The floor of a compile: the same marks as one row per person and day, counted by bare SQL."""

from __future__ import annotations

from apps.core.months import Month
from apps.rules.marks import LETTERS
from bench.ground import sql

_COUNTS = ", ".join(f"count(*) FILTER (WHERE mark = '{letter}')" for letter in LETTERS)


def build(month: Month) -> None:
    """A table with the marks of a month, a row per day, keyed and analysed."""
    sql("DROP TABLE IF EXISTS bench_days, bench_day_lines")
    sql(
        "CREATE TABLE bench_days AS SELECT l.posting_id AS posting, %s::date + d - 1 AS day, "
        "substr(l.marks, d, 1)::char(1) AS mark FROM attendance_sheetline l, generate_series(1, %s) d WHERE l.month = %s",
        month.first,
        month.days,
        month.first,
    )
    sql("ALTER TABLE bench_days ADD PRIMARY KEY (posting, day)")
    columns = ", ".join(f"c{index} int" for index in range(len(LETTERS)))
    sql(f"CREATE TABLE bench_day_lines (posting bigint PRIMARY KEY, {columns})")
    sql("ANALYZE bench_days")


def run() -> None:
    """INSERT … SELECT … GROUP BY: nothing but the counts."""
    sql(f"INSERT INTO bench_day_lines SELECT posting, {_COUNTS} FROM bench_days GROUP BY posting")


def reset() -> None:
    sql("TRUNCATE bench_day_lines")

"""Floors on text rows: read a month's lines and insert finished ones, or sum a year's, in bare SQL."""

from __future__ import annotations

from datetime import date

from apps.core.months import Month
from apps.rules.marks import LETTERS
from bench.ground import sql


def _counts(column: str) -> str:
    return ", ".join(f"length({column}) - length(replace({column}, '{letter}', ''))" for letter in LETTERS)


def build() -> None:
    columns = ", ".join(f"c{index} int" for index in range(len(LETTERS)))
    sql("DROP TABLE IF EXISTS bench_text_lines")
    sql(f"CREATE TABLE bench_text_lines (posting bigint PRIMARY KEY, {columns})")


def reset() -> None:
    sql("TRUNCATE bench_text_lines")


def month(area: str, end: str, month: Month) -> None:
    """The lines of an area's month counted and inserted."""
    sql(
        f"INSERT INTO bench_text_lines SELECT posting_id, {_counts('marks')} FROM attendance_sheetline "
        "WHERE month = %s AND area >= %s AND area < %s",
        month.first,
        area,
        end,
    )


def year(through: Month) -> None:
    """The year recomputed from all its months."""
    sums = ", ".join(f"sum(length(marks) - length(replace(marks, '{letter}', '')))" for letter in LETTERS)
    sql(
        f"INSERT INTO bench_text_lines SELECT posting_id, {sums} FROM attendance_sheetline "
        "WHERE month >= %s AND month <= %s GROUP BY posting_id",
        date(through.year, 1, 1),
        through.first,
    )


def years_alike(through: Month) -> int:
    """How many people's year in the ledger lines is the one that `year` found."""
    counts = ", ".join(f"c{index}" for index in range(len(LETTERS)))
    rows = sql(
        "SELECT count(*) FROM ledgers_ledgerline l JOIN bench_text_lines b ON b.posting = l.posting_id "
        f"WHERE l.month = %s AND l.ytd[1:{len(LETTERS)}]::int[] = ARRAY[{counts}]",
        through.first,
    )
    return int(rows[0][0])

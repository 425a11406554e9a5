"""今日待办 of a county's office, four clients at once, and how it grows.

The desk keeps no table of items: it reads what stands open.  So the county has thirteen months behind it in which
every line still waits for somebody: its township's ledger is not made, not signed, not reviewed or not filed.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from django.utils import timezone

from apps.core.months import Month
from apps.core.tenancy import NATION, Scope, entered
from apps.jurisdictions.models import Division
from apps.jurisdictions.selectors import book_of
from apps.ledgers.services.books import book_freeze
from bench import people
from bench.cases.compiles import COUNTY, LEDGER_TABLES, PEOPLE_TABLES
from bench.cases.lists import turns
from bench.ground import Scale, empty, sql
from bench.measure import Figure
from bench.web import visitor

TOWNSHIPS, MONTHS = 13, 13
_LEDGERS = """
INSERT INTO ledgers_ledger (area, kind, name, month, version, state, book_id, people, totals, parts, hash, attested_by,
    reason, created_at, changed_at)
SELECT area, 'township', '第' || i || '乡镇', month, 1, state, %s, 50, '{}', '[]', md5(area || month), '登记员', '',
    now(), now()
FROM (SELECT i, area, month, (ARRAY['draft', 'submitted', 'accepted'])[(i + m) %% 4] AS state
      FROM bench_places, unnest(%s::date[]) WITH ORDINALITY x(month, m)) q
WHERE state IS NOT NULL
"""


def run(scale: Scale) -> Iterator[Figure]:
    officer = visitor("county-office", "jurisdictions.county_office", Division.objects.get(pk=COUNTY))
    p95, floor_p95, medians = [0.0], [0.0], {}
    for count in (scale.desk // 100, scale.desk // 10, scale.desk):
        seeded = _seed(count)
        p95, floor_p95, medians[seeded] = turns(scale, "/", officer)
    note = f"p95，县级，{seeded}条登记未了，{TOWNSHIPS}个乡镇{MONTHS}个月，4个连接；"
    spread = f"{min(p95):.1f}–{max(p95):.1f} / {min(floor_p95):.1f}–{max(floor_p95):.1f}"
    yield Figure("desk", statistics.median(p95), statistics.median(floor_p95), 3, scale.runs, note + spread)
    smallest = min(medians)
    for more, count in zip((10, 100), sorted(medians)[1:], strict=False):
        note = f"{count}条对{smallest}条，中位数"
        yield Figure(f"growth_desk_{more}x", medians[count], medians[smallest], 1.3, scale.runs, note)
    empty(*LEDGER_TABLES, *PEOPLE_TABLES)


def _seed(count: int) -> int:
    """About `count` lines of a county in the months that the desk looks at; how many there are."""
    empty(*LEDGER_TABLES, *PEOPLE_TABLES)
    last = Month.of(timezone.localdate()).previous()
    months = [last.shifted(-back) for back in range(MONTHS)]
    each = max(people.PER_TEAM, count // MONTHS // TOWNSHIPS)
    people.people(TOWNSHIPS * each, below=f"{COUNTY}%", per_county=TOWNSHIPS, per_township=each)
    for month in months:
        people.lines(month)
    with entered(Scope(area=NATION)):
        book = book_freeze(book_of(COUNTY, last.last)).pk
    sql(_LEDGERS, book, [month.first for month in months])
    sql("VACUUM ANALYZE ledgers_ledger, attendance_sheetline")
    return int(sql("SELECT count(*) FROM attendance_sheetline")[0][0])

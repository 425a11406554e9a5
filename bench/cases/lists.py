"""The list of ledgers over HTTP, four clients at once, and how it grows."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from apps.core.months import Month
from apps.core.tenancy import NATION, Scope, entered
from apps.jurisdictions.models import Division
from apps.jurisdictions.selectors import book_of
from apps.ledgers.services.books import book_freeze
from bench.cases.compiles import COUNTY, LEDGER_TABLES
from bench.ground import Scale, empty, sql
from bench.measure import Figure, quantile
from bench.web import FLOOR, Visitor, many, site, visitor

LIST = "/ledgers/?kind=township&state=submitted"
TOWNSHIPS = 250
_LEDGERS = """
INSERT INTO ledgers_ledger (area, kind, name, month, version, state, book_id, people, totals, parts, hash, attested_by,
    reason, created_at, changed_at)
SELECT %s || (100 + t)::text, 'township', '第' || t || '乡镇', (date '2005-01-01' + m * interval '1 month')::date, 1,
    CASE WHEN (t + m) %% 2 = 0 THEN 'submitted' ELSE 'accepted' END, %s, 40 + t %% 30, '{}', '[]', md5(t || '-' || m),
    '登记员', '', now(), now()
FROM generate_series(0, %s) t CROSS JOIN generate_series(0, %s) m ORDER BY m, t
"""


def run(scale: Scale) -> Iterator[Figure]:
    officer = visitor("county-office", "jurisdictions.county_office", Division.objects.get(pk=COUNTY))
    p95, floor_p95, medians = [0.0], [0.0], {}
    for count in (scale.ledgers // 100, scale.ledgers // 10, scale.ledgers):
        seeded = _seed(count)
        p95, floor_p95, medians[seeded] = turns(scale, LIST, officer)
    yield Figure(
        "ledger_list",
        statistics.median(p95),
        statistics.median(floor_p95),
        2,
        scale.runs,
        f"p95，{seeded}份中50份，有筛选，4个连接；{min(p95):.1f}–{max(p95):.1f} / {min(floor_p95):.1f}–{max(floor_p95):.1f}",
    )
    smallest = min(medians)
    for count in sorted(medians)[1:]:
        note = f"{count}份对{smallest}份，中位数"
        yield Figure(f"growth_list_{count // smallest}x", medians[count], medians[smallest], 1.3, scale.runs, note)
    empty(*LEDGER_TABLES)


def _seed(count: int) -> int:
    """About `count` ledgers of one county: its townships through as many months as it takes."""
    empty(*LEDGER_TABLES)
    with entered(Scope(area=NATION)):
        book = book_freeze(book_of(COUNTY, Month(2026, 9).last)).pk
    townships = min(TOWNSHIPS, max(1, count // 4))
    sql(_LEDGERS, COUNTY, book, townships - 1, max(1, count // townships) - 1)
    sql("VACUUM ANALYZE ledgers_ledger")
    return int(sql("SELECT count(*) FROM ledgers_ledger")[0][0])


def turns(scale: Scale, path: str, officer: Visitor) -> tuple[list[float], list[float], float]:
    """p95 of each run of both in turn, and the median of all our requests."""
    ours, floor = site(), site(FLOOR)
    mine, theirs, all_mine = [], [], []
    for turn in range(scale.runs + 1):
        a = many(ours, path, by=officer, times=scale.requests)
        b = many(floor, "/list", times=scale.requests)
        if turn:
            mine.append(quantile(a, 0.95))
            theirs.append(quantile(b, 0.95))
            all_mine += a
    return mine, theirs, statistics.median(all_mine)

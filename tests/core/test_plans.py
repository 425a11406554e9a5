"""The hot queries as the web role, on tables of a county's size: every one finds its rows by an index.

Row-level security filters by ranges of text and by equality, which the planner may use in an index (security.md D2).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection, connections

from apps.attendance.selectors import sheet_rows
from apps.attendance.selectors.places import earlier_month_open, townships_states
from apps.attendance.selectors.spans import spans_in
from apps.core.months import Month
from apps.core.tenancy import Scope, entered
from apps.jurisdictions.selectors import book_of
from apps.ledgers.models import Ledger, LedgerLine
from apps.ledgers.selectors.lists import ledgers_in, lines_of
from apps.ledgers.selectors.months import current_ledger
from apps.ledgers.selectors.own import own_lines
from apps.ledgers.services.fill import ledgers_waiting
from apps.ledgers.services.jobs import jobs_rescue
from apps.reports.compile.quarter import quarter_rows
from tests.core.tables import run

BIG = 10_000
TOWNSHIP, COUNTY = "C621121100", "C621121"
JUNE = Month(2026, 6)

# Six hundred townships with 24,000 people, three months of their sheets and ledgers, written by the owner at once.
FILL = """
INSERT INTO ledgers_frozenbook (hash, content) VALUES (%(hash)s, %(book)s);
INSERT INTO cadres_dispatchunit (name, level, nature, vertical, home_id)
    SELECT '单位' || i, 'county', 'organ', false, %(county)s FROM generate_series(1, 400) i;
INSERT INTO jurisdictions_village (area, name, classes)
    SELECT t.code || lpad(i::text, 3, '0'), '村' || i, '{poor}'
    FROM (SELECT code FROM jurisdictions_division WHERE level = 'township' ORDER BY code <> %(township)s, code LIMIT 600) t,
         generate_series(201, 205) i;
INSERT INTO teams_team (area, village_id, name) SELECT area, id, '队' FROM jurisdictions_village;
INSERT INTO cadres_cadre (area, name, sort_key, person, id_number, id_masked, unit_id, political_status, rank, phone)
    SELECT left(t.area, 7), '人' || t.id || '-' || i, 'r', md5(t.id || '-' || i), '', '', u.ids[1 + (t.id * 8 + i) %% 400], '', '', ''
    FROM teams_team t, generate_series(1, 8) i, (SELECT array_agg(id) AS ids FROM cadres_dispatchunit) u;
INSERT INTO teams_posting (area, team_id, cadre_id, unit_id, person, name, roles, first)
    SELECT t.area, t.id, c.id, c.unit_id, c.person, c.name, '{member}', '2025-01-01'
    FROM teams_team t CROSS JOIN generate_series(1, 8) i
    JOIN cadres_cadre c ON c.area = left(t.area, 7) AND c.person = md5(t.id || '-' || i);
INSERT INTO teams_teammonth (area, team_id, month, closed, attested_by, changed_at, reason)
    SELECT area, id, m, true, '某人', now(), '' FROM teams_team, {months} m;
INSERT INTO attendance_sheetline (area, posting_id, team_id, person, month, marks, nights, version, by, at)
    SELECT area, id, team_id, person, m, repeat('V', 30), '', 1, '某人', now() FROM teams_posting, {months} m;
INSERT INTO attendance_dayspan (area, posting_id, person, kind, first, last, reason, document, by, at)
    SELECT area, id, person, 'meeting', '2026-06-03', '2026-06-04', '开会', '', '某人', now() FROM teams_posting;
INSERT INTO ledgers_ledger (area, kind, name, month, version, state, people, totals, parts, hash, attested_by, reason,
        created_at, changed_at, book_id)
    SELECT t.code, 'township', t.name, m, 1, 'accepted', 40, '{}', '[]', repeat('0', 64), '某人', '', now(), now(), %(hash)s
    FROM (SELECT DISTINCT left(area, 10) AS code FROM teams_team) a JOIN jurisdictions_division t ON t.code = a.code,
         generate_series(date '2023-01-01', '2026-06-01', '1 month') m;
INSERT INTO ledgers_ledgerline (area, ledger_id, month, posting_id, person, unit_id, name, village, roles, classes, first,
        marks, nights, posted, counts, ytd, done, due, state)
    SELECT p.area, g.id, g.month, p.id, p.person, p.unit_id, p.name, '村', p.roles, '{poor}', p.first, repeat('V', 30), '',
        30, array_fill(0, ARRAY[22]), array_fill(0, ARRAY[22]), '{1,1}', '{220,160}', '{2,2}'
    FROM teams_posting p JOIN ledgers_ledger g ON g.area = left(p.area, 10) WHERE g.month >= '2026-04-01';
INSERT INTO ledgers_unitfeedback (unit_id, area, ledger_id, book_id, month, county, township, version, hash, current, at)
    SELECT DISTINCT l.unit_id, g.area, g.id, %(hash)s, g.month, '县', '镇', 1, g.hash, true, now()
    FROM ledgers_ledgerline l JOIN ledgers_ledger g ON g.id = l.ledger_id;
INSERT INTO ledgers_job (area, kind, state, attempts, done, total, message, by, created_at)
    SELECT left(area, 7), 'ledgers', 'done', 1, 1, 1, '', '某人', now() FROM ledgers_ledger;
""".replace("{months}", "generate_series(date '2026-04-01', '2026-06-01', '1 month')")


def fill() -> tuple[int, str]:
    """Fill the tables, have their statistics taken, and give a unit and a person to ask about."""
    book = book_of(COUNTY, JUNE.last)
    owner = connections["owner"]
    with owner.cursor() as cursor:
        values = {"hash": book.version, "book": json.dumps(book.dump()), "county": COUNTY, "township": TOWNSHIP}
        cursor.execute(FILL, values)
        cursor.execute("ANALYZE")
        cursor.execute("SELECT unit_id, person FROM teams_posting WHERE area LIKE %s || '%%' LIMIT 1", [TOWNSHIP])
        found = cursor.fetchone()
    owner.close()
    return found


def hot(unit: int, person: str) -> dict[str, tuple[Scope, Callable[[], Any]]]:
    """The queries behind the busiest pages, each in the scope in which it runs."""
    town, county, nation = Scope(area=TOWNSHIP), Scope(area=COUNTY), Scope(area="C")
    own, himself = Scope(unit=unit), Scope(person=person)
    return {
        "the sheet": (town, lambda: sheet_rows(area=TOWNSHIP, month=JUNE)),
        "the sheet's records": (town, lambda: list(spans_in(area=TOWNSHIP, month=JUNE))),
        "an earlier open month": (town, lambda: earlier_month_open(area=TOWNSHIP, month=JUNE)),
        "a township's ledgers": (town, lambda: list(ledgers_in(area=TOWNSHIP)[:50])),
        "a county's townships": (county, lambda: townships_states(area=COUNTY, month=JUNE)),
        "a county's ledgers": (county, lambda: list(ledgers_in(area=COUNTY)[:50])),
        "a county's ledgers of a month": (county, lambda: list(ledgers_in(area=COUNTY, month=JUNE)[:50])),
        "a ledger's lines": (county, lambda: lines_of(Ledger.objects.filter(month=JUNE.first, area=TOWNSHIP).get())),
        "the current ledger": (town, lambda: current_ledger(area=TOWNSHIP, kind="township", month=JUNE)),
        "ledgers to fill": (county, lambda: ledgers_waiting(area=COUNTY, month=JUNE)),
        "the newest of the nation": (nation, lambda: list(ledgers_in(area="C")[:50])),
        "stuck jobs": (nation, jobs_rescue),
        "a unit's quarter": (own, lambda: quarter_rows(unit, 2026, 2)),
        "a unit's lines": (own, lambda: LedgerLine.objects.filter(month=JUNE.first).count()),
        "one's own months": (himself, lambda: list(own_lines(year=2026))),
    }


def scanned(plan: dict[str, Any]) -> Iterator[str]:
    """The tables that a plan reads from end to end."""
    if plan["Node Type"] == "Seq Scan":
        yield plan["Relation Name"]
    for part in plan.get("Plans", ()):
        yield from scanned(part)


def test_no_hot_query_reads_a_big_table_from_end_to_end(committed_db: None) -> None:
    unit, person = fill()
    big = {name for name, rows in run("SELECT relname, reltuples FROM pg_class WHERE relkind = 'r'") if rows > BIG}
    assert big >= {"teams_posting", "attendance_sheetline", "ledgers_ledger", "ledgers_ledgerline", "ledgers_job"}
    found: list[str] = []
    plans: dict[str, int] = {}

    def explain(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(("SELECT", "WITH", "UPDATE")) and "set_config" not in sql:
            with context["connection"].connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
                plan = cursor.fetchone()[0][0]["Plan"]
            asked = list(plans)[-1]
            plans[asked] += 1
            found.extend(f"{asked}: {table}" for table in scanned(plan) if table in big)
        return execute(sql, params, many, context)

    for name, (scope, ask) in hot(unit, person).items():
        plans[name] = 0
        with entered(scope), connection.execute_wrapper(explain):
            ask()
    assert found == []
    assert min(plans.values()) >= 1

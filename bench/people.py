"""Seeding: townships, villages, teams, people and their months, written by the owner in bulk."""

from __future__ import annotations

from datetime import date

from apps.core.months import Month
from apps.core.tenancy import NATION, Scope, entered
from apps.jurisdictions.selectors import book_of
from apps.ledgers.services.books import book_freeze
from bench.ground import owner, sql

# A nation of 750,000 in the 2,850 counties: some five townships of fifty in each.
PER_TEAM, PER_TOWNSHIP, PER_COUNTY = 3, 50, 5
FIRST = date(2024, 1, 1)
# Two exceptions in an ordinary month, each one of eight on any of twenty days: 25,600 different months.
PATTERNS = ("", "TT", "MNN", "LLL", "AV", "TTTTT", "NNNNN", "LLLLLLLL")

_PLACES = """
CREATE TABLE bench_places AS
SELECT row_number() OVER (ORDER BY k, code) AS i, code || '1' || lpad(k::text, 2, '0') AS area
FROM jurisdictions_division CROSS JOIN generate_series(0, %s) k
WHERE level = 'county' AND length(code) = 7 AND code LIKE %s ORDER BY code, k LIMIT %s
"""
_VILLAGES = """
INSERT INTO jurisdictions_village (area, name, classes)
SELECT area || '2' || lpad(v::text, 2, '0'), '第' || v || '村', ARRAY['poor'] FROM bench_places, generate_series(1, %s) v
ON CONFLICT DO NOTHING
"""
_TEAMS = """
INSERT INTO teams_team (area, village_id, name) SELECT area, id, name || '驻村工作队' FROM jurisdictions_village ORDER BY area
ON CONFLICT DO NOTHING
"""
_UNITS = """
INSERT INTO cadres_dispatchunit (name, level, nature, vertical, home_id)
SELECT '单位' || g, 'county', 'organ', false, 'C62' FROM generate_series(1, %s) g ON CONFLICT DO NOTHING
"""
_CADRES = """
INSERT INTO cadres_cadre (area, name, sort_key, person, id_number, id_masked, unit_id, political_status, rank, phone)
SELECT left(t.area, 7), '干部' || t.id || '-' || n, '', md5(t.id || '-' || n), '', '', 1 + (t.id * 3 + n) %% %s, '', '', ''
FROM teams_team t, generate_series(1, %s) n ON CONFLICT DO NOTHING
"""
_POSTINGS = """
INSERT INTO teams_posting (area, team_id, cadre_id, unit_id, person, name, roles, first)
SELECT t.area, t.id, c.id, c.unit_id, c.person, c.name,
       CASE n WHEN 1 THEN ARRAY['leader', 'first_secretary'] ELSE ARRAY['member'] END, %s
FROM teams_team t CROSS JOIN generate_series(1, %s) n
JOIN cadres_cadre c ON c.area = left(t.area, 7) AND c.person = md5(t.id || '-' || n)
ORDER BY t.area, n
"""
_LINES = """
INSERT INTO attendance_sheetline (area, posting_id, team_id, person, month, marks, nights, version, by, at)
SELECT area, id, team_id, person, %(month)s,
       overlay(overlay(%(ordinary)s placing one from 1 + i / 8 %% 20 for length(one))
               placing two from 1 + i / 1280 %% 20 for length(two)), '', 1, '登记员', now()
FROM (SELECT area, id, team_id, person, i, patterns[1 + i %% 8] AS one, patterns[1 + i / 160 %% 8] AS two
      FROM (SELECT *, (id + %(shift)s)::int AS i, %(patterns)s::text[] AS patterns FROM teams_posting) q) p
ORDER BY id
"""


def people(
    count: int,
    *,
    below: str = "C%",
    per_county: int = PER_COUNTY,
    per_township: int = PER_TOWNSHIP,
    units: int = 5_000,
) -> int:
    """Seed about `count` people, township after township of each county; how many there are."""
    townships = max(1, count // per_township)
    sql("DROP TABLE IF EXISTS bench_places")
    sql(_PLACES, per_county - 1, below, townships)
    sql(_VILLAGES, -(-per_township // PER_TEAM))
    sql(_TEAMS)
    sql(_UNITS, units)
    sql(_CADRES, units, PER_TEAM)
    sql(_POSTINGS, FIRST, PER_TEAM)
    for table in ("jurisdictions_village", "teams_team", "cadres_cadre", "teams_posting"):
        sql(f"ANALYZE {table}")
    return int(sql("SELECT count(*) FROM teams_posting")[0][0])


def lines(month: Month) -> None:
    """A closed month's sheet line for everybody."""
    ordinary = "".join("V" if day.weekday() < 5 else "R" for day in month.dates())
    named = {"month": month.first, "ordinary": ordinary, "patterns": list(PATTERNS), "shift": month.month * 37}
    opened = owner()
    with opened.cursor() as cursor:
        cursor.execute(_LINES, named)
    opened.close()
    sql("ANALYZE attendance_sheetline")


def ledgers(month: Month) -> int:
    """Queued ledgers of every seeded township; the books of the local packs in turn, so that real measures are paid
    for; how many there are."""
    with entered(Scope(area=NATION)):
        areas = ("C621121", "C610822", "C530129", "C511703")
        books = [book_freeze(book_of(area, month.last)).pk for area in areas]
    sql(
        "INSERT INTO ledgers_ledger (area, kind, name, month, version, state, book_id, people, totals, parts, hash, "
        "attested_by, reason, created_at, changed_at) "
        "SELECT area, 'township', area, %s, 1, 'queued', (%s::text[])[1 + (substr(area, 2, 4)::int) %% 4], 0, '{}', "
        "'[]', '', '登记员', '', now(), now() FROM bench_places",
        month.first,
        books,
    )
    sql("ANALYZE ledgers_ledger")
    return int(sql("SELECT count(*) FROM ledgers_ledger")[0][0])

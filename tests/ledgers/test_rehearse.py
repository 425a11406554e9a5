"""Rehearsal of a rule pack on the demonstration's year: what would change, found a second time by hand, nothing written."""

from __future__ import annotations

import csv
import shutil
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.db import InternalError

from apps.core.months import Month
from apps.core.sql import change, fetch, reading_only
from apps.jurisdictions.selectors import book_of, books_of, calendar_of
from apps.jurisdictions.services import pack_publish
from apps.ledgers.compile.expressions import Plan
from apps.ledgers.compile.rehearsal import differing
from apps.ledgers.compile.township import ledger_hash
from apps.ledgers.models import FrozenBook, Ledger, LedgerKind, LedgerLine
from apps.rules.pack import Pack
from apps.staffing.models import Departure
from tests.ledgers.rehearsing import (
    CITY_COUNTY,
    COUNTY,
    PACKS,
    TODAY,
    begun,
    contents,
    figures,
    folder_of,
    raised,
    read,
    tried,
)

# Written from the regulation, not from the product: days in the village, on official trips, at meetings and in
# training, against the floor in proportion to the days posted in 2026, a part of a day rounded up.
BY_HAND = """
WITH months AS (
    SELECT l.posting_id, l.month, (l.month + interval '1 month - 1 day')::date AS month_end,
           sum(length(regexp_replace(l.marks, '[^VTMN]', '', 'g')))
               OVER (PARTITION BY l.posting_id ORDER BY l.month) AS days
    FROM attendance_sheetline l
    WHERE l.area LIKE 'C621121%%' AND l.month BETWEEN '2026-01-01' AND '2026-12-01'
), people AS (
    SELECT id, greatest(first, '2026-01-01') AS begun, least(coalesce(last, '2026-12-31'), '2026-12-31') AS ended
    FROM teams_posting
    WHERE 'leader' = ANY(roles) OR 'first_secretary' = ANY(roles) OR 'member' = ANY(roles)
), floors AS (
    SELECT m.*, p.ended, ceil(220.0 * (ended - begun + 1) / 365)::int AS was,
           ceil(240.0 * (ended - begun + 1) / 365)::int AS now, greatest(ended - month_end, 0) AS ahead
    FROM months m JOIN people p ON p.id = m.posting_id
)
SELECT posting_id, month, days, was,
       CASE WHEN days >= was THEN 1 WHEN month_end >= ended THEN 4 WHEN days + ahead < was THEN 3 ELSE 2 END,
       now,
       CASE WHEN days >= now THEN 1 WHEN month_end >= ended THEN 4 WHEN days + ahead < now THEN 3 ELSE 2 END
FROM floors WHERE was <> now
"""


def test_a_raised_floor_lists_exactly_whom_a_query_written_by_hand_finds(demo: None, tmp_path: Path) -> None:
    found = tried(raised(tmp_path))
    expected = {(row[0], row[1]): (row[2:5], (row[2], *row[5:])) for row in fetch(BY_HAND, {})}
    assert len(expected) > 500
    assert {each.key for each in found.changes} == {"stationed_days"}
    assert len({(each.posting, each.month) for each in found.changes}) == len(found.changes)
    said = {(each.posting, each.month.first): (figures(each.old), figures(each.new)) for each in found.changes}
    assert said == expected
    assert sum(each.outcome for each in found.changes) == sum(was[2] != now[2] for was, now in expected.values()) > 0
    people = fetch(
        "SELECT count(DISTINCT person) FROM teams_posting WHERE id = ANY(%s)", [[key for key, _ in expected]]
    )
    assert found.cadres == people[0][0]
    assert [str(month) for month in found.months] == [f"2026-{number:02d}" for number in range(1, 12)][
        : len(found.months)
    ]
    assert (found.added, found.removed) == ((), ())


def ended_since() -> set[int]:
    """The postings that a departure ended after their ledgers were signed: a rehearsal knows their last day, what is due
    in proportion to the days in post is another, and the signed ledger stays."""
    ended = set(Departure.objects.filter(ended_on__isnull=False).values_list("posting", flat=True))
    assert len(ended) < 20
    return ended


def test_the_old_figures_of_closed_months_are_those_in_the_ledgers(demo: None, tmp_path: Path) -> None:
    found = tried(raised(tmp_path))
    closed = [each for each in found.changes if each.closed]
    stored = {(line.posting_id, line.month): line for line in LedgerLine.objects.within(COUNTY)}
    place = [measure.key for measure in book_of(COUNTY, TODAY).presence].index("stationed_days")
    left = ended_since()
    for each in closed:
        line = stored[each.posting, each.month.first]
        if each.posting not in left:
            assert figures(each.old) == (line.done[place], line.due[place], line.state[place])
        assert figures(each.old)[0] == line.done[place]
        assert (each.name, each.village) == (line.name, line.village)
    assert 0 < len(closed) < len(found.changes)
    assert {each.month for each in found.changes if not each.closed} == {Month(2026, 10)}
    current = Ledger.objects.within(COUNTY).filter(kind=LedgerKind.TOWNSHIP, month__year=2026)
    assert {ledger.pk for ledger in found.ledgers} == set(current.values_list("pk", flat=True))


def test_figures_added_up_from_the_sheets_are_those_of_the_ledgers_for_every_measure_of_every_book(demo: None) -> None:
    """Against rules without any measure everybody differs, and shows how he stands under the rules in force."""
    month, checked, left = Month(2026, 9), 0, ended_since()
    lines = {line.posting_id: line for line in LedgerLine.objects.filter(month=month.first)}
    townships = Ledger.objects.filter(kind=LedgerKind.TOWNSHIP, month=month.first).values_list("area", flat=True)
    for township, book in books_of(townships, month.last).items():
        old = Plan(book, month, calendar_of(month.year))
        new = Plan(book.model_copy(update={"presence": ()}), month, old.calendar)
        for each in differing(old, new, [township]):
            line = lines.pop(each.posting)
            stored = zip(line.done, line.due, line.state, strict=True)
            if each.posting in left:
                continue
            assert each.old == {place: tuple(judged) for place, judged in enumerate(stored) if judged[2]}
            assert (each.new, each.closed) == ({}, True)
            checked += 1
    assert checked > 800
    assert not any(any(line.state) for line in lines.values())


def test_nothing_is_written(demo: None, tmp_path: Path) -> None:
    before = contents()
    assert before["ledgers_ledgerline"][0] > 1000 and before["ledgers_ledgerevent"][0] > 100
    assert tried(raised(tmp_path)).changes
    assert contents() == before


def test_what_is_rehearsed_could_not_write_if_it_tried(demo: None) -> None:
    with pytest.raises(InternalError, match="read-only"), reading_only():
        change("UPDATE ledgers_tally SET ytd = ytd", [])
    assert change("UPDATE ledgers_tally SET ytd = ytd WHERE false", []) == 0


def test_publishing_afterwards_moves_no_closed_ledger_and_no_frozen_book(demo: None, tmp_path: Path) -> None:
    pack = raised(tmp_path)
    ledgers = Ledger.objects.within(COUNTY).order_by("pk")
    before = list(ledgers.values_list("pk", "state", "hash", "book_id"))
    lines, books = contents()["ledgers_ledgerline"], dict(FrozenBook.objects.values_list("hash", "content"))
    found = tried(pack)
    assert pack_publish(pack=pack, proposed_by="甲", confirmed_by="乙")
    assert book_of(COUNTY, TODAY).measure("stationed_days").at_least == 240
    assert list(ledgers.values_list("pk", "state", "hash", "book_id")) == before
    assert contents()["ledgers_ledgerline"] == lines
    assert dict(FrozenBook.objects.values_list("hash", "content")) == books
    own = [ledger for ledger in ledgers if ledger.kind == LedgerKind.TOWNSHIP]
    assert len(own) > 100
    assert [ledger.hash for ledger in own] == [ledger_hash(ledger.pk) for ledger in own]
    assert {book["at_least"] for ledger in found.ledgers for book in books[ledger.book_id]["presence"]} == {220, 160}
    assert tried(pack).changes == ()


def test_a_pack_of_the_future_changes_nothing(demo: None, tmp_path: Path) -> None:
    found = tried(begun(tmp_path, "2027-01-01"))
    assert (found.changes, found.ledgers, found.cadres) == ((), (), 0)
    assert found.months


def test_a_pack_that_begins_inside_the_span_changes_the_months_from_then_on(demo: None, tmp_path: Path) -> None:
    """A new regulation measures from the day on which it begins; until then the one before it holds."""
    found = [each for each in tried(begun(tmp_path, "2026-07-20")).changes if each.key == "stationed_days" and each.new]
    assert min(each.month for each in found) == Month(2026, 7)
    due = fetch(
        "SELECT l.posting_id, l.month, ceil(240.0 * (least(coalesce(p.last, '2026-12-31'), '2026-12-31') "
        "- greatest(p.first, '2026-07-20') + 1) / 365)::int "
        "FROM attendance_sheetline l JOIN teams_posting p ON p.id = l.posting_id "
        "WHERE l.area LIKE %s AND l.month >= '2026-07-01' AND coalesce(p.last, '2026-12-31') >= '2026-07-20' "
        "AND roles && ARRAY['leader', 'first_secretary', 'member']::varchar[]",
        [f"{COUNTY}%"],
    )
    said = {(each.posting, each.month.first): each.new.judged.due for each in found if each.new}
    expected = {(posting, month): number for posting, month, number in due}
    # Who came after the day and for whom the two floors round to one number has no changed figure.
    assert said == {key: number for key, number in expected.items() if key in said}
    assert len(said) > 0.9 * len(expected)


def test_a_new_dated_value_changes_the_months_from_its_day_on(demo: None, tmp_path: Path) -> None:
    whole = {(each.posting, each.month): figures(each.new) for each in tried(raised(tmp_path / "whole")).changes}
    first = "2018-04-13: {at_least: 220, modality: must, clause: TW-13-2, see: [TW-42-2]}"
    second = "2026-07-20: {at_least: 240, modality: must, clause: TW-13-2}"
    found = tried(read(folder_of(tmp_path, "tongwei", "attendance.yaml", first, f"{first}\n      {second}")))
    assert found.changed_months[0] == Month(2026, 7)
    later = {key: value for key, value in whole.items() if key[1] >= Month(2026, 7)}
    assert {(each.posting, each.month): figures(each.new) for each in found.changes} == later


def test_a_span_limits_the_months_looked_at(demo: None, tmp_path: Path) -> None:
    found = tried(raised(tmp_path), first=Month(2026, 3), last=Month(2026, 4))
    assert found.months == found.changed_months == (Month(2026, 3), Month(2026, 4))
    assert {ledger.month for ledger in found.ledgers} == {date(2026, 3, 1), date(2026, 4, 1)}
    earlier = tried(raised(tmp_path / "again"), first=Month(2025, 12), last=Month(2025, 12))
    assert earlier.months == (Month(2025, 12),)


def test_a_measure_that_comes_or_goes_is_named_and_listed_for_all_whom_it_binds(demo: None, tmp_path: Path) -> None:
    folder = tmp_path / "tongwei"
    shutil.copytree(PACKS / "tongwei", folder)
    file = folder / "attendance.yaml"
    content: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))
    gone = content["presence"].pop("village_days")
    content["presence"]["month_days"] = gone | {
        "label": "每月在村", "window": "month", "prorate": "none", "subset_of": None, "presets": {},
        "values": {date(2018, 4, 13): {"at_least": 20, "modality": "must", "clause": "TW-13-3"}},
    }  # fmt: skip
    del content["presence"]["month_days"]["start_year"]
    file.write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
    found = tried(read(folder), first=Month(2026, 9), last=Month(2026, 9))
    assert (found.added, found.removed) == (("每月在村",), ("其中在村工作",))
    bound = "roles && ARRAY['leader', 'first_secretary', 'member']::varchar[]"
    people = fetch(
        "SELECT l.posting_id, length(regexp_replace(l.marks, '[^V]', '', 'g')) FROM attendance_sheetline l "
        f"JOIN teams_posting p ON p.id = l.posting_id WHERE l.area LIKE %s AND l.month = '2026-09-01' AND {bound}",
        [f"{COUNTY}%"],
    )
    came = {each.posting: each.new.judged.done for each in found.changes if each.key == "month_days" and each.new}
    went = {each.posting for each in found.changes if each.key == "village_days" and each.old and not each.new}
    assert came == dict(people)
    assert went == set(came)
    assert len(found.changes) == 2 * len(people)


def test_an_override_of_a_county_reaches_its_people_and_nobody_elses(demo: None) -> None:
    """A county below the city's pack raises the city's floor from August; the city's other counties stay."""
    header = {
        "code": "localcounty", "title": "县里规定", "issuer": "某县", "level": "county", "area": CITY_COUNTY,
        "effective": "2026-01-01", "inherits": "yulin",
    }  # fmt: skip
    override = {
        "rule": "presence.stationed_days",
        "values": {"at_least": 235},
        "since": "2026-08-01",
        "note": "县里会议",
    }
    assert book_of(CITY_COUNTY, TODAY).measure("stationed_days").at_least == 220
    found = tried(Pack.load({**header, "overrides": [override]}))
    assert found.changed_months[0] == Month(2026, 8)
    assert {each.township[:7] for each in found.changes} == {CITY_COUNTY}
    whole_year = [each for each in found.changes if each.new and each.new.judged.state != 5]
    assert {(each.old and each.old.judged.due, each.new and each.new.judged.due) for each in whole_year} == {(220, 235)}
    bound = set(
        fetch(
            "SELECT l.posting_id, l.month FROM attendance_sheetline l JOIN teams_posting p ON p.id = l.posting_id "
            "WHERE l.area LIKE %s AND l.month >= '2026-08-01' "
            "AND roles && ARRAY['leader', 'first_secretary', 'member']::varchar[]",
            [f"{CITY_COUNTY}%"],
        )
    )
    assert {(each.posting, each.month.first) for each in found.changes} == bound
    assert books_of([CITY_COUNTY], TODAY)[CITY_COUNTY].code == "yulin"


def told(*arguments: object) -> str:
    out = StringIO()
    call_command("rules", "rehearse", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_the_command_prints_the_differences_and_writes_them_as_a_table(demo: None, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, "tongwei", "attendance.yaml", "at_least: 220", "at_least: 240")
    found = tried(read(folder), first=Month(2026, 9), last=Month(2026, 9))
    lines = told(folder, "--from", "2026-09", "--to", "2026-09").splitlines()
    assert len([line for line in lines if "\t2026-09\t" in line]) == len(found.changes) > 0
    assert f"有变化的：{found.cadres} 人，1 个月，{len(found.changes)} 个数字" in lines[-2]
    assert f"涉及现有台账 {len(found.ledgers)} 份" in lines[-1]
    file = tmp_path / "changes.csv"
    printed = told(folder, "--from", "2026-09", "--to", "2026-09", "--csv", file)
    assert printed.splitlines() == lines[-3:]
    with file.open(encoding="utf-8-sig", newline="") as stream:
        table = list(csv.DictReader(stream))
    change = found.changes[0]
    assert len(table) == len(found.changes)
    assert (table[0]["姓名"], table[0]["项目"], table[0]["是否月结"]) == (change.name, "年驻村工作日", "已月结")
    assert change.old and change.new
    assert [table[0][name] for name in ("现行完成", "现行应达", "现行状态", "新规应达", "新规状态")] == [
        str(change.old.judged.done), str(change.old.judged.due), change.old.word,
        str(change.new.judged.due), change.new.word,
    ]  # fmt: skip


def test_the_command_refuses_what_it_cannot_read_or_a_span_upside_down(demo: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="没有文件夹"):
        told(tmp_path / "nowhere")
    with pytest.raises(CommandError, match="晚于"):
        told(PACKS / "tongwei", "--from", "2026-09", "--to", "2026-08")
    broken = folder_of(tmp_path, "tongwei", "attendance.yaml", "clause: TW-13-2", "clause: TW-99-9")
    with pytest.raises(CommandError, match=r"attendance\.yaml"):
        told(broken)
    assert "没有数字变化" in told(PACKS / "tongwei")

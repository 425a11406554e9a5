"""The months of the demonstration fit calendar, postings and records, and show what a county's months show."""

from collections import Counter, defaultdict
from datetime import date
from functools import cache

import pytest
import yaml

from apps.core.months import Month
from apps.desk.demo.build import demo_world
from apps.rules.book import RuleBook, resolve
from apps.rules.calendar import unannounced
from apps.rules.marks import GAP, LETTERS, MARKS, OUT
from apps.rules.reader import read_packs
from apps.rules.sheet import Explained, PostedMonth, join_cells, line_findings
from tests.desk.once import FIXTURES, NOVEMBER, at, calendars, postings, slug, world, year_so_far


@pytest.mark.parametrize("as_of", [NOVEMBER, Month(2026, 1), Month(2027, 2)])
def test_every_months_string_fits_the_month_and_the_posting(as_of: Month) -> None:
    spans = {posting.cadre: (posting.first, posting.last) for posting in world(as_of).postings}
    assert len(world(as_of).months) == 14
    assert world(as_of).months[-1] == as_of.previous()
    for line in world(as_of).lines:
        first, last = spans[line.cadre]
        assert len(line.marks) == line.month.days
        for day, mark in zip(line.month.dates(), line.marks, strict=True):
            posted = first <= day and (last is None or day <= last)
            assert mark in LETTERS + GAP if posted else mark == OUT


def test_a_posted_person_has_a_line_for_every_closed_month_except_where_the_township_is_still_entering() -> None:
    had = {(line.cadre, line.month) for line in world().lines}
    missing: Counter[str] = Counter()
    for posting in world().postings:
        for month in world().months:
            posted = posting.first <= month.last and (posting.last is None or posting.last >= month.first)
            if posted and (posting.cadre, month) not in had:
                assert month == world().months[-1]
                missing[posting.village[:10]] += 1
            assert posted or (posting.cadre, month) not in had
    entering = {code for code, stage in world().stages.items() if stage == "entering"}
    assert set(missing) == entering


def test_the_days_of_a_dated_record_bear_its_mark_and_records_do_not_overlap() -> None:
    lines = {(line.cadre, line.month): line.marks for line in world().lines}
    seen: set[tuple[str, date]] = set()
    for span in world().spans:
        assert span.first <= span.last and Month.of(span.first) == Month.of(span.last)
        marks = lines.get((span.cadre, Month.of(span.first)))
        days = range(span.first.day, span.last.day + 1)
        for day in days:
            key = (span.cadre, span.first.replace(day=day))
            assert key not in seen
            seen.add(key)
            assert marks is None or marks[day - 1] == span.mark
    assert any(Month.of(span.first) == NOVEMBER for span in world().spans)
    assert all(span.last.day <= 20 for span in world().spans if Month.of(span.first) == NOVEMBER)


def test_every_trip_meeting_training_liaison_and_secondment_has_its_record() -> None:
    explained = Counter(
        span.mark
        for span in world().spans
        for _ in range((span.last - span.first).days + 1)
        if Month.of(span.first) < NOVEMBER
    )
    still_missing = {p.cadre for p in world().postings if world().stages.get(p.village[:10]) == "entering"}
    marked = Counter(mark for line in world().lines if line.cadre not in still_missing for mark in line.marks)
    for mark in "TMNPSO":
        assert marked[mark] > 0
        assert explained[mark] >= marked[mark]


def test_workdays_are_worked_and_somebody_of_the_team_stays_on_rest_days() -> None:
    by_team: dict[tuple[str, Month], list[str]] = defaultdict(list)
    for line in world().lines:
        if postings()[line.cadre].turns:
            by_team[postings()[line.cadre].village, line.month].append(line.marks)
    manned = total = 0
    for (_, month), strings in by_team.items():
        mask = calendars()[month.year].month_mask(month.first)
        for day, kind in enumerate(mask):
            if kind in "RH" and all(marks[day] != OUT for marks in strings):
                total += 1
                manned += any(marks[day] == "V" for marks in strings)
    assert manned / total > 0.9


def test_most_residents_have_met_their_years_floor_or_are_on_the_way() -> None:
    whole_year = [
        posting
        for posting in world().postings
        if posting.turns and posting.last is None and posting.first < date(2026, 1, 1)
    ]
    good = {"tongwei": ("VTMN", 220), "yulin": ("VMNPO", 220), "kunming": ("VT", 200), "dachuan": ("V", 166)}
    left = (date(2026, 12, 31) - date(2026, 10, 31)).days * 5 // 7
    for place, (letters, floor) in good.items():
        own = [posting for posting in whole_year if slug(posting.village) == place]
        reach = [year_so_far(posting.cadre, letters) + left >= floor for posting in own]
        assert sum(reach) >= 0.95 * len(reach), place


def test_one_stands_exactly_on_the_floor_and_one_clearly_short_of_it() -> None:
    assert year_so_far(at("kunming", 6, 1).cadre, "VT") == 200
    assert year_so_far(at("yulin", 15, 1).cadre, "VMNPO") == 220
    assert year_so_far(at("kunming", 17, 2).cadre, "VT") + 61 < 200
    assert year_so_far(at("tongwei", 11, 1).cadre, "VTMN") + 61 < 220


def test_one_first_secretary_of_a_village_that_is_not_poor_comes_exactly_ten_days_a_month() -> None:
    steady = at("dachuan", 1, 0)
    assert "first_secretary" in steady.roles
    marks = [line.marks for line in world().lines if line.cadre == steady.cadre]
    assert len(marks) == 14
    assert {month.count("V") for month in marks} == {10}


def test_credit_officers_come_two_days_in_a_week_that_has_them() -> None:
    officers = [p for p in world().postings if "credit_officer" in p.roles and p.first < date(2025, 9, 1)]
    days: dict[str, set[date]] = defaultdict(set)
    for line in world().lines:
        if line.cadre in {posting.cadre for posting in officers if posting.last is None}:
            days[line.cadre] |= {day for day, mark in zip(line.month.dates(), line.marks, strict=True) if mark == "V"}
    weeks = Counter(
        len([d for d in came if d.isocalendar()[:2] == (2026, week)])
        for came in days.values()
        for week in (11, 12, 13, 23, 24)
    )
    assert set(weeks) <= {1, 2, 3}
    assert weeks[1] < 0.1 * weeks.total()


def test_there_is_some_trouble_but_not_much() -> None:
    absent = {line.cadre for line in world().lines if "A" in line.marks}
    assert 3 <= len(absent) <= 10
    assert {slug(postings()[cadre].village) for cadre in absent} == {"tongwei", "yulin", "kunming", "dachuan"}


def test_a_year_that_is_not_announced_yet_has_weekends_only() -> None:
    assert 2027 not in calendars()
    march = demo_world(Month(2027, 3), calendars())
    line = next(line for line in march.lines if line.month == Month(2027, 1) and line.marks[0] in "VTMNL")
    assert unannounced(2027).kind(date(2027, 1, 1)) == "W"
    assert len(line.marks) == 31


@cache
def books() -> dict[str, RuleBook]:
    folder, catalogue = FIXTURES / "rules", FIXTURES / "clauses"
    known = {
        clause["id"]
        for file in catalogue.glob("*.yaml")
        for clause in yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)["clauses"]
    }
    packs = read_packs(folder, known)
    places = ("tongwei", "yulin", "kunming", "dachuan")
    return {place: resolve([packs[place], packs["central"]], date(2026, 10, 31)) for place in places}


@pytest.mark.parametrize("month", [Month(2025, 9), Month(2026, 2), Month(2026, 10)])
def test_a_line_could_be_closed_as_it_stands_under_the_rules_of_its_place(month: Month) -> None:
    classes = {team.village: team.classes for team in world().teams}
    records: dict[str, list[Explained]] = defaultdict(list)
    for span in world().spans:
        records[span.cadre].append(Explained(span.first, span.last, MARKS[span.mark].category, span.text))
    mask = calendars()[month.year].month_mask(month.first)
    for line in world().lines:
        if line.month != month:
            continue
        who = postings()[line.cadre]
        sheet = books()[slug(who.village)].sheet
        occasional = sheet.is_occasional(who.roles, classes[who.village])
        assert occasional == (who.turns == 0)
        case = PostedMonth(month, who.first, who.last, mask, occasional, tuple(records[line.cadre]))
        assert sheet.nights == bool(line.nights)
        assert line_findings(join_cells(line.marks, line.nights), case, sheet) == []

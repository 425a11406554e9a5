"""The State Council calendars 2016–2026 against facts known from elsewhere, and the year without a notice."""

from datetime import date, timedelta

import pytest

from apps.rules.calendar import YearCalendar, unannounced


@pytest.mark.parametrize(
    ("year", "workdays"),
    [
        (2016, 250),
        (2017, 249),
        (2018, 250),
        (2019, 250),
        (2020, 249),  # the prolonged Spring Festival took two
        (2021, 250),
        (2022, 249),
        (2023, 249),
        (2024, 251),
        (2025, 248),
        (2026, 248),
    ],
)
def test_a_year_has_its_known_number_of_workdays(calendars, year, workdays):
    calendar = calendars[year]
    assert calendar.workdays(date(year, 1, 1), date(year, 12, 31)) == workdays == calendar.work_total
    assert calendar.announced
    assert calendar.source


@pytest.mark.parametrize(
    ("day", "kind", "name"),
    [
        (date(2026, 10, 1), "H", "国庆节"),
        (date(2026, 2, 14), "M", "春节"),
        (date(2026, 2, 15), "H", "春节"),
        (date(2026, 2, 24), "W", ""),
        (date(2025, 10, 8), "H", "国庆节"),
        (date(2025, 10, 11), "M", "国庆节"),
        (date(2020, 1, 31), "H", "春节"),
        (date(2020, 2, 1), "H", "春节"),
        (date(2020, 2, 3), "W", ""),
        (date(2018, 12, 29), "M", "元旦"),
        (date(2018, 12, 31), "H", "元旦"),
        (date(2019, 5, 4), "H", "劳动节"),
        (date(2016, 2, 6), "M", "春节"),
        (date(2026, 11, 1), "R", ""),
    ],
)
def test_known_days_are_what_the_notices_made_them(calendars, day, kind, name):
    calendar = calendars[day.year]
    assert (calendar.kind(day), calendar.name(day)) == (kind, name)
    assert calendar.is_work(day) == (kind in "WM")


def test_every_year_from_2016_to_2026_is_there_and_every_make_up_day_is_a_weekend_day(calendars):
    assert sorted(calendars) == list(range(2016, 2027))
    for year, calendar in calendars.items():
        for offset, kind in enumerate(calendar.days):
            weekend = (date(year, 1, 1) + timedelta(days=offset)).weekday() >= 5
            assert weekend == (kind in "RM") or kind == "H"


def test_a_month_is_a_cut_of_the_year(calendars):
    assert calendars[2026].month_mask(date(2026, 10, 1)) == "HHHHHHHWWMRWWWWWRRWWWWWRRWWWWWR"
    assert calendars[2024].month_mask(date(2024, 2, 15)) == "WWRMWWWWWHHHHHHHHMWWWWWRRWWWW"


def test_the_prefix_counts_workdays_like_a_plain_count(calendars):
    calendar = calendars[2024]
    prefix = calendar.work_prefix()
    assert (len(prefix), prefix[0], prefix[-1]) == (367, 0, 251)
    assert prefix[60] == sum(kind in "WM" for kind in calendar.days[:60])
    assert calendar.workdays(date(2024, 3, 2), date(2024, 3, 1)) == 0


def test_a_year_without_a_notice_knows_only_its_weekends():
    calendar = unannounced(2027)
    assert (calendar.announced, set(calendar.days), calendar.work_total) == (False, {"W", "R"}, 261)
    assert calendar.kind(date(2027, 10, 1)) == "W"


def test_a_calendar_survives_being_stored_as_json(calendars):
    assert YearCalendar.load(calendars[2026].dump()) == calendars[2026]
    text = {
        "year": 2027,
        "announced": True,
        "holidays": [{"name": "元旦", "first": "2027-01-01", "last": "2027-01-03"}],
    }
    assert YearCalendar.from_data(text).days.startswith("HHHW")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"holidays": [{"name": "元旦", "first": date(2026, 1, 3), "last": date(2026, 1, 1)}]}, "早于起日"),
        ({"holidays": [{"name": "元旦", "first": date(2026, 12, 31), "last": date(2027, 1, 1)}]}, "不在 2026 年"),
        ({"workdays": [{"name": "元旦", "day": date(2026, 1, 5)}]}, "周一至周五"),
        (
            {
                "holidays": [{"name": "元旦", "first": date(2026, 1, 3), "last": date(2026, 1, 4)}],
                "workdays": [{"name": "元旦", "day": date(2026, 1, 4)}],
            },
            "写了两次",
        ),
    ],
)
def test_a_contradictory_calendar_is_refused(change, message):
    with pytest.raises(ValueError, match=message):
        YearCalendar.from_data({"year": 2026, "announced": True, **change})


def test_a_day_of_another_year_is_refused(calendars):
    with pytest.raises(ValueError, match="不在 2026 年"):
        calendars[2026].is_work(date(2025, 12, 31))

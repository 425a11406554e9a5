"""The states of a measure, one table per window, on measures invented for the purpose."""

from dataclasses import replace
from datetime import date

import pytest

from apps.rules.book import Measure
from apps.rules.calendar import unannounced
from apps.rules.presence import Inputs, State, evaluate, judge
from tests.rules.cases import inputs


def measure(**changes):
    """A plain yearly floor of 100 days in the village."""
    plain = {
        "name": "floor",
        "key": "floor",
        "label": "年在村天数",
        "short": "年在村",
        "window": "year",
        "unit": "day",
        "counts": ("in_village",),
        "days": "all",
        "binds": ("member",),
        "village_classes": None,
        "at_least": 100,
        "at_most": None,
        "share": None,
        "prorate": "none",
        "start_year": "whole",
        "skip_short_weeks": False,
        "subset_of": None,
        "modality": "must",
        "clause": "XX-1-1",
        "see": (),
        "presets": {},
        "note": "",
        "since": date(2016, 1, 1),
        "pack": "sample",
        "version": "0",
    }
    return Measure.model_validate({**plain, **changes})


SHARE = {"at_least": None, "share": (2, 3), "days": "work", "prorate": "posted_workdays"}
MONTHLY = {"window": "month", "at_least": 10}
WEEKLY = {"window": "week", "at_least": 2}


@pytest.mark.parametrize(
    ("changes", "case", "expected"),
    [
        # month, done: the year is not over, is over, is lost
        ({}, inputs("2026-11", year={"in_village": 69}), (69, 100, State.ON_TRACK)),
        ({}, inputs("2026-11", year={"in_village": 68}), (68, 100, State.OUT_OF_REACH)),
        ({}, inputs("2026-11", year={"in_village": 100}), (100, 100, State.MET)),
        ({}, inputs("2026-12", year={"in_village": 99}), (99, 100, State.SHORT)),
        # the posting ends before the year does: the window is over with it
        ({}, inputs("2026-11", last=date(2026, 12, 1), year={"in_village": 99}), (99, 100, State.ON_TRACK)),
        ({}, inputs("2026-11", last=date(2026, 11, 30), year={"in_village": 99}), (99, 100, State.SHORT)),
        ({}, inputs("2026-11", last=date(2026, 11, 5), year={"in_village": 99}), (99, 100, State.SHORT)),
        # it does not touch the year, or binds somebody else
        ({}, inputs("2026-11", last=date(2025, 12, 31)), (0, 0, State.NOT_APPLICABLE)),
        ({}, inputs("2026-11", first=date(2027, 1, 1)), (0, 0, State.NOT_APPLICABLE)),
        ({}, inputs("2026-11", roles=["leader"]), (0, 0, State.NOT_APPLICABLE)),
        ({"village_classes": ("red",)}, inputs("2026-11"), (0, 0, State.NOT_APPLICABLE)),
        # proration: by days, by workdays (128 of 248 from July), only told
        ({"prorate": "posted_days"}, inputs("2026-12", first=date(2026, 7, 1)), (0, 51, State.SHORT)),
        ({"prorate": "posted_workdays"}, inputs("2026-12", first=date(2026, 7, 1)), (0, 52, State.SHORT)),
        ({"prorate": "information"}, inputs("2026-12", first=date(2026, 7, 1)), (0, 100, State.SHOWN)),
        ({"prorate": "information"}, inputs("2026-12", first=date(2026, 1, 1)), (0, 100, State.SHORT)),
        (
            {"prorate": "information"},
            inputs("2026-12", first=date(2026, 7, 1), year={"in_village": 100}),
            (100, 100, State.MET),
        ),
        # the rule's first year
        ({"since": date(2026, 4, 1), "start_year": "not_judged"}, inputs("2026-12"), (0, 100, State.SHOWN)),
        ({"since": date(2026, 1, 1), "start_year": "not_judged"}, inputs("2026-12"), (0, 100, State.SHORT)),
        ({"since": date(2026, 4, 1), "start_year": "whole"}, inputs("2026-12"), (0, 100, State.SHORT)),
        (
            {"since": date(2026, 4, 1), "start_year": "from_effective", "prorate": "posted_days"},
            inputs("2026-12"),
            (0, 76, State.SHORT),  # 275 of 365 days
        ),
        # a share of the workdays: 248 in 2026, 251 in the leap year 2024
        (SHARE, inputs("2026-12", year_work={"in_village": 165}), (165, 166, State.SHORT)),
        (SHARE, inputs("2026-12", year_work={"in_village": 166}), (166, 166, State.MET)),
        (SHARE, inputs("2024-12", year_work={"in_village": 167}), (167, 168, State.SHORT)),
        # November and December hold 44 workdays
        (SHARE, inputs("2026-10", year_work={"in_village": 122}), (122, 166, State.ON_TRACK)),
        (SHARE, inputs("2026-10", year_work={"in_village": 121}), (121, 166, State.OUT_OF_REACH)),
        ({**SHARE, "prorate": "none"}, inputs("2026-12", first=date(2026, 7, 1)), (0, 166, State.SHORT)),
    ],
)
def test_a_yearly_floor(calendars, changes, case, expected):
    found = evaluate(measure(**changes), case, calendars[case.month.year])
    assert (found.done, found.due, found.state) == expected


@pytest.mark.parametrize(("days", "state"), [(30, State.MET), (31, State.SHORT)])
def test_a_yearly_ceiling_is_judged_at_any_time_even_of_a_part_year(calendars, days, state):
    ceiling = measure(at_least=None, at_most=30, counts=("absent",))
    case = inputs("2026-03", first=date(2026, 2, 1), year={"absent": days})
    assert judge(ceiling, case, calendars[2026]) == (days, 30, state)


@pytest.mark.parametrize(
    ("span", "days", "state"),
    [
        ({}, 9, State.SHORT),
        ({}, 10, State.MET),
        ({"first": date(2026, 2, 1), "last": date(2026, 2, 28)}, 10, State.MET),
        ({"first": date(2026, 2, 2)}, 10, State.SHOWN),
        ({"last": date(2026, 2, 27)}, 10, State.SHOWN),
        ({"first": date(2026, 3, 1)}, 0, State.NOT_APPLICABLE),
        ({"last": date(2026, 1, 31)}, 0, State.NOT_APPLICABLE),
    ],
)
def test_a_monthly_floor_needs_a_whole_month(calendars, span, days, state):
    case = inputs("2026-02", days={"in_village": days}, **span)
    assert judge(measure(**MONTHLY), case, calendars[2026]).state == state


def on(*days):
    """The marks of a September with these days in the village."""
    return "".join("V" if day in days else "." for day in range(1, 31))


# September 2026 begins on a Tuesday; its weeks end on the 6th, 13th, 20th and 27th.
@pytest.mark.parametrize(
    ("span", "previous", "marks", "expected"),
    [
        ({}, "V" * 31, "V" * 30, (4, 4, State.MET)),
        ({}, None, "V" * 30, (3, 3, State.MET)),
        ({}, "." * 30 + "V", on(1, 7, 8, 14, 15, 21, 22), (4, 4, State.MET)),
        ({}, "." * 30 + "V", on(1, 7, 14, 15, 21, 22), (3, 4, State.SHORT)),
        ({}, "." * 31, on(1, 7, 8, 14, 15, 21, 22), (3, 4, State.SHORT)),
        ({"first": date(2026, 9, 7)}, None, "V" * 30, (3, 3, State.MET)),
        ({"first": date(2026, 9, 8)}, None, "V" * 30, (2, 2, State.MET)),
        ({"last": date(2026, 9, 27)}, None, "V" * 30, (3, 3, State.MET)),
        ({"last": date(2026, 9, 26)}, None, "V" * 30, (2, 2, State.MET)),
        ({"last": date(2026, 8, 31)}, None, "V" * 30, (0, 0, State.NOT_APPLICABLE)),
    ],
)
def test_a_weekly_floor_judges_whole_weeks_by_their_sunday(calendars, span, previous, marks, expected):
    case = inputs("2026-09", marks=marks, previous=previous, **span)
    assert judge(measure(**WEEKLY), case, calendars[2026]) == expected


def test_a_week_counts_only_workdays_where_the_rule_says_so(calendars):
    weekends = ".....VV" * 4 + ".."
    case = inputs("2026-06", marks=weekends)
    assert judge(measure(**WEEKLY), case, calendars[2026]).done == 4
    assert judge(measure(**WEEKLY, days="work"), case, calendars[2026]).done == 0


def test_the_week_of_new_year_knows_the_old_years_holidays(calendars):
    # 30 December 2019 to 5 January 2020 has four workdays, two of them in the old year.
    case = inputs("2020-01", marks="V" * 31, previous="V" * 31)
    for least, weeks in ((4, 4), (5, 2)):
        rule = measure(window="week", at_least=least, skip_short_weeks=True)
        assert judge(rule, case, calendars[2020], calendars[2019]).due == weeks
    # 31 December 2018 was made a holiday; a mere weekday calendar would not know.
    case = inputs("2019-01", marks="V" * 31, previous="V" * 31)
    rule = measure(window="week", at_least=4, skip_short_weeks=True)
    assert judge(rule, case, calendars[2019], calendars[2018]).due == 3
    assert judge(rule, case, calendars[2019]).due == 4


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, State.MET),
        ({"prorate": "posted_days"}, State.MET),
        (SHARE, State.SHOWN),
        ({"days": "work"}, State.SHOWN),
        ({"prorate": "posted_workdays"}, State.SHOWN),
    ],
)
def test_without_the_years_notice_nothing_that_rests_on_workdays_is_judged(changes, state):
    case = inputs("2027-12", year={"in_village": 260})
    found = evaluate(measure(**changes), case, unannounced(2027))
    assert found.state == state
    assert found.trace["announced"] is False


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"marks": "V" * 29}, "应有 30 个标记，收到 29 个"),
        ({"previous_marks": "V" * 30}, "2026年8月应有 31 个标记"),
    ],
)
def test_marks_of_the_wrong_length_are_refused(calendars, change, message):
    case: Inputs = replace(inputs("2026-09", marks="V" * 30, previous="V" * 31), **change)
    with pytest.raises(ValueError, match=message):
        judge(measure(**WEEKLY), case, calendars[2026])


def test_the_calendar_of_another_year_is_refused(calendars):
    with pytest.raises(ValueError, match="要用 2026 年的日历"):
        judge(measure(), inputs("2026-09"), calendars[2025])

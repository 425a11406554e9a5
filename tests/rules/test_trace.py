"""Every figure's trace recomputes to the figure, for any person and month."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.core.months import Month
from apps.rules.calendar import unannounced
from apps.rules.figures import terms_of
from apps.rules.marks import LETTERS, OUT, counts, work_marks
from apps.rules.presence import Counts, Inputs, State, evaluate, judge
from apps.rules.trace import recompute, results
from tests.rules.conftest import CODES

DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))
SOME_NIGHTS = st.text(alphabet="10 ", min_size=31, max_size=31)
SOME_MARKS = st.text(alphabet=LETTERS + OUT, min_size=31, max_size=31)


def _since(place: int, *months: list) -> Counts:
    """What was counted in the months from a place on: days, workdays, nights."""
    days, work, nights = (each[place:] for each in months)
    return Counts(tuple(map(sum, zip(*days, strict=True))), tuple(map(sum, zip(*work, strict=True))), sum(nights))


@st.composite
def postings(draw) -> Inputs:
    """A posting with random marks in all months of the year so far."""
    month = Month(draw(st.sampled_from((2024, 2026, 2027))), draw(st.integers(1, 12)))
    first = draw(DAYS)
    last = draw(st.none() | st.integers(0, 900).map(lambda days: first + timedelta(days=days)))
    calendar = unannounced(month.year)
    sheets = []
    for number in range(1, month.month + 1):
        done = Month(month.year, number)
        nights = draw(SOME_NIGHTS)[: done.days]
        sheets.append((draw(SOME_MARKS)[: done.days], calendar.month_mask(done.first), nights))
    year = [counts(marks) for marks, _, _ in sheets]
    work = [counts(work_marks(marks, mask)) for marks, mask, _ in sheets]
    stayed = [nights.count("1") for _, _, nights in sheets]
    return Inputs(
        roles=draw(
            st.lists(
                st.sampled_from(("leader", "first_secretary", "member", "credit_officer", "agri_technician")),
                min_size=1,
            )
        ),
        classes=draw(st.sampled_from((["poor"], ["non_poor"], ["poor", "red"]))),
        first=first,
        last=last,
        month=month,
        month_all=year[-1],
        month_work=work[-1],
        ytd_all=tuple(map(sum, zip(*year, strict=True))),
        ytd_work=tuple(map(sum, zip(*work, strict=True))),
        marks=sheets[-1][0],
        previous_marks=draw(st.none() | SOME_MARKS.map(lambda marks: marks[: month.previous().days])),
        nights=sheets[-1][2],
        previous_nights=draw(st.none() | SOME_NIGHTS.map(lambda nights: nights[: month.previous().days])),
        ytd_nights=sum(stayed),
        stretches={
            "quarter": _since((month.month - 1) // 3 * 3, year, work, stayed),
            "half_year": _since((month.month - 1) // 6 * 6, year, work, stayed),
        },
    )


@pytest.mark.parametrize("code", [*CODES[1:], "qingya"])
@settings(max_examples=60, deadline=None)
@given(case=postings())
def test_a_trace_recomputes_to_the_value_and_the_due_shown(book, calendars, code, case):
    calendar = calendars.get(case.month.year, unannounced(case.month.year))
    for measure in book(code, case.month.last).presence:
        found = evaluate(measure, case, calendar)
        assert (found.done, found.due, found.state) == judge(measure, case, calendar)
        assert (found.trace == {}) == (found.state is State.NOT_APPLICABLE)
        stored = json.loads(json.dumps(found.trace))
        assert recompute(stored) == found.done == found.trace.get("value", 0)
        if stored:
            assert results(stored)["due"] == found.due == stored["due"]
            assert results(stored) == {step["name"]: step["value"] for step in stored["steps"]}


def test_a_changed_input_changes_the_recomputed_value(book, calendars):
    numbers = counts("V" * 20 + "T" * 5)
    case = Inputs(["member"], [], date(2026, 1, 1), None, Month(2026, 1), *[numbers] * 4)
    trace = evaluate(book("tongwei", date(2026, 1, 31)).presence[0], case, calendars[2026]).trace
    trace["inputs"]["official_trip"] += 1
    assert recompute(trace) == trace["value"] + 1


def test_the_terms_of_a_span_are_those_of_everyone_posted_over_it(book, calendars):
    measure = book("tongwei", date(2026, 10, 31)).presence[0]
    terms = terms_of(measure, date(2019, 5, 1), None, Month(2026, 10), calendars[2026])
    assert (terms.due, terms.part.left, terms.over, terms.judged) == (220, 61, False, True)
    assert terms_of(measure, date(2019, 5, 1), date(2025, 1, 1), Month(2026, 10), calendars[2026]) is None


def test_a_floor_that_is_passed_says_by_how_much(book, calendars):
    measure = book("tongwei", date(2026, 1, 31)).presence[0]
    for days, text in ((222, "已计数减应达数 = 2，已达到"), (215, "应达数减已计数 = 5，即还差的天数")):
        year = counts("V" * days)
        case = Inputs(["member"], [], date(2025, 1, 1), None, Month(2026, 11), *[counts("V" * 20)] * 2, year, year)
        steps = evaluate(measure, case, calendars[2026]).trace["steps"]
        assert text in [step["text"] for step in steps]


def test_a_trace_calls_the_days_as_the_local_sheet_does(book, calendars):
    rules = book("kunming", date(2026, 1, 31))
    case = Inputs(["member"], [], date(2026, 1, 1), None, Month(2026, 1), *[counts("V" * 20 + "T" * 5)] * 4)
    measure = next(each for each in rules.presence if "official_trip" in each.counts)
    steps = evaluate(measure, case, calendars[2026], sheet=rules.sheet).trace["steps"]
    assert steps[0]["text"] == "本年至本月底：在岗 20 + 因公出差 5 = 25"
    plain = evaluate(measure, case, calendars[2026]).trace["steps"]
    assert plain[0]["text"] == "本年至本月底：在村 20 + 公差 5 = 25"

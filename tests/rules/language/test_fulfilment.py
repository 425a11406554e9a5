"""How far recorded acts fulfil a duty, and what a sample lacks: tables worked out by hand."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from apps.rules.language.duties import Duty, Sample, Share
from apps.rules.language.fulfilment import (
    Fulfilled,
    Occurrence,
    Recorded,
    credited,
    fulfilment,
    occurrences,
    share_due,
)
from apps.rules.language.samples import allotment, draw, sample_findings
from apps.rules.language.windows import Stretch
from apps.rules.trace import recompute

PACK = Path(__file__).parent.parent / "packs" / "shixi" / "duties.yaml"
RULES = TypeAdapter(dict[str, Duty]).validate_python(yaml.safe_load(PACK.read_text("utf-8"))["duties"])
MARCH = Stretch(date(2026, 3, 1), date(2026, 3, 31))
LATER = date(2026, 4, 30)
HOUSES = [f"{number:02}" for number in range(1, 41)]
NOTED = frozenset({"走访记录"})


def day(number: int, month: int = 3) -> date:
    return date(2026, month, number)


def first(name: str, span: Stretch = MARCH) -> Occurrence:
    return occurrences(RULES[name], span)[0]


def looked_at(name: str, acts: list[Recorded], on: date = LATER, **more: Any) -> Fulfilled:
    found = fulfilment(RULES[name], first(name), acts, on=on, **more)
    assert recompute(found.trace) == found.done == found.trace["value"]
    assert found.trace["due"] == found.due
    return found


def visits(count: int, *, houses: list[str] = HOUSES, **more: Any) -> list[Recorded]:
    return [Recorded(day(2), subject=house, evidence=NOTED, **more) for house in houses[:count]]


@pytest.mark.parametrize(
    ("acts", "on", "state", "done"),
    [
        (visits(30), LATER, "met", 30),
        (visits(29), LATER, "short", 29),
        (visits(29), day(31), "open", 29),
        (visits(29) + visits(5), LATER, "short", 29),  # the same houses again
        (visits(30) + visits(5), LATER, "met", 30),
        ([*visits(29), Recorded(day(2), subject="别村", evidence=NOTED)], LATER, "short", 29),
        ([*visits(29), Recorded(day(2), subject="30")], LATER, "short", 29),  # without the note
        ([*visits(29), Recorded(day(1, 4), subject="30", evidence=NOTED)], LATER, "short", 29),
        ([*visits(29), Recorded(day(1, 4), subject="30", evidence=NOTED, about=day(31))], LATER, "late", 30),
        (visits(28) + visits(40, stood_in=True)[28:30], LATER, "met", 30),
        (visits(27) + visits(40, stood_in=True)[27:30], LATER, "short", 29),  # only two of a stand-in count
    ],
)
def test_thirty_different_households_a_month(acts: list[Recorded], on: date, state: str, done: int) -> None:
    found = looked_at("household_visits", acts, on, subjects=HOUSES)
    assert (found.state, found.done, found.due) == (state, done, 30)
    assert len(found.missing) == 40 - done
    assert [finding.clause for finding in found.findings] == ([] if state in ("met", "open") else ["SX-18-3"])


def test_where_there_are_fewer_households_all_are_due() -> None:
    found = looked_at("household_visits", visits(11), subjects=HOUSES[:12])
    assert (found.state, found.done, found.due, found.missing) == ("short", 11, 12, ("12",))
    assert looked_at("household_visits", [], subjects=[]).state == "met"


@pytest.mark.parametrize(("whole", "due"), [(10, 3), (11, 4), (13, 4), (14, 5), (0, 0)])
def test_thirty_percent_is_rounded_up(whole: int, due: int) -> None:
    acts = [Recorded(day(2), subject=house) for house in HOUSES[: due - 1]]
    found = fulfilment(RULES["yearly_share"], first("yearly_share"), acts, on=date(2027, 1, 1), subjects=HOUSES[:whole])
    assert found.due == due
    assert [finding.clause for finding in found.findings] == (["SX-18-5"] if due else [])
    assert share_due(Share.model_validate({"percent": 30, "rounding": "down"}), 14) == 4


def test_every_poor_household_once_a_quarter_names_those_left_out() -> None:
    acts = [Recorded(day(20, 1), subject="01"), Recorded(day(30, 3), subject="03")]
    found = fulfilment(
        RULES["every_poor_household"], first("every_poor_household"), acts, on=day(1, 4), subjects=HOUSES[:3]
    )
    assert (found.state, found.done, found.due, found.missing) == ("short", 2, 3, ("02",))


def test_an_act_of_one_duty_counts_for_another_that_it_names() -> None:
    acts = {"household_visits": visits(1), "every_poor_household": visits(2), "week_meeting": visits(3)}
    assert len(credited(RULES, "household_visits", acts)) == 3
    assert len(credited(RULES, "every_poor_household", acts)) == 2


ALL = frozenset({"dispatch_unit", "county_office", "township_leader"})


@pytest.mark.parametrize(
    ("acts", "state", "done", "missing"),
    [
        ([Recorded(day(6, 4), to=ALL, about=day(31))], "met", 3, ()),
        ([Recorded(day(7, 4), to=ALL, about=day(31))], "late", 3, ()),
        ([Recorded(day(30), to=ALL - {"county_office"})], "short", 2, ("county_office",)),
        ([Recorded(day(30), to=ALL - {"county_office"}), Recorded(day(31), to=ALL - {"dispatch_unit"})], "met", 3, ()),
        ([Recorded(day(6, 4), to=ALL)], "short", 0, ("dispatch_unit", "county_office", "township_leader")),
    ],
)
def test_a_report_must_reach_each_recipient_by_the_day(
    acts: list[Recorded], state: str, done: int, missing: tuple[str, ...]
) -> None:
    related = {("principal", "township"): "township_leader"}
    found = looked_at("month_report", acts, related=related)
    assert (found.state, found.done, found.due, found.missing) == (state, done, 3, missing)


@pytest.mark.parametrize(("count", "state"), [(0, "met"), (2, "met"), (3, "exceeded")])
def test_a_duty_with_an_upper_end_can_be_exceeded(count: int, state: str) -> None:
    year = occurrences(RULES["inspections"], Stretch(date(2026, 1, 1), date(2026, 12, 31)))[0]
    found = fulfilment(RULES["inspections"], year, [Recorded(day(3))] * count, on=LATER)
    assert found.state == state
    assert [finding.severity for finding in found.findings] == (["block"] if count == 3 else [])


@pytest.mark.parametrize(("count", "state"), [(1, "short"), (2, "met")])
def test_two_rounds_a_month(count: int, state: str) -> None:
    found = looked_at("spot_check", [Recorded(day(3))] * count)
    assert (found.state, found.done, found.due) == (state, count, 2)


def test_a_window_only_partly_in_post_informs_until_it_is_met() -> None:
    partly = first("month_report")._replace(judged=False)
    assert fulfilment(RULES["month_report"], partly, [], on=LATER).state == "information"
    assert fulfilment(RULES["month_report"], partly, [], on=LATER).findings == ()


def test_each_of_several_owes_it_himself() -> None:
    duty = Duty.model_validate(
        {
            "label": "调研",
            "matter": "research",
            "who": ["unit_head", "unit_liaison"],
            "each": True,
            "window": "month",
            "clause": "SX-1",
        }
    )
    acts = [Recorded(day(2), by="unit_head"), Recorded(day(3), by="unit_head")]
    found = fulfilment(duty, first("month_report")._replace(due=None), acts, on=LATER)
    assert (found.state, found.done, found.due, found.missing) == ("short", 1, 2, ("unit_liaison",))


def test_severity_follows_the_modality() -> None:
    posted = Stretch(date(2026, 1, 1), date(2026, 12, 31))
    window = occurrences(RULES["two_month_research"], posted, posted=posted)[0]
    (finding,) = fulfilment(RULES["two_month_research"], window, [], on=LATER).findings
    assert (finding.code, finding.severity, finding.clause) == ("duty_short", "warn", "SX-18-7")


SIZES = {"东乡": 10, "西乡": 5, "南乡": 1}


@pytest.mark.parametrize(
    ("sample", "drawn"),
    [
        (
            {"number": 10, "strata": {"by": "township", "each": 2}},
            {"东乡": 6, "西乡": 3, "南乡": 1},
        ),  # 5 left over 8 : 3 : 0
        ({"number": 8}, {"东乡": 5, "西乡": 3, "南乡": 0}),  # 5, 2.5 and 0.5: of equal remainders the first
        ({"percent": 50}, {"东乡": 5, "西乡": 3, "南乡": 0}),
        ({"number": 3, "strata": {"by": "township", "each": 2}}, {"东乡": 2, "西乡": 2, "南乡": 1}),
        ({"number": 100}, SIZES),
        ({"every": True}, SIZES),
        ({"number": 4, "strata": {"by": "township", "each_percent": 15}}, {"东乡": 2, "西乡": 1, "南乡": 1}),
    ],
)
def test_how_many_to_draw_from_each_group(sample: dict[str, Any], drawn: dict[str, int]) -> None:
    assert allotment(Sample.model_validate({"of": "person", **sample}), SIZES) == drawn


PEOPLE = {f"{town}{number}": town for town, size in SIZES.items() for number in range(size)}


def test_a_draw_can_be_repeated_and_has_no_fault() -> None:
    sample = RULES["spot_check"].sample
    assert sample is not None
    drawn = draw(sample, PEOPLE, "2026-03 第1轮")
    assert drawn == draw(sample, dict(reversed(PEOPLE.items())), "2026-03 第1轮")
    assert drawn != draw(sample, PEOPLE, "2026-03 第2轮")
    assert Counter(PEOPLE[name] for name in drawn) == {"东乡": 6, "西乡": 3, "南乡": 1}
    assert sample_findings(RULES["spot_check"], drawn, PEOPLE) == []


def test_a_sample_too_small_or_without_a_group_is_told() -> None:
    drawn = [*(f"东乡{number}" for number in range(8)), "西乡0", "西乡0", "别县"]
    found = sample_findings(RULES["spot_check"], drawn, PEOPLE)
    assert [(finding.code, finding.clause, finding.inputs["drawn"], finding.inputs["due"]) for finding in found] == [
        ("sample_short", "SX-18-10", 9, 10),
        ("group_short", "SX-18-11", 0, 1),
        ("group_short", "SX-18-11", 1, 2),
    ]


@given(st.dictionaries(st.text("甲乙丙丁", min_size=1, max_size=3), st.integers(0, 30), max_size=6), st.integers(1, 90))
def test_an_allotment_draws_its_number_or_all_there_are(sizes: dict[str, int], number: int) -> None:
    drawn = allotment(Sample.model_validate({"of": "person", "number": number}), sizes)
    assert sum(drawn.values()) == min(number, sum(sizes.values()))
    assert all(0 <= drawn[name] <= sizes[name] for name in sizes)

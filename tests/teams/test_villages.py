"""What the county writes down about a village: classes, numbers, needs, reasons and reductions; who may, and who not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.accounts.access import Actor
from apps.core.errors import Conflict, Forbidden, NotFound, Refused
from apps.core.tenancy import Scope, entered
from apps.jurisdictions.models import Village, VillageClassSpan, VillageMeasure
from apps.jurisdictions.services_villages import VillageEntry, villages_write
from apps.teams.compile.states import village_states
from apps.teams.compile.villages import area_summary
from apps.teams.models import CompositionReason, Posting, StrengthReduction
from apps.teams.services import (
    ReductionEntry,
    class_record,
    measure_record,
    need_record,
    reason_record,
    reduction_record,
)
from tests.factories import actor_of, posting_of, team_of

COUNTY, VILLAGE = "C621121", "C621121100201"
YULIN, RESIDENT = "C610831", "C610831100201"
TODAY = date(2026, 11, 2)
pytestmark = pytest.mark.usefixtures("nation")


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    with time_machine.travel("2026-11-02 09:00+08:00", tick=False):
        yield


@pytest.fixture
def office() -> Actor:
    team_of(VILLAGE, "河南村", ("poor",))
    return actor_of("county_office", COUNTY, "孙主任")


def classes(day: date, area: str = VILLAGE) -> set[str]:
    [state] = village_states(area, day)
    return set(state.classes)


def test_a_class_holds_from_its_first_day_to_its_last_and_the_present_is_kept_beside_it(office: Actor) -> None:
    assert classes(date(2010, 1, 1)) == {"poor"}, "no beginning is recorded"
    class_record(actor=office, area=VILLAGE, kind="weak_party", first=date(2026, 3, 1), last=None)
    assert Village.objects.get(area=VILLAGE).classes == ["poor", "weak_party"]
    assert [classes(date(2026, 2, 28)), classes(date(2026, 3, 1))] == [{"poor"}, {"poor", "weak_party"}]
    class_record(actor=office, area=VILLAGE, kind="weak_party", first=None, last=date(2026, 10, 31))
    assert Village.objects.get(area=VILLAGE).classes == ["poor"]
    assert [classes(date(2026, 10, 31)), classes(TODAY)] == [{"poor", "weak_party"}, {"poor"}]
    class_record(actor=office, area=VILLAGE, kind="poor", first=date(2014, 1, 1), last=date(2020, 12, 31))
    assert Village.objects.get(area=VILLAGE).classes == []
    days = (date(2013, 12, 31), date(2014, 1, 1), date(2020, 12, 31), date(2021, 1, 1))
    assert [classes(day) for day in days] == [set(), {"poor"}, {"poor"}, set()]


def test_a_past_span_leaves_the_present_alone_and_saying_it_twice_changes_nothing(office: Actor) -> None:
    class_record(actor=office, area=VILLAGE, kind="poor", first=date(2024, 1, 1), last=None)
    for _ in range(2):
        class_record(actor=office, area=VILLAGE, kind="poor", first=date(2014, 1, 1), last=date(2019, 12, 31))
    assert Village.objects.get(area=VILLAGE).classes == ["poor"]
    assert VillageClassSpan.objects.count() == 2
    assert [bool(classes(date(year, 6, 1))) for year in (2013, 2014, 2019, 2020, 2024)] == [False, True, True, False, True]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "first", "last", "why"),
    [
        ("red", date(2026, 11, 3), None, "起日不能晚于今天"),
        ("poor", date(2020, 1, 1), TODAY, "止日须在今天以前"),
        ("red", date(2020, 1, 2), date(2020, 1, 1), "止日早于起日"),
        ("red", None, None, "请填写起日"),
        ("red", None, date(2020, 1, 1), "请填写起日"),
        ("demonstration", date(2020, 6, 1), None, "重叠"),
    ],
)
def test_what_would_make_the_present_uncertain_is_refused(
    office: Actor, kind: str, first: date | None, last: date | None, why: str
) -> None:
    class_record(actor=office, area=VILLAGE, kind="demonstration", first=date(2020, 1, 1), last=date(2020, 12, 31))
    with pytest.raises(Refused, match=why):
        class_record(actor=office, area=VILLAGE, kind=kind, first=first, last=last)
    assert Village.objects.get(area=VILLAGE).classes == ["poor"]


KINDS = ("poor", "red", "other")
DAYS = st.one_of(st.none(), st.dates(date(2026, 9, 1), date(2026, 11, 4)))


@settings(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(
    acts=st.lists(
        st.one_of(
            st.tuples(st.sampled_from(KINDS), DAYS, DAYS), st.frozensets(st.sampled_from(KINDS)).map(lambda k: (k,))
        ),
        max_size=8,
    )
)
def test_the_present_is_always_what_the_spans_say_of_today(office: Actor, acts: list[tuple[Any, ...]]) -> None:
    Village.objects.update(classes=["poor"])
    VillageClassSpan.objects.all().delete()
    for act in acts:
        if len(act) == 1:
            villages_write(entries=[VillageEntry(VILLAGE, "河南村", tuple(sorted(act[0])))], on=TODAY, by="某人")
            continue
        try:
            class_record(actor=office, area=VILLAGE, kind=act[0], first=act[1], last=act[2])
        except Refused:
            continue
        present = set(Village.objects.get(area=VILLAGE).classes)
        assert classes(TODAY) == present
        assert set(VillageClassSpan.objects.filter(last=None).values_list("kind", flat=True)) <= present


def test_a_roster_that_changes_a_class_writes_down_since_when(office: Actor) -> None:
    villages_write(entries=[VillageEntry(VILLAGE, "河南村", ("poor", "red"))], on=date(2026, 11, 1), by="孙主任")
    villages_write(entries=[VillageEntry(VILLAGE, "河南村", ("red",))], on=TODAY, by="孙主任")
    assert [classes(date(2026, 10, 31)), classes(date(2026, 11, 1)), classes(TODAY)] == [
        {"poor"},
        {"poor", "red"},
        {"red"},
    ]


def test_numbers_and_needs_hold_from_their_day_and_the_latest_wins(office: Actor) -> None:
    for number, first in ((320, date(2026, 1, 1)), (310, date(2026, 6, 1)), (311, date(2026, 6, 1))):
        measure_record(actor=office, area=VILLAGE, name="户数", number=Decimal(number), first=first)
    numbers = [village_states(VILLAGE, day)[0].measures for day in (date(2025, 12, 31), date(2026, 5, 31), TODAY)]
    assert numbers == [{}, {"户数": 320}, {"户数": 311}]
    need_record(actor=office, area=VILLAGE, kind="industry", text="发展养殖", first=date(2026, 1, 1))
    need_record(actor=office, area=VILLAGE, kind="industry", text="", first=date(2026, 6, 1))
    needs = [[need.text for need in village_states(VILLAGE, day)[0].needs] for day in (date(2026, 5, 31), TODAY)]
    assert needs == [["发展养殖"], []]
    with pytest.raises(Refused, match="不能晚于今天"):
        measure_record(actor=office, area=VILLAGE, name="户数", number=Decimal(1), first=date(2026, 11, 3))


@pytest.mark.clause("CN-1.2-2")
def test_a_team_without_recorded_needs_is_flagged_until_one_is_written_down(office: Actor) -> None:
    def flagged() -> list[str]:
        [summary] = area_summary(COUNTY, TODAY).villages
        return [told.kind for told in summary.told if told.remark.clause == "CN-1.2-2"]

    assert flagged() == [], "nobody is posted there"
    posting_of(Village.objects.get(area=VILLAGE).teams.get(), "王建国", "leader", "first_secretary")
    assert flagged() == ["note"]
    need_record(actor=office, area=VILLAGE, kind="organisation", text="班子配齐", first=TODAY)
    assert flagged() == []


def short(office: Actor) -> tuple[str, str]:
    """A team of two where three are wanted in principle: the rule and what it says."""
    team = Village.objects.get(area=VILLAGE).teams.get()
    posting_of(team, "王建国", "leader", "first_secretary")
    posting_of(team, "李秀英")
    [summary] = area_summary(COUNTY, TODAY).villages
    told = summary.told[0]
    assert (summary.kind, told.remark.clause) == ("unexplained", "TW-4-6")
    return told.remark.rule, told.remark.about


@pytest.mark.clause("TW-4-6")
def test_too_few_in_principle_is_explained_until_it_becomes_something_else(office: Actor) -> None:
    rule, about = short(office)
    reason_record(actor=office, area=VILLAGE, rule=rule, about=about, text="一人调离，正在补派")
    [summary] = area_summary(COUNTY, TODAY).villages
    told = summary.told[0]
    assert told.reason is not None
    assert (summary.kind, told.reason.text, told.reason.by) == ("complete", "一人调离，正在补派", "孙主任")
    Posting.objects.filter(name="李秀英").update(last=date(2026, 10, 31))
    assert area_summary(COUNTY, TODAY).villages[0].kind == "unexplained", "one is not two"
    with pytest.raises(Conflict, match="情况已经变化"):
        reason_record(actor=office, area=VILLAGE, rule=rule, about=about, text="一人调离，正在补派")


@pytest.mark.clause("TW-3-2")
def test_what_must_be_is_not_explained_away(office: Actor) -> None:
    [summary] = area_summary(COUNTY, TODAY).villages
    gap = next(told.remark for told in summary.told if told.kind == "gap")
    with pytest.raises(Refused, match="这一条必须做到"):
        reason_record(actor=office, area=VILLAGE, rule=gap.rule, about=gap.about, text="没有人手")
    assert not CompositionReason.objects.exists()


LIGHT, MANY = "巩固拓展脱贫攻坚成果任务较轻", "原帮扶力量较多"
GOOD = ReductionEntry(5, 3, (LIGHT, MANY), "county_party_committee", date(2026, 10, 1), "两项条件都具备")


def poor_village(kind: str = "poor") -> Actor:
    team = team_of(RESIDENT, "赵家村", (kind,))
    for place, roles in enumerate([("leader", "first_secretary"), ("member",), ("member",)]):
        posting_of(team, f"人{place}", *roles)
    office = actor_of("county_office", YULIN, "杨主任")
    measure_record(actor=office, area=RESIDENT, name="原帮扶人数", number=Decimal(5), first=date(2025, 1, 1))
    return office


@pytest.mark.clause("YL-3.1-3", "YL-3.1-4")
def test_a_reduction_sets_the_strength_that_the_village_must_keep() -> None:
    office = poor_village()
    [before] = area_summary(YULIN, TODAY).villages
    assert [told.remark.clause for told in before.told if told.kind == "unexplained"] == ["YL-3.1-1"]
    made = reduction_record(actor=office, area=RESIDENT, entry=GOOD)
    assert (made.clause, made.by, made.grounds) == ("YL-3.1-3", "杨主任", [LIGHT, MANY])
    assert area_summary(YULIN, TODAY).villages[0].kind == "complete"
    assert VillageMeasure.objects.get(first=date(2026, 10, 1)).number == 3


@pytest.mark.parametrize(
    ("kind", "changes", "clause"),
    [
        pytest.param("relocation", {}, "YL-3.1-3", marks=pytest.mark.clause("YL-3.1-3", "YL-3.2-1")),
        pytest.param("demonstration", {}, "YL-3.1-3", marks=pytest.mark.clause("YL-3.1-3", "YL-3.3-1")),
        pytest.param("poor", {"grounds": (LIGHT,)}, "YL-3.1-3", marks=pytest.mark.clause("YL-3.1-3")),
        pytest.param("poor", {"grounds": (MANY,)}, "YL-3.1-3", marks=pytest.mark.clause("YL-3.1-3")),
        pytest.param("poor", {"decided_by": "township_clerk"}, "YL-3.1-3", marks=pytest.mark.clause("YL-3.1-3")),
        pytest.param("poor", {"after": 5}, "YL-3.1-3", marks=pytest.mark.clause("YL-3.1-3")),
        pytest.param("poor", {"after": 2}, "YL-3.1-4", marks=pytest.mark.clause("YL-3.1-4")),
    ],
)
def test_a_reduction_that_the_rules_do_not_allow_is_refused(kind: str, changes: dict[str, Any], clause: str) -> None:
    office = poor_village(kind)
    with pytest.raises(Refused) as refusal:
        reduction_record(actor=office, area=RESIDENT, entry=replace(GOOD, **changes))
    assert [finding.clause for finding in refusal.value.findings] == [clause]
    assert not StrengthReduction.objects.exists()


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2010, 1, 1), "还没有发布的规定"),
        (date(2026, 11, 3), "不能晚于今天"),
        (date(2021, 8, 29), "没有写可以缩减"),
    ],
)
def test_a_reduction_is_judged_by_the_rules_of_its_own_day(day: date, why: str) -> None:
    office = poor_village()
    with pytest.raises(Refused, match=why):
        reduction_record(actor=office, area=RESIDENT, entry=replace(GOOD, decided_on=day))


def test_where_the_rules_know_no_reduction_there_is_none(office: Actor) -> None:
    with pytest.raises(Refused, match="没有写可以缩减"):
        reduction_record(actor=office, area=VILLAGE, entry=GOOD)


@pytest.mark.parametrize(
    ("role", "area", "error"),
    [
        ("township_clerk", f"{COUNTY}100", Forbidden),
        ("county_poverty_office", COUNTY, Forbidden),
        ("county_office", "C621122", NotFound),
        ("county_org_dept", COUNTY, None),
    ],
)
def test_only_the_countys_office_and_organisation_department_write(
    office: Actor, role: str, area: str, error: type[Exception] | None
) -> None:
    rule, about = short(office)
    actor = actor_of(role, area)
    acts: list[tuple[Any, dict[str, Any]]] = [
        (class_record, {"kind": "red", "first": TODAY, "last": None}),
        (measure_record, {"name": "户数", "number": Decimal(1), "first": TODAY}),
        (need_record, {"kind": "other", "text": "修路", "first": TODAY}),
        (reason_record, {"rule": rule, "about": about, "text": "正在补派"}),
    ]
    with entered(Scope(area=area)):
        for act, values in acts:
            if error is None:
                act(actor=actor, area=VILLAGE, **values)
                continue
            with pytest.raises(error):
                act(actor=actor, area=VILLAGE, **values)

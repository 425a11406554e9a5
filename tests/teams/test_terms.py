"""How long people stay: the term that the rules set a post, and acts that would cut it short."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from apps.core.errors import Conflict, Forbidden, NotFound, Refused
from apps.core.months import Month
from apps.jurisdictions.models import VillageMeasure
from apps.teams.compile.terms import term_of
from apps.teams.models import Posting, Team, TeamMonth
from apps.teams.services import posting_begin, posting_change_roles, posting_end, team_months_close, team_months_lock
from tests.factories import actor_of, posting_of, sheet_line_of, team_of

TONGWEI, YULIN, KUNMING, CENTRAL, DACHUAN = "C621121", "C610831", "C530113", "C", "C511703"
ONE = timedelta(days=1)
CAME = date(2025, 3, 1)  # 24 months are over on 28 February 2027
EARLY, DONE = date(2026, 11, 30), date(2027, 2, 28)

pytestmark = pytest.mark.usefixtures("nation")


def village(county: str, number: int = 1) -> Team:
    return team_of(f"{county}10020{number}")


@pytest.mark.parametrize(
    ("county", "roles", "clause", "binding"),
    [
        pytest.param(TONGWEI, ["leader"], "TW-5-1", True, marks=pytest.mark.clause("TW-5-1")),
        pytest.param(TONGWEI, ["first_secretary"], "TW-5-1", True, marks=pytest.mark.clause("TW-5-1")),
        pytest.param(TONGWEI, ["member"], None, None, marks=pytest.mark.clause("TW-5-1")),
        pytest.param(YULIN, ["first_secretary"], "YL-7.1-1", False, marks=pytest.mark.clause("YL-7.1-1")),
        pytest.param(YULIN, ["member"], "YL-7.1-1", False, marks=pytest.mark.clause("YL-7.1-1")),
        pytest.param(KUNMING, ["member"], "CN-2.2-3", True, marks=pytest.mark.clause("CN-2.2-3")),
        pytest.param(KUNMING, ["pairing_cadre"], None, None, marks=pytest.mark.clause("CN-2.2-3")),
    ],
)
def test_a_post_has_the_term_that_its_regulation_sets(
    county: str, roles: list[str], clause: str | None, binding: bool | None
) -> None:
    term = term_of(village(county).area, roles, CAME, EARLY)
    if clause is None:
        assert term is None
        return
    assert term is not None
    assert (term.clause, term.binding, term.months, term.earliest) == (clause, binding, 24, DONE)


@pytest.mark.parametrize(
    ("first", "earliest"),
    [
        (date(2024, 3, 1), date(2026, 2, 28)),
        (date(2026, 3, 1), date(2028, 2, 29)),
        (date(2024, 2, 29), date(2026, 2, 28)),
        (date(2024, 3, 15), date(2026, 3, 14)),
    ],
)
@pytest.mark.clause("TW-5-1")
def test_the_last_of_twenty_four_months_is_the_earliest_last_day(first: date, earliest: date) -> None:
    team, office = village(TONGWEI), actor_of("county_office", TONGWEI)
    term = term_of(team.area, ["leader"], first, EARLY)
    assert term is not None
    assert term.earliest == earliest
    posting = posting_of(team, "甲", "leader", "first_secretary", first=first)
    with pytest.raises(Refused) as refusal:
        posting_end(actor=office, posting=posting, last=earliest - ONE)
    assert [finding.clause for finding in refusal.value.findings] == ["TW-5-1"]
    assert "请办理调整轮换" in refusal.value.message
    assert posting_end(actor=office, posting=posting, last=earliest).last == earliest


@pytest.mark.clause("TW-5-1", "TW-24-1")
def test_a_decided_case_ends_a_posting_before_its_term_and_a_mere_reason_does_not() -> None:
    office, posting = actor_of("county_office", TONGWEI), posting_of(village(TONGWEI), "甲", "leader", first=CAME)
    with pytest.raises(Refused, match="驻村20个月"):
        posting_end(actor=office, posting=posting, last=date(2026, 11, 15), why="单位工作需要")
    ended = posting_end(actor=office, posting=posting, last=date(2026, 11, 15), ground="调离原单位")
    assert (ended.last, ended.end_reason) == (date(2026, 11, 15), "调离原单位")
    with pytest.raises(Conflict, match="已于2026-11-15结束"):
        posting_end(actor=office, posting=posting, last=EARLY)


@pytest.mark.clause("YL-7.1-1")
def test_where_the_term_holds_in_principle_a_reason_is_asked_for_and_kept() -> None:
    office, posting = actor_of("county_office", YULIN), posting_of(village(YULIN), "甲", "member", first=CAME)
    with pytest.raises(Refused, match="请写明离岗说明，或办理调整轮换"):
        posting_end(actor=office, posting=posting, last=EARLY)
    assert posting_end(actor=office, posting=posting, last=EARLY, why="身体原因").end_reason == "身体原因"


@pytest.mark.clause("TW-5-1", "CN-2.2-3")
def test_months_in_two_villages_of_the_county_count_together_when_there_is_no_gap() -> None:
    office = actor_of("county_office", TONGWEI)
    for name, gap in (("甲", 0), ("乙", 1)):
        posting_of(village(TONGWEI), name, "member", first=date(2024, 10, 1), last=date(2025, 9, 30))
        team = village(TONGWEI, 2 + gap)
        later = posting_of(team, name, "leader", first=date(2025, 10, 1) + gap * ONE)
        if gap:
            with pytest.raises(Refused, match="驻村11个月"):
                posting_end(actor=office, posting=later, last=date(2026, 9, 30))
        else:
            assert posting_end(actor=office, posting=later, last=date(2026, 9, 30)).last == date(2026, 9, 30)


@pytest.mark.clause("TW-5-1")
def test_whoever_moves_to_another_village_the_next_day_does_not_leave() -> None:
    office, here, there = actor_of("county_office", TONGWEI), village(TONGWEI), village(TONGWEI, 2)
    posting = posting_of(here, "甲", "leader", first=CAME)
    posting_begin(actor=office, team=there, cadre=posting.cadre, roles=["leader"], first=date(2026, 12, 1))
    assert posting_end(actor=office, posting=posting, last=EARLY).last == EARLY


@pytest.mark.clause("TW-5-1", "TW-5-4")
def test_other_roles_begin_the_day_after_the_old_ones_end() -> None:
    office, posting = actor_of("county_office", TONGWEI), posting_of(village(TONGWEI), "甲", "member", first=CAME)
    day = date(2026, 12, 1)
    later = posting_change_roles(actor=office, posting=posting, from_day=day, roles=["leader", "first_secretary"])
    posting.refresh_from_db()
    assert (posting.last, later.first, later.last, later.roles) == (
        day - ONE,
        day,
        None,
        ["leader", "first_secretary"],
    )
    assert (later.cadre_id, later.unit_id, later.name) == (posting.cadre_id, posting.unit_id, "甲")
    with pytest.raises(Conflict, match="没有变化"):
        posting_change_roles(actor=office, posting=later, from_day=day, roles=["first_secretary", "leader"])
    with pytest.raises(Refused, match="不在甲的派驻期内"):
        posting_change_roles(actor=office, posting=later, from_day=day - ONE, roles=["member"])
    same = posting_change_roles(actor=office, posting=later, from_day=day, roles=["member"])
    assert (same.pk, same.roles) == (later.pk, ["member"])


def test_no_act_reaches_into_a_closed_month_or_over_an_entered_day() -> None:
    office, team = actor_of("county_office", TONGWEI), village(TONGWEI)
    posting = posting_of(team, "甲", "member", first=CAME)
    team_months_lock(teams=[team.pk], month=date(2026, 10, 1))
    team_months_close(teams=[team.pk], month=date(2026, 10, 1), by="某人")
    sheet_line_of(posting, Month(2026, 11), "." * 9 + "V" + "." * 20)
    other = posting_of(village(TONGWEI, 2), "乙", "member", first=CAME)
    said = "已月结的2026年10月"
    with pytest.raises(Refused, match=said):
        posting_end(actor=office, posting=posting, last=date(2026, 10, 30))
    with pytest.raises(Refused, match=said):
        posting_change_roles(actor=office, posting=posting, from_day=date(2026, 10, 31), roles=["leader"])
    with pytest.raises(Refused, match=said):
        posting_begin(actor=office, team=team, cadre=other.cadre, roles=["member"], first=date(2026, 10, 31))
    with pytest.raises(Refused, match="2026年10月的岗位已经月结"):
        posting_change_roles(actor=office, posting=posting, from_day=CAME, roles=["leader"])
    with pytest.raises(Refused, match="以外已有登记"):
        posting_end(actor=office, posting=posting, last=date(2026, 11, 9))
    with pytest.raises(Refused, match="以外已有登记"):
        posting_change_roles(actor=office, posting=posting, from_day=date(2026, 11, 10), roles=["leader"])
    assert posting_end(actor=office, posting=posting, last=date(2026, 11, 10)).last == date(2026, 11, 10)
    assert TeamMonth.objects.get(month=date(2026, 10, 1)).closed


def test_acts_are_for_the_countys_offices_and_their_own_county() -> None:
    posting = posting_of(village(TONGWEI), "甲", "member", first=CAME)
    for office, area, error in (
        ("township_clerk", "C621121100", Forbidden),
        ("county_office", "C621122", NotFound),
        ("county_poverty_office", TONGWEI, Forbidden),
    ):
        actor = actor_of(office, area)
        with pytest.raises(error):
            posting_end(actor=actor, posting=posting, last=EARLY)
        with pytest.raises(error):
            posting_change_roles(actor=actor, posting=posting, from_day=EARLY, roles=["leader"])
        with pytest.raises(error):
            posting_begin(actor=actor, team=village(TONGWEI, 2), cadre=posting.cadre, roles=["member"], first=EARLY)
    office = actor_of("county_office", TONGWEI)
    with pytest.raises(NotFound):
        posting_begin(actor=office, team=team_of("C621122100201"), cadre=posting.cadre, roles=["member"], first=EARLY)
    assert Posting.objects.get().last is None


@pytest.mark.parametrize(
    ("county", "last", "exited", "clause"),
    [
        pytest.param(TONGWEI, date(2020, 12, 31), 1, "TW-5-5", marks=pytest.mark.clause("TW-5-5")),
        pytest.param(TONGWEI, date(2021, 1, 1), 1, None, marks=pytest.mark.clause("TW-5-5")),
        pytest.param(TONGWEI, date(2020, 12, 31), 0, None, marks=pytest.mark.clause("TW-5-5")),
        pytest.param(KUNMING, date(2020, 12, 31), 1, "CN-2.3-7", marks=pytest.mark.clause("CN-2.3-7")),
        pytest.param(KUNMING, date(2021, 1, 1), 1, None, marks=pytest.mark.clause("CN-2.3-7")),
    ],
)
def test_a_team_stays_in_a_village_that_has_left_poverty_as_long_as_the_rules_say(
    county: str, last: date, exited: int, clause: str | None
) -> None:
    team, office = village(county), actor_of("county_office", county)
    VillageMeasure.objects.create(
        area=team.area, village=team.village, name="exited", number=Decimal(exited), first=date(2019, 12, 1), by="某人"
    )
    one, other = (posting_of(team, name, "member", first=date(2018, 6, 1)) for name in "甲乙")
    assert posting_end(actor=office, posting=one, last=last).last == last
    if clause is None:
        assert posting_end(actor=office, posting=other, last=last).last == last
        return
    with pytest.raises(Refused, match="请先派人接任") as refusal:
        posting_end(actor=office, posting=other, last=last)
    assert [finding.clause for finding in refusal.value.findings] == [clause]
    follower = posting_of(village(county, 2), "丙", "member")
    posting_begin(actor=office, team=team, cadre=follower.cadre, roles=["member"], first=last + ONE)
    assert posting_end(actor=office, posting=other, last=last).last == last

"""Somebody leaves: on which ground, who agrees, from when, and what follows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from apps.core.errors import BadInput, Conflict, Forbidden, Refused
from apps.core.tenancy import NATION, Scope, entered
from apps.staffing.models import Opening
from apps.teams.models import TeamMonth
from tests.staffing.conftest import TODAY, Place, paper
from tests.staffing.leaving import Post, post_of

PlaceOf = Callable[..., Place]
ADJUST = "replacement:按干部管理权限批准后调整更换"
ILL = "replacement:因病不能正常履职"
CALL_BACK, EXCHANGE = "replacement:派出单位要求撤回", "replacement:派出单位要求更换"
BY_LEADER = "replacement:队长要求更换队员"
UNFIT = frozenset({"不宜驻村工作"})


def clauses(refused: pytest.ExceptionInfo[Refused]) -> set[str | None]:
    return {finding.clause for finding in refused.value.findings}


@pytest.mark.clause("TW-24-1")
@pytest.mark.parametrize(
    "ground", ["special_hardship", "left_unit", "resigned", "disciplined", "low_grade", "长期两地分居"]
)
def test_each_listed_ground_and_other_words_carry_an_adjustment(place_of: PlaceOf, ground: str) -> None:
    post = post_of(place_of("tongwei"))
    made = post.ask("county_office", "member", ADJUST, ground=ground, stated=UNFIT)
    told = [(remark["code"], remark["clause"]) for remark in made.remarks]
    assert told == ([] if ground.isascii() else [("ground_to_be_judged", "TW-24-1")])


@pytest.mark.clause("TW-24-1")
@pytest.mark.parametrize(("ground", "stated"), [("", UNFIT), ("left_unit", frozenset())])
def test_without_a_ground_or_without_saying_that_he_is_unfit_nothing_is_sent(
    place_of: PlaceOf, ground: str, stated: frozenset[str]
) -> None:
    post = post_of(place_of("tongwei"))
    with pytest.raises(Refused) as refused:
        post.ask("county_office", "member", ADJUST, ground=ground, stated=stated)
    assert clauses(refused) == {"TW-24-1"}


@pytest.mark.clause("TW-24-2", "TW-5-1")
@pytest.mark.parametrize(("level", "office"), [("county", "county_org_dept"), ("city", "city_org_dept")])
def test_an_adjustment_ends_the_posting_before_its_term_when_the_department_of_his_level_approves(
    place_of: PlaceOf, level: str, office: str
) -> None:
    post = post_of(place_of("tongwei", level))
    made = post.ask("county_office", "leader", ADJUST, ground="left_unit", stated=UNFIT, last=date(2026, 9, 10))
    assert post.last("leader") is None
    post.act(office, made.case_id, f"approve_{level}")
    assert post.last("leader") == date(2026, 9, 10)
    made.refresh_from_db()
    assert made.opening is not None
    assert (made.opening.since, made.opening.unit, made.opening.why) == (
        date(2026, 9, 11),
        post.place.unit,
        "adjustment",
    )
    assert post.handover("leader").departure == made


@pytest.mark.clause("TW-24-2")
def test_a_refused_adjustment_leaves_everything_as_it_is(place_of: PlaceOf) -> None:
    post = post_of(place_of("tongwei"))
    made = post.ask("county_office", "member", ADJUST, ground="left_unit", stated=UNFIT)
    post.act("county_org_dept", made.case_id, "approve_county", outcome="refused", remark="仍适合")
    made.refresh_from_db()
    assert (made.over, made.ended_on, post.last("member")) == (True, None, None)
    assert not Opening.objects.exists()


@pytest.mark.clause("TW-37-4")
def test_illness_ends_the_posting_and_the_unit_has_to_send_somebody_else(place_of: PlaceOf) -> None:
    post = post_of(place_of("tongwei"))
    made = post.ask("unit_personnel", "leader", ILL, successor=False)
    post.act("county_org_dept", made.case_id, "approve_county")
    made.refresh_from_db()
    assert made.why != "recall"
    assert made.opening is not None and made.opening.unit == post.place.unit
    assert post.last("leader") == TODAY


@pytest.mark.clause("KM-8-2")
@pytest.mark.parametrize("who", ["leader", "member"])
@pytest.mark.parametrize("way", [CALL_BACK, EXCHANGE])
def test_a_units_own_work_is_no_ground_to_call_anybody_back(place_of: PlaceOf, who: str, way: str) -> None:
    post = post_of(place_of("kunming"))
    with pytest.raises(Refused, match="以派出单位的工作为由") as refused:
        post.ask("unit_personnel", who, way, ground="unit_work", evidence="函")
    assert clauses(refused) == {"KM-8-2"}


@pytest.mark.clause("KM-8-3")
def test_a_special_reason_needs_proof_and_the_citys_approval_and_until_then_he_stays(place_of: PlaceOf) -> None:
    post = post_of(place_of("kunming"))
    with pytest.raises(Refused, match="证明材料"):
        post.ask("unit_personnel", "member", CALL_BACK, ground="special_reason")
    with pytest.raises(Forbidden):
        post.ask("county_office", "member", CALL_BACK, ground="special_reason", evidence="函")
    made = post.ask("unit_personnel", "member", CALL_BACK, ground="special_reason", evidence="函", successor=False)
    for office in ("county_office", "county_org_dept", "unit_personnel"):
        with pytest.raises(Forbidden):
            post.act(office, made.case_id, "approve")
    assert post.last("member") is None
    post.act("city_office", made.case_id, "approve")
    assert post.last("member") == TODAY


@pytest.mark.clause("KM-10-1")
def test_a_leader_asks_for_another_member_only_after_help_that_is_on_record(place_of: PlaceOf) -> None:
    post = post_of(place_of("kunming"))
    still = {"ground": "not_stationed", "stated": frozenset({"经教育帮助仍不改正"})}
    with pytest.raises(Refused, match="教育帮助") as refused:
        post.ask("team_leader", "member", BY_LEADER, **still)
    assert clauses(refused) == {"KM-10-1"}
    with pytest.raises(Refused):
        post.ask("team_leader", "member", BY_LEADER, **still | {"ground": "其他"}, helped_on=TODAY, helped="谈话")
    with pytest.raises(BadInput, match="本地现行规定没有"):
        post.ask("team_leader", "leader", BY_LEADER, **still, helped_on=TODAY, helped="谈话")
    made = post.ask("team_leader", "member", BY_LEADER, **still, helped_on=date(2026, 8, 3), helped="谈话一次")
    assert made.helped_on == date(2026, 8, 3)


@pytest.mark.clause("KM-10-2")
def test_a_leaders_demand_goes_over_the_township_to_the_county_which_decides(place_of: PlaceOf) -> None:
    post = post_of(place_of("kunming"))
    made = post.ask(
        "team_leader",
        "member",
        BY_LEADER,
        ground="not_devoted",
        stated=frozenset({"经教育帮助仍不改正"}),
        helped_on=date(2026, 8, 3),
        helped="谈话一次",
    )
    with pytest.raises(Conflict):
        post.act("county_office", made.case_id, "county")
    post.act("township_clerk", made.case_id, "township", paper=paper())
    assert post.last("member") is None
    post.act("county_office", made.case_id, "county")
    assert post.last("member") == TODAY


@pytest.mark.clause("YL-7.1-6")
@pytest.mark.parametrize(
    ("ground", "words"), [("promotion", "提拔"), ("post_change", "岗位调整"), ("别的事", "别的事")]
)
def test_promotion_another_post_and_anything_else_move_nobody_before_his_term(
    place_of: PlaceOf, ground: str, words: str
) -> None:
    post = Post(place_of("yulin"))
    post.add("secretary", "first_secretary")
    with pytest.raises(Refused, match=words) as refused:
        post.ask("unit_personnel", "secretary", "early_withdrawal", ground=ground, evidence="任免文件")
    assert clauses(refused) == {"YL-7.1-6"}


@pytest.mark.clause("YL-7.1-6")
@pytest.mark.parametrize("ground", ["health", "left_unit"])
def test_illness_and_leaving_the_unit_do_with_evidence_once_the_office_has_settled_it(
    place_of: PlaceOf, ground: str
) -> None:
    post = Post(place_of("yulin"))
    post.add("secretary", "first_secretary")
    made = post.ask("unit_personnel", "secretary", "early_withdrawal", ground=ground, evidence="调令复印件")
    assert post.last("secretary") is None
    post.act("county_office", made.case_id, "plain")
    assert post.last("secretary") == TODAY


DECISION = {"decided_by": "县委组织部", "decided_on": date(2026, 9, 1), "number": "通组发〔2026〕9号"}


@pytest.mark.clause("TW-39-8", "TW-17-1")
def test_a_recall_decided_elsewhere_is_recorded_and_the_same_unit_sends_somebody(place_of: PlaceOf) -> None:
    post = post_of(place_of("tongwei"))
    with pytest.raises(BadInput, match="决定机关"):
        post.record("county_org_dept", "leader", "recall:召回撤换")
    made = post.record("county_org_dept", "leader", "recall:召回撤换", successor=False, **DECISION)
    assert (made.why, made.ended_on, post.last("leader")) == ("recall", TODAY, TODAY)
    assert made.opening is not None
    assert (made.opening.why, made.opening.unit, made.opening.since) == ("recall", post.place.unit, date(2026, 9, 3))
    assert post.handover("leader").person == post.people["leader"].person


@pytest.mark.clause("YL-7.2.3-11", "YL-8.3-4")
@pytest.mark.parametrize("kind", ["不胜任", "造成不良后果", "请假超过30天"])
def test_an_adjustment_for_bad_work_is_recorded_like_a_recall_with_the_offices_own_date(
    place_of: PlaceOf, kind: str
) -> None:
    post = Post(place_of("yulin"))
    post.add("secretary", "first_secretary")
    made = post.record("county_office", "secretary", f"recall:{kind}", due=date(2026, 10, 8), **DECISION)
    assert (made.way, made.number) == (f"召回：{kind}", "通组发〔2026〕9号")
    assert made.opening is not None and made.opening.state == "open"
    assert (made.opening.due, made.opening.unit) == (date(2026, 10, 8), post.place.unit)


@pytest.mark.clause("TW-5-1")
def test_a_term_that_is_not_served_is_no_end_of_term(place_of: PlaceOf) -> None:
    post = post_of(place_of("tongwei"))
    with pytest.raises(Refused, match="任期到") as refused:
        post.record("county_office", "leader", "term")
    assert clauses(refused) == {"TW-5-1"}
    long = Post(place_of("tongwei", village="202"))
    long.add("leader", "leader", "first_secretary", first=date(2024, 9, 3))
    made = long.record("county_office", "leader", "term")
    assert (made.ended_on, made.opening is not None) == (TODAY, True)


@pytest.mark.clause("CN-2.2-3")
@pytest.mark.parametrize(("first", "served"), [(date(2024, 9, 3), True), (date(2024, 9, 4), False)])
def test_two_years_to_the_day_are_a_term_where_only_the_nations_rule_holds(
    place_of: PlaceOf, first: date, served: bool
) -> None:
    post = Post(place_of("dachuan"))
    post.add("member", "member", first=first)
    post.add("other", "member")
    if served:
        assert post.record("county_office", "member", "term").ended_on == TODAY
    else:
        with pytest.raises(Refused) as refused:
            post.record("county_office", "member", "term")
        assert clauses(refused) == {"CN-2.2-3"}


def test_a_second_request_about_the_same_posting_has_to_wait(place_of: PlaceOf) -> None:
    post = post_of(place_of("tongwei"))
    post.ask("county_office", "member", ADJUST, ground="left_unit", stated=UNFIT)
    with pytest.raises(Conflict):
        post.ask("county_org_dept", "member", ILL)


def test_the_database_takes_one_departure_of_a_posting_at_a_time_and_no_recall_without_its_decision(
    place_of: PlaceOf,
) -> None:
    post = post_of(place_of("tongwei"))
    row = post.ask("county_office", "member", ADJUST, ground="left_unit", stated=UNFIT)
    for name, more in (("one_at_a_time", {}), ("recall_decided", {"why": "recall", "over": True})):
        row.pk, row.case = None, None
        for key, value in more.items():
            setattr(row, key, value)
        with entered(Scope(area=NATION)), pytest.raises(IntegrityError, match=name), transaction.atomic():
            row.save(force_insert=True)


def test_a_departure_reaches_into_no_closed_month(place_of: PlaceOf) -> None:
    post = post_of(place_of("tongwei"))
    with entered(Scope(area=NATION)):
        TeamMonth.objects.create(
            area=post.place.area, team=post.place.team, month=date(2026, 8, 1), closed=True, attested_by="文书"
        )
    with pytest.raises(Refused, match="已月结"):
        post.record("county_org_dept", "leader", "recall:召回撤换", **DECISION | {"last": date(2026, 8, 20)})
    assert post.last("leader") is None

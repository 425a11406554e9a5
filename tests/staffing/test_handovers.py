"""What is handed over, who signs, who watches, and who may not go before it is done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import InternalError, transaction

from apps.core.errors import BadInput, Conflict, Forbidden, NotFound, Refused
from apps.core.tenancy import NATION, Scope, entered
from apps.staffing.models import Handover, HandoverParty
from apps.staffing.selectors.handing import workdays_between
from apps.staffing.selectors.handover import handover_paper
from apps.staffing.services import case_act, handover_begin, handover_send_back
from apps.teams.models import Posting
from tests.factories import actor_of
from tests.staffing.conftest import TODAY, Place, paper
from tests.staffing.leaving import FIVE, Post, post_of

PlaceOf = Callable[..., Place]
LABELS = ("承担的职责任务", "掌握的村情民情", "尚未处理完毕的工作", "台账资料", "工作经费使用情况、办公设备等资产")
SUCCESSION = date(2026, 9, 3)


def left(place: Place) -> tuple[Post, Handover]:
    """A leader who served his term and left today; whoever follows comes tomorrow."""
    post = Post(place)
    post.add("leader", "leader", "first_secretary", first=date(2024, 9, 1))
    post.add("member", "member")
    post.record("county_office", "leader", "term")
    post.add("next", "leader", "first_secretary", first=SUCCESSION)
    return post, post.handover("leader")


@pytest.mark.clause("TW-17-1")
def test_the_end_of_a_term_opens_a_handover_that_stays_open(place_of: PlaceOf) -> None:
    _, held = left(place_of("tongwei"))
    assert held.case.state == "open"
    assert held.posting.last == TODAY


@pytest.mark.clause("TW-17-2")
def test_the_list_has_the_five_items_and_none_may_stay_empty(place_of: PlaceOf) -> None:
    post, held = left(place_of("tongwei"))
    assert tuple(item["label"] for item in held.items) == LABELS
    for missing in range(5):
        texts = tuple("" if place == missing else text for place, text in enumerate(FIVE))
        post.write("township_clerk", held, texts)
        with pytest.raises(Refused, match=LABELS[missing]) as refused:
            post.sign("leader", held, "outgoing")
        assert {finding.clause for finding in refused.value.findings} == {"TW-17-2"}
    with pytest.raises(BadInput, match="共5项"):
        post.write("township_clerk", held, FIVE[:4])
    post.write("leader", held, (*FIVE[:4], "无"))
    post.sign("leader", held, "outgoing")
    with pytest.raises(Conflict, match="已有人签字"):
        post.write("township_clerk", held)


@pytest.mark.clause("TW-17-3", "TW-17-1")
def test_both_sides_sign_then_the_discipline_secretary_of_that_township_watches_then_it_is_filed(
    place_of: PlaceOf,
) -> None:
    post, held = left(place_of("tongwei"))
    post.write("leader", held)
    post.sign("leader", held, "outgoing")
    with pytest.raises(NotFound):
        post.sign("next", held, "incoming")
    with pytest.raises(BadInput, match="还没有确定接收人"):
        post.sign("township_clerk", held, "incoming", paper())
    post.receive("township_clerk", held, "next")
    with pytest.raises(Conflict):
        post.act("township_discipline", held.case_id, "witness")
    with pytest.raises(Refused, match="签字"):
        post.act("leader", held.case_id, "hand_over")
    with pytest.raises(NotFound):
        post.sign("member", held, "incoming")
    post.sign("next", held, "incoming")
    stranger = actor_of("township_discipline", "C621121101")
    with entered(stranger.scope), pytest.raises(NotFound):
        case_act(actor=stranger, case=held.case_id, key="witness")
    for office in ("township_secretary", "county_org_dept"):
        with pytest.raises(Forbidden):
            post.act(office, held.case_id, "witness")
    with pytest.raises(Conflict):
        post.act("township_clerk", held.case_id, "file", paper=paper())
    post.act("township_discipline", held.case_id, "witness")
    post.act("township_clerk", held.case_id, "file", paper=paper())
    assert post.handover("leader").case.state == "done"


@pytest.mark.clause("TW-17-2", "TW-17-3")
def test_the_printed_list_says_everything_and_who_signed_when(place_of: PlaceOf) -> None:
    post, held = left(place_of("tongwei"))
    post.write("leader", held)
    post.receive("township_clerk", held, "next")
    post.sign("leader", held, "outgoing")
    post.sign("township_clerk", held, "incoming", paper())
    post.act("township_clerk", held.case_id, "witness", paper=paper(name="纪委书记"))
    with entered(Scope(area=NATION)):
        printed = handover_paper(held.case)
    assert [(line.number, line.label, line.text) for line in printed.items] == [
        (number, label, text) for number, (label, text) in enumerate(zip(LABELS, FIVE, strict=True), 1)
    ]
    assert [(each.capacity, each.name, each.paper) for each in printed.signatures] == [
        ("移交人", post.people["leader"].name, False),
        ("接收人", post.people["next"].name, True),
        ("监交人", "纪委书记", True),
    ]
    assert (printed.clause, printed.last, printed.filed_on, printed.complete) == ("TW-17-2", TODAY, None, False)
    post.act("township_clerk", held.case_id, "file", paper=paper())
    with entered(Scope(area=NATION)):
        printed = handover_paper(post.handover("leader").case)
    assert (printed.filed_on, printed.complete) == (TODAY, True)


@pytest.mark.clause("TW-17-1")
def test_without_a_successor_the_leader_takes_over_for_the_time_being(place_of: PlaceOf) -> None:
    post = post_of(place_of("tongwei"))
    post.add("old", "member", first=date(2024, 9, 1))
    post.record("county_office", "old", "term")
    held = post.handover("old")
    with pytest.raises(BadInput, match="请选择接收人"):
        post.receive("county_office", held, None, name="村主任", note="没有接任者")
    post.add("another", "member")
    with pytest.raises(BadInput, match="由队长暂代"):
        post.receive("township_clerk", held, "another", provisional=True)
    post.receive("township_clerk", held, "leader", provisional=True)
    with entered(Scope(area=NATION)):
        party = held.parties.get(part="incoming")
    assert (party.posting, party.provisional) == (post.people["leader"], True)


def test_whoever_finds_a_fault_has_the_list_written_again(place_of: PlaceOf) -> None:
    post, held = left(place_of("tongwei"))
    post.write("leader", held)
    post.receive("township_clerk", held, "next")
    post.sign("leader", held, "outgoing")
    actor = post.office("next")
    with entered(actor.scope):
        handover_send_back(actor=actor, handover=held.pk, reason="电脑没有写")
    post.write("leader", held, (*FIVE[:4], "经费余额3200元，电脑2台"))
    post.sign("next", held, "incoming")
    post.sign("leader", held, "outgoing")
    assert post.handover("leader").round == 2
    post.act("township_discipline", held.case_id, "witness")


def test_the_database_takes_no_signature_under_an_empty_item_or_for_somebody_else(place_of: PlaceOf) -> None:
    post, held = left(place_of("tongwei"))
    with entered(Scope(area=NATION)):
        party, user = held.parties.get(), post.office("leader").user
        for sealed, who in ((True, user), (False, user), (True, post.office("member").user)):
            Handover.objects.filter(pk=held.pk).update(sealed=sealed)
            rows = HandoverParty.objects.filter(pk=party.pk)
            with pytest.raises(InternalError), transaction.atomic():
                rows.update(signed_on=TODAY, user=who)


@pytest.mark.clause("TW-17-1")
def test_a_posting_that_the_roster_ended_gets_its_handover_once(place_of: PlaceOf) -> None:
    post = post_of(place_of("tongwei"))
    old = post.add("old", "member", first=date(2024, 1, 1), last=date(2026, 9, 1))
    clerk = post.office("township_clerk")
    with entered(clerk.scope):
        made = handover_begin(actor=clerk, posting=old.pk)
        assert handover_begin(actor=clerk, posting=old.pk) == made
        with pytest.raises(Refused, match="离岗日"):
            handover_begin(actor=clerk, posting=post.people["member"].pk)


@pytest.mark.parametrize("pack", ["kunming", "dachuan"])
def test_where_the_rules_know_no_handover_none_is_opened(place_of: PlaceOf, pack: str) -> None:
    post = Post(place_of(pack))
    post.add("old", "member", first=date(2024, 1, 1))
    post.add("other", "member")
    post.record("county_office", "old", "term")
    with entered(Scope(area=NATION)):
        assert not Handover.objects.exists()


def served(place: Place, first: date = date(2024, 1, 1)) -> tuple[Post, Handover]:
    """A first secretary whose term is over; his departure waits for the handover."""
    post = Post(place)
    post.add("secretary", "first_secretary", first=first)
    post.add("member", "member")
    made = post.record("county_office", "secretary", "term")
    assert (made.ended_on, made.over) == (None, False)
    return post, post.handover("secretary")


def joint(post: Post, held: Handover, first: date) -> None:
    """Whoever is to follow comes as a member, and both have signed."""
    post.add("next", "member", first=first)
    post.act("unit_personnel", held.case_id, "guide", paper=paper())
    post.receive("township_clerk", held, "next")
    post.sign("secretary", held, "outgoing")
    post.sign("next", held, "incoming")


@pytest.mark.clause("YL-7.1-2", "YL-7.1-5")
def test_whoever_served_his_term_stays_until_the_handover_is_signed_off(place_of: PlaceOf) -> None:
    post, held = served(place_of("yulin"))
    assert post.last("secretary") is None
    joint(post, held, date(2026, 7, 1))
    for office in ("secretary", "unit_personnel"):
        with pytest.raises(Conflict):
            post.act(office, held.case_id, "leave_village", paper=paper())
    assert post.last("secretary") is None
    post.act("unit_personnel", held.case_id, "done", joined={"successor_unit": "同一单位"}, paper=paper())
    assert post.last("secretary") is None
    post.act("secretary", held.case_id, "leave_village")
    assert post.last("secretary") == TODAY
    with entered(Scope(area=NATION)):
        rows = Posting.objects.filter(person=post.people["next"].person).order_by("first")
        spans = [(row.roles, row.first, row.last) for row in rows]
    assert spans == [
        (["member"], date(2026, 7, 1), TODAY),
        (["first_secretary"], date(2026, 9, 3), None),
    ]


@pytest.mark.clause("YL-7.1-3")
def test_the_unit_leads_the_handover_and_confirms_it(place_of: PlaceOf) -> None:
    post, held = served(place_of("yulin"))
    post.add("next", "member", first=date(2026, 7, 1))
    post.receive("township_clerk", held, "next")
    with pytest.raises(Conflict, match="指导新老人员"):
        post.sign("secretary", held, "outgoing")
    with pytest.raises(Forbidden):
        post.act("township_clerk", held.case_id, "guide", paper=paper())
    post.act("unit_personnel", held.case_id, "guide", paper=paper(name="负责人李"))
    post.sign("secretary", held, "outgoing")
    post.sign("next", held, "incoming")
    with pytest.raises(Forbidden):
        post.act("county_office", held.case_id, "done", joined={"successor_unit": "同意"}, paper=paper())
    with pytest.raises(Refused, match="接任者"):
        post.act("unit_personnel", held.case_id, "done", paper=paper())
    post.act("unit_personnel", held.case_id, "done", joined={"successor_unit": "同意"}, paper=paper())


# From 22 July to 2 September 2026 there are 31 workdays, from the 23rd 30, from the 24th 29.
@pytest.mark.clause("YL-7.1-4")
@pytest.mark.parametrize(("first", "days"), [(date(2026, 7, 22), 31), (date(2026, 7, 23), 30), (date(2026, 7, 24), 29)])
def test_thirty_workdays_together_are_enough_and_fewer_need_a_reason(place_of: PlaceOf, first: date, days: int) -> None:
    post, held = served(place_of("yulin"))
    joint(post, held, first)
    done = {"joined": {"successor_unit": "同意"}, "paper": paper()}
    if days < 30:
        with pytest.raises(Refused, match="30个工作日") as refused:
            post.act("unit_personnel", held.case_id, "done", **done)
        [finding] = refused.value.findings
        assert (finding.clause, finding.severity) == ("YL-7.1-4", "warn")
        done["remark"] = "村里工作交接清楚，提前完成"
    post.act("unit_personnel", held.case_id, "done", **done)


@pytest.mark.clause("YL-7.1-5")
def test_without_a_successor_the_village_takes_over_with_the_countys_note(place_of: PlaceOf) -> None:
    post, held = served(place_of("yulin"))
    post.act("unit_personnel", held.case_id, "guide", paper=paper())
    with pytest.raises(Forbidden, match="县级驻村办"):
        post.receive("township_clerk", held, None, name="村主任", note="没有接任者")
    with pytest.raises(BadInput, match="注明"):
        post.receive("county_office", held, None, name="村主任")
    post.receive("county_office", held, None, name="村主任", note="没有接任者")
    post.sign("secretary", held, "outgoing")
    post.sign("township_clerk", held, "incoming", paper())
    post.act("unit_personnel", held.case_id, "done", joined={"successor_unit": "没有接任者"}, paper=paper())
    post.act("secretary", held.case_id, "leave_village")
    assert post.last("secretary") == TODAY
    with entered(Scope(area=NATION)):
        act = held.case.acts.get(key="hand_over_village")
    assert act.joined == {"village_committee": "村主任", "county_office": "没有接任者"}


def test_workdays_of_a_handover_know_holidays_and_make_up_days() -> None:
    off = {date(2026, 10, day) for day in range(1, 9)}
    assert workdays_between(date(2026, 9, 30), date(2026, 10, 9), lambda day: day not in off) == 2
    assert workdays_between(date(2026, 9, 30), date(2026, 9, 30), lambda day: True) == 1

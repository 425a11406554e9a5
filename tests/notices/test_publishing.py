"""What a village's notices say, when they may be published, and when they no longer say what is so."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine

from apps.core.errors import BadInput, Conflict, Forbidden, NotFound, Refused
from apps.core.tenancy import NATION, Scope, entered
from apps.leave.models import DutyDay
from apps.notices.models import Notice, NoticeDisplay, NoticeValue
from apps.notices.selectors.standing import standings
from apps.notices.services import notice_display, notice_publish, notice_withdraw, value_set
from apps.notices.services.publish import draft_digest, notice_digest
from tests.factories import actor_of, posting_of, team_of
from tests.notices.conftest import DACHUAN, KUNMING, TODAY, TONGWEI, Village, village_of, watch

LEADERS = ("区委书记", "区长", "纪委书记", "组织部长", "政法委书记")
OWN = ("乡镇（街道）党（工）委书记", "乡镇长（办事处主任）")


@pytest.mark.clause("TW-15-1")
def test_the_board_names_everybody_with_unit_and_telephone_and_who_keeps_watch(tongwei: Village) -> None:
    notice = tongwei.publish("team_notice")
    assert notice.content["columns"] == [["姓名", "person"], ["工作单位", "unit"], ["联系电话", "phone"]]
    assert notice.content["rows"] == [["赵队长", "县水务局", "13900000001"], ["钱队员", "县水务局", "13900000002"]]
    assert notice.content["facts"] == []
    days = notice.content["watch"]["days"]
    assert notice.content["watch"]["label"] == "每日值班人员"
    assert (days[0], days[9], days[10], days[-1]) == (
        ["2026-11-10", "赵队长"],
        ["2026-11-19", "赵队长"],
        ["2026-11-20", "钱队员"],
        ["2026-11-30", "钱队员"],
    )
    assert (notice.version, notice.clause, notice.shown_at) == (1, "TW-15-1", "所在村部公开栏")
    assert (notice.published_on, notice.by, notice.team) == (TODAY, tongwei.clerk.name, tongwei.team)
    assert notice.hash == notice_digest({name: getattr(notice, name) for name in (
        "title", "shown_at", "basis", "clause", "pack", "pack_version", "content", "withdrawn", "version", "published_on"
    )})  # fmt: skip


@pytest.mark.clause("TW-15-1")
def test_nothing_is_published_while_a_telephone_or_the_roster_is_missing(tongwei: Village) -> None:
    DutyDay.objects.all().delete()
    tongwei.people["钱队员"].phone = ""
    tongwei.people["钱队员"].save()
    missing = tongwei.standing("team_notice").draft.missing
    assert [(each.severity, each.clause) for each in missing] == [("block", "TW-15-1")] * 2
    assert "钱队员缺“联系电话”" in missing[0].message and "缺“每日值班人员”" in missing[1].message
    with pytest.raises(Refused, match="钱队员缺“联系电话”"):
        tongwei.publish("team_notice")
    assert not Notice.objects.exists()


@pytest.mark.clause("TW-15-1")
def test_near_the_end_of_a_month_the_watch_of_the_next_is_shown_too(tongwei: Village) -> None:
    watch(tongwei, "赵队长", date(2026, 12, 1), 31)
    with time_machine.travel("2026-11-23 09:00+08:00", tick=False):
        assert tongwei.standing("team_notice", date(2026, 11, 23)).draft.content["watch"]["days"][-1][0] == "2026-11-30"
    with time_machine.travel("2026-11-24 09:00+08:00", tick=False):
        assert tongwei.standing("team_notice", date(2026, 11, 24)).draft.content["watch"]["days"][-1][0] == "2026-12-31"


@pytest.mark.clause("TW-15-1")
@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("somebody left", "已不在岗：钱队员"),
        ("somebody came", "新到岗：周新来"),
        ("another telephone", "内容有变：钱队员"),
        ("another watch", "值班安排有变（1天）"),
        ("a watch of yesterday", None),
    ],
)
def test_a_change_of_the_team_or_the_roster_makes_the_board_out_of_date(
    tongwei: Village, what: str, told: str | None
) -> None:
    notice = tongwei.publish("team_notice")
    member, tomorrow = tongwei.people["钱队员"], TODAY + timedelta(days=1)
    match what:
        case "somebody left":
            member.last = TODAY
            member.save()
        case "somebody came":
            posting_of(tongwei.team, "周新来", unit=member.unit, first=tomorrow)
        case "another telephone":
            member.phone = "13911111111"
            member.save()
        case "another watch":
            DutyDay.objects.filter(day=TODAY + timedelta(days=3)).update(posting=member)
        case _:
            DutyDay.objects.filter(day=TODAY).update(posting=member)
    standing = tongwei.standing("team_notice", tomorrow)
    assert standing.changes == ((told,) if told else ())
    assert standing.state == ("outdated" if told else "published")
    assert Notice.objects.get().content == notice.content, "what was published stays"


@pytest.mark.clause("TW-15-1")
def test_a_board_whose_days_are_over_is_out_of_date(tongwei: Village) -> None:
    tongwei.publish("team_notice")
    assert tongwei.standing("team_notice", date(2026, 11, 30)).state == "published"
    late = tongwei.standing("team_notice", date(2026, 12, 1))
    assert (late.state, late.changes) == ("outdated", ("值班安排已到期",))


def test_a_new_version_keeps_the_address_and_another_village_has_another(tongwei: Village) -> None:
    first = tongwei.publish("team_notice")
    with pytest.raises(Conflict, match="不用重新发布"):
        tongwei.publish("team_notice")
    tongwei.people["钱队员"].phone = "13911111111"
    tongwei.people["钱队员"].save()
    second = tongwei.publish("team_notice")
    assert (second.version, second.token, second.hash != first.hash) == (2, first.token, True)
    other = team_of(f"{TONGWEI}202")
    posting = posting_of(other, "吴队长", "leader", unit=tongwei.people["钱队员"].unit)
    posting.phone = "1"
    posting.save()
    near = Village(other.area, other, tongwei.clerk, {"吴队长": posting})
    watch(near, "吴队长", TODAY, 3)
    assert near.publish("team_notice").token != first.token


def test_what_was_not_looked_at_is_not_published(tongwei: Village) -> None:
    seen = draft_digest(tongwei.standing("team_notice").draft)
    tongwei.people["钱队员"].phone = "13911111111"
    tongwei.people["钱队员"].save()
    with pytest.raises(Conflict, match="预览之后"):
        notice_publish(actor=tongwei.clerk, area=tongwei.area, record="team_notice", team=tongwei.team.pk, seen=seen)


@pytest.mark.clause("DC-2.3-1", "DC-2.3-3")
def test_a_poor_village_shows_its_helpers_by_role_with_the_hotline(dachuan: Village) -> None:
    content = dachuan.publish("helpers_notice").content
    assert [label for label, _ in content["columns"]] == ["角色", "姓名", "单位", "职责", "工作电话"]
    assert content["rows"] == [
        ["第一书记", "孙书记", "县水务局", "建强基层组织", "13900000003"],
        ["农技员", "李农技", "县水务局", "指导产业", "13900000004"],
    ]
    assert content["facts"] == [["举报电话", "0818-5102399", "phone"]]
    assert "watch" not in content


@pytest.mark.clause("DC-2.3-1")
def test_another_helper_makes_the_notice_out_of_date_and_is_named(dachuan: Village) -> None:
    dachuan.publish("helpers_notice")
    old = dachuan.people["李农技"]
    old.last = TODAY
    old.save()
    posting_of(dachuan.team, "吴新任", "agri_technician", unit=old.unit, first=TODAY + timedelta(days=1))
    found = dachuan.standing("helpers_notice", TODAY + timedelta(days=1))
    assert (found.state, found.changes) == ("outdated", ("已不在岗：李农技", "新到岗：吴新任"))


@pytest.mark.clause("DC-2.3-1")
def test_a_village_that_is_not_poor_shows_no_helpers(nation: None) -> None:
    village = village_of(DACHUAN, {"孙书记": ("first_secretary", "1")}, classes=("non_poor",))
    assert [each.draft.rule.key for each in standings(village.area, TODAY)] == ["leaders_phone_notice"]
    with pytest.raises(Refused, match="没有要求"):
        notice_publish(actor=village.clerk, area=village.area, record="helpers_notice", seen="")


@pytest.mark.clause("DC-2.3-2", "DC-2.3-3")
@pytest.mark.parametrize("kind", ["poor", "non_poor"])
def test_every_village_shows_five_leaders_of_the_district_two_of_its_township_and_the_hotline(
    nation: None, kind: str
) -> None:
    village = village_of(DACHUAN, {}, classes=(kind,))
    county, clerk = actor_of("county_office", DACHUAN[:7]), village.clerk
    missing = village.standing("leaders_phone_notice").draft.missing
    assert [each.message[2 : each.message.index("”")] for each in missing] == [*LEADERS, *OWN]
    for number, label in enumerate(LEADERS):
        told = {"record": "leaders_phone_notice", "label": label, "role": "", "value": f"0818-100{number}"}
        value_set(actor=county, area=DACHUAN[:7], **told)
    with pytest.raises(Refused, match="缺“乡镇（街道）党（工）委书记”"):
        village.publish("leaders_phone_notice")
    for number, label in enumerate(OWN):
        told = {"record": "leaders_phone_notice", "label": label, "role": "", "value": f"0818-200{number}"}
        with entered(clerk.scope):
            value_set(actor=clerk, area=DACHUAN, **told)
    facts = village.publish("leaders_phone_notice").content["facts"]
    assert [label for label, *_ in facts] == [*LEADERS, *OWN, "举报电话"]
    assert [value for _, value, _ in facts] == [
        *(f"0818-100{number}" for number in range(5)), "0818-2000", "0818-2001", "0818-5102399"
    ]  # fmt: skip
    value_set(actor=county, area=DACHUAN[:7], **told | {"label": "区长", "value": "0818-9999"})
    standing = village.standing("leaders_phone_notice")
    assert (standing.state, standing.changes) == ("outdated", ("内容有变：区长",))


def test_what_a_county_says_once_stands_in_each_of_its_townships_and_in_no_other_county(nation: None) -> None:
    county = actor_of("county_office", DACHUAN[:7])
    told = {"record": "leaders_phone_notice", "label": "区长", "role": ""}
    value_set(actor=county, area=DACHUAN[:7], **told, value="0818-1")
    areas = set(NoticeValue.objects.values_list("area", flat=True))
    assert DACHUAN in areas and len(areas) > 1 and all(area.startswith(DACHUAN[:7]) for area in areas)
    value_set(actor=county, area=DACHUAN[:7], **told, value="")
    assert not NoticeValue.objects.exists()
    with pytest.raises(BadInput, match="没有这一栏"):
        value_set(actor=county, area=DACHUAN[:7], **told | {"label": OWN[0]}, value="1")
    clerk = actor_of("township_clerk", DACHUAN)
    with pytest.raises(BadInput, match="没有这一栏"):
        value_set(actor=clerk, area=DACHUAN, **told, value="1")


def test_where_no_rule_asks_for_a_notice_none_is_due_and_none_is_published(nation: None) -> None:
    village = village_of(KUNMING, {"孙书记": ("first_secretary", "1")})
    assert standings(KUNMING, TODAY) == []
    with pytest.raises(Refused, match="没有要求"):
        notice_publish(actor=village.clerk, area=village.area, record="team_notice", seen="")


def test_a_withdrawn_notice_says_nothing_and_a_new_one_takes_its_place(tongwei: Village) -> None:
    first = tongwei.publish("team_notice")
    with pytest.raises(BadInput, match="为什么"):
        notice_withdraw(actor=tongwei.clerk, notice=first.pk, reason=" ")
    down = notice_withdraw(actor=tongwei.clerk, notice=first.pk, reason="号码登错")
    assert (down.version, down.withdrawn, down.content, down.token) == (2, True, {}, first.token)
    assert tongwei.standing("team_notice").state == "withdrawn"
    for pk in (first.pk, down.pk):
        with pytest.raises(Conflict):
            notice_withdraw(actor=tongwei.clerk, notice=pk, reason="再撤")
        with pytest.raises(Conflict):
            notice_display(actor=tongwei.clerk, notice=pk, on=TODAY)
    assert tongwei.publish("team_notice").version == 3


@pytest.mark.clause("DC-2.3-1")
def test_the_day_it_was_put_up_is_said_once_for_each_version(dachuan: Village) -> None:
    notice = dachuan.publish("helpers_notice")
    assert dachuan.standing("helpers_notice").waits_to_hang
    for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
        with pytest.raises(BadInput, match="张贴日期"):
            notice_display(actor=dachuan.clerk, notice=notice.pk, on=day)
    notice_display(actor=dachuan.clerk, notice=notice.pk, on=TODAY)
    assert dachuan.standing("helpers_notice").hung == TODAY
    with pytest.raises(Conflict, match="已经登记"):
        notice_display(actor=dachuan.clerk, notice=notice.pk, on=TODAY)
    dachuan.people["李农技"].phone = "13911111111"
    dachuan.people["李农技"].save()
    dachuan.publish("helpers_notice")
    assert dachuan.standing("helpers_notice").waits_to_hang
    assert NoticeDisplay.objects.count() == 1


def test_only_the_township_of_the_village_publishes(tongwei: Village) -> None:
    seen = draft_digest(tongwei.standing("team_notice").draft)
    asked = {"area": tongwei.area, "record": "team_notice", "team": tongwei.team.pk, "seen": seen}
    for office, on, error in (
        ("township_clerk", "C621121101", NotFound),
        ("township_clerk", DACHUAN, NotFound),
        ("township_secretary", TONGWEI, Forbidden),
        ("county_office", TONGWEI[:7], Forbidden),
        ("team_leader", tongwei.team, Forbidden),
    ):
        actor = actor_of(office, on)
        with entered(actor.scope), pytest.raises(error):
            notice_publish(actor=actor, **asked)
    with entered(tongwei.clerk.scope):
        made = notice_publish(actor=tongwei.clerk, **asked)
    with entered(Scope(area=NATION)):
        assert Notice.objects.get() == made

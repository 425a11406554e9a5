"""One value set otherwise: inherited values by an override, own ones by a dated value, each typed by the linter."""

from __future__ import annotations

from datetime import date

import pytest

from apps.accounts.access import Actor
from apps.amendments.models import Amendment
from apps.amendments.selectors import Offers, changes_by, stricter
from apps.amendments.services import (
    Header,
    Wish,
    amendment_override,
    amendment_publish,
    amendment_rehearse,
)
from apps.core.errors import BadInput, NotFound
from apps.jurisdictions.selectors import book_of, law_of
from tests.factories import actor_of
from tests.world import browser

pytestmark = pytest.mark.usefixtures("nation")
WITHOUT, ABOVE, OWN = "C530113", "kunming", "C621121"  # a county that has no pack below a city, one that has its own
HEADER = Header("安宁补充规定", "安办发〔2026〕1号", "县委办公室")
TODAY, JULY = date(2026, 10, 8), date(2026, 7, 1)


@pytest.fixture
def office() -> Actor:
    return actor_of("county_office", WITHOUT, "孙主任")


def wish(rule: str, field: str, value: str, since: date = JULY, note: str = "县委会议", clause: str = "") -> Wish:
    return Wish(rule, field, value, since, clause, note)


def publish(found: Amendment, area: str) -> None:
    second = actor_of("county_org_dept", area, "周科长")
    amendment_rehearse(actor=second, amendment=found.pk)
    amendment_publish(actor=second, amendment=found.pk)


def test_a_county_without_a_pack_gets_one_that_inherits_all_but_the_value(office: Actor) -> None:
    before = book_of(WITHOUT, TODAY)
    found = amendment_override(actor=office, wish=wish("presence.on_post_days", "at_least", "210"), header=HEADER)
    pack = found.pack
    assert (pack.code, pack.inherits, pack.effective, pack.area) == ("c530113", ABOVE, JULY, WITHOUT)
    assert found.title == "安宁补充规定安办发〔2026〕1号"
    [override] = pack.overrides
    assert (override.rule, override.values, override.since) == ("presence.on_post_days", {"at_least": 210}, JULY)
    publish(found, WITHOUT)
    after = book_of(WITHOUT, TODAY)
    assert (before.measure("on_post_days").at_least, after.measure("on_post_days").at_least) == (200, 210)
    assert book_of(WITHOUT, date(2026, 6, 30)).measure("on_post_days").at_least == 200
    assert (after.sheet, after.ledger) == (before.sheet, before.ledger)
    assert book_of("C530112", TODAY).measure("on_post_days").at_least == 200, "the neighbour stays"
    assert after.measure("on_post_days").note == "县委会议"


def test_a_second_value_goes_into_the_same_pack(office: Actor) -> None:
    publish(
        amendment_override(actor=office, wish=wish("presence.on_post_days", "at_least", "210"), header=HEADER), WITHOUT
    )
    found = amendment_override(actor=office, wish=wish("presence.on_post_days", "at_least", "205", date(2026, 9, 1)))
    assert [each.values["at_least"] for each in found.pack.overrides] == [210, 205]
    publish(found, WITHOUT)
    days = [book_of(WITHOUT, day).measure("on_post_days").at_least for day in (date(2026, 8, 31), date(2026, 9, 1))]
    assert days == [210, 205]


def test_a_nested_number_of_an_inherited_rule_changes_alone(office: Actor) -> None:
    """A rule of the nation reaches through the city, whose pack does not have it."""
    before = law_of(WITHOUT, "ladders", TODAY)["serious_cases"]
    assert (before.pack, before.rule.rungs[0].at_least) == ("central", 1)
    found = amendment_override(actor=office, wish=wish("ladders.serious_cases", "rungs.0.at_least", "2"), header=HEADER)
    publish(found, WITHOUT)
    held = law_of(WITHOUT, "ladders", TODAY)["serious_cases"]
    assert held.rule.rungs[0].at_least == 2
    assert held.rule.rungs[0].effects == before.rule.rungs[0].effects
    assert [what for _, what, _ in held.changed_by] == ["2026-07-01 起改动"]
    assert law_of("C530112", "ladders", TODAY)["serious_cases"].rule == before.rule


def test_an_own_floor_gets_a_dated_value_beside_the_old_one() -> None:
    office = actor_of("county_office", OWN, "孙主任")
    found = amendment_override(actor=office, wish=wish("presence.stationed_days", "at_least", "230"))
    values = found.pack.presence["stationed_days"].values
    assert {day.isoformat(): each.at_least for day, each in values.items()} == {"2018-04-13": 220, "2026-07-01": 230}
    assert (values[JULY].clause, values[JULY].note, values[JULY].modality) == ("TW-13-2", "县委会议", "must")
    assert not found.pack.overrides
    publish(found, OWN)
    assert [book_of(OWN, day).measure("stationed_days").at_least for day in (date(2026, 6, 30), TODAY)] == [220, 230]


def test_an_own_rule_gets_a_dated_change_with_its_source() -> None:
    office = actor_of("county_office", OWN, "孙主任")
    key, rule = "team_weekly_meeting", "duties.team_weekly_meeting"
    assert law_of(OWN, "duties", TODAY)[key].rule.window.of == "week"
    found = amendment_override(actor=office, wish=wish(rule, "window.of", "month", clause="TW-13-2", note=""))
    [(since, change)] = found.pack.duties[key].changes.items()
    assert (since, change["window"]["of"], change["clause"]) == (JULY, "month", "TW-13-2")
    publish(found, OWN)
    windows = [law_of(OWN, "duties", day)[key].rule.window.of for day in (date(2026, 6, 30), TODAY)]
    assert windows == ["week", "month"]


def test_closed_words_are_typed_in_chinese_and_unknown_ones_refused(office: Actor) -> None:
    offers = Offers(WITHOUT, TODAY)
    [field] = [each for each in offers.fields("presence.on_post_days") if each.name == "counts"]
    assert offers.words("presence.on_post_days", field) == "在村、公差"
    words = "、".join(word for _, word in offers.options("presence.on_post_days", field)[:3])
    raw = [raw for raw, _ in offers.options("presence.on_post_days", field)[:3]]
    found = amendment_override(actor=office, wish=wish("presence.on_post_days", "counts", words), header=HEADER)
    assert found.pack.overrides[0].values == {"counts": raw}
    with pytest.raises(BadInput) as error:
        amendment_override(actor=office, wish=wish("presence.on_post_days", "counts", "在村、睡觉"), header=HEADER)
    assert "不认识“睡觉”" in error.value.details[0]["message"]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("很多", "“很多”不是整数"),
        ("0", "不合要求（at_least）"),
        ("-5", "不合要求（at_least）"),
        ("200", "没有变化"),
        ("367", "超过了"),
        ("1.5", "不是整数"),
    ],
)
def test_a_value_is_typed_by_the_linter(office: Actor, value: str, words: str) -> None:
    with pytest.raises(BadInput) as error:
        amendment_override(actor=office, wish=wish("presence.on_post_days", "at_least", value), header=HEADER)
    assert words in error.value.message + "".join(each["message"] for each in error.value.details)
    assert not Amendment.objects.exists()


@pytest.mark.parametrize(
    ("changed", "error", "words"),
    [
        ({"rule": "presence.nothing"}, NotFound, "没有这条规则"),
        ({"field": "label"}, NotFound, "没有这一项"),
        ({"since": date(2010, 1, 1)}, NotFound, "没有适用的规则包"),
        ({"note": ""}, BadInput, "请写依据"),
        ({"note": "", "clause": "XX-1"}, BadInput, "需要改正"),
    ],
)
def test_what_is_not_there_cannot_be_changed(
    office: Actor, changed: dict[str, object], error: type[Exception], words: str
) -> None:
    asked = {"rule": "presence.on_post_days", "field": "at_least", "value": "210", "since": JULY, "note": "会议"}
    with pytest.raises(error, match=words):
        amendment_override(actor=office, wish=Wish(**(asked | changed)), header=HEADER)  # type: ignore[arg-type]


def test_the_document_must_be_named_where_there_is_no_pack_yet(office: Actor) -> None:
    with pytest.raises(BadInput, match="文件名称和制发机关"):
        amendment_override(actor=office, wish=wish("presence.on_post_days", "at_least", "210"))


def test_a_value_stricter_than_above_by_a_mere_decision_is_told_with_both_sources(office: Actor) -> None:
    loose = amendment_override(actor=office, wish=wish("presence.on_post_days", "at_least", "190"), header=HEADER)
    assert stricter(loose) == []
    strict = amendment_override(actor=office, wish=wish("presence.on_post_days", "at_least", "210"), header=HEADER)
    [told] = stricter(strict)
    assert (told.here, told.above, told.clause, told.clause_above) == ("210", "200", None, "KM-9-2")
    cited = amendment_override(
        actor=office, wish=wish("presence.on_post_days", "at_least", "211", clause="KM-9-15"), header=HEADER
    )
    assert stricter(cited) == []


def test_what_a_proposal_changes_is_that_value_and_nothing_else(office: Actor) -> None:
    found = amendment_override(actor=office, wish=wish("presence.on_post_days", "at_least", "210"), header=HEADER)
    [(part, key, change)] = changes_by(found)
    assert (part, key, change.since) == ("book", "presence.年在岗天数", JULY)
    old, new = ("".join(line.text for line in lines) for lines in (change.old, change.new))
    assert ("200 天" in old, "210 天" in old, "200 天" in new, "210 天" in new) == (True, False, False, True)


def test_the_form_leads_from_topic_to_rule_to_field_and_says_what_is_in_force(office: Actor) -> None:
    client = browser(office.user)
    page = "/rules/amendments/override/"
    assert "考勤" in client.get(page).content.decode()
    assert 'value="presence.on_post_days"' in client.get(page, {"topic": "attendance"}).content.decode()
    chosen = {"topic": "attendance", "rule": "presence.on_post_days", "field": "at_least"}
    html = client.get(page, chosen).content.decode()
    assert "不少于 <b>200</b>" in html and "KM-9-2" in html and 'name="issuer"' in html
    body = {**chosen, "value": "很多", "since": "2026-07-01", "note": "会议", "title": "办法", "issuer": "县委"}
    refused = client.post(page, body)
    assert refused.status_code == 400 and "“很多”不是整数" in refused.content.decode()
    sent = client.post(page, body | {"value": "210"})
    assert sent.status_code == 302
    assert Amendment.objects.get().pack.overrides[0].values == {"at_least": 210}

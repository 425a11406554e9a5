"""Selection through its pages: what the form asks, what is told, who finds which page."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from apps.core.tenancy import Scope, entered
from apps.staffing.forms import FACT, TEXT, WORD
from apps.staffing.models import Case, Opening
from tests.staffing.conftest import Place, nominee
from tests.world import browser

PlaceOf = Callable[..., Place]


def page(client: Client, name: str, **at: Any) -> str:
    answer = client.get(reverse(f"staffing:{name}", kwargs=at))
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return answer.content.decode()


def sent(place: Place, opening: Opening, **more: Any) -> dict[str, Any]:
    """What the nomination form sends for somebody whom every pack lets through, changed by `more`."""
    told = nominee(place, opening, **more)
    facts = {FACT + name: value for name, value in told.facts.items() if value not in (None, False)}
    return {
        "name": told.name,
        "id_number": told.id_number,
        "channels": sorted(told.channels),
        "exception": told.exception,
        "health_on": "2026-09-01",
        **{name: "on" if value is True else value for name, value in facts.items()},
        **{f"{WORD}{index}": "on" for index in range(12)},
        **{f"{TEXT}{index}": "农学" for index in range(3)},
    }


@pytest.mark.clause("TW-4-4")
def test_a_leader_is_refused_for_his_rank_with_the_clause_corrected_and_posted(place_of: PlaceOf) -> None:
    place = place_of("tongwei")
    opening = place.opening("leader", "first_secretary")
    unit, county = browser(place.offices["unit_personnel"].user), browser(place.offices["county_office"].user)
    assert "提名" in page(unit, "list")
    url = reverse("staffing:nominate", args=[opening.pk])
    wrong = sent(place, opening, rank="clerk", leading_post=False)
    checked = unit.post(url, {**wrong, "do": "check"}).content.decode()
    assert "TW-4-4" in checked and "还没有提名" in checked
    assert not Case.objects.exists()
    assert "已退回" in unit.post(url, {**wrong, "do": "send"}, follow=True).content.decode()
    case = Case.objects.get()
    assert "TW-4-4" in page(unit, "case", case=case.pk)
    form = page(unit, "change", case=case.pk)
    assert 'value="王新"' in form and "621121" not in form, "the number is never sent back"
    right = sent(place, opening) | {"id_number": ""}
    unit.post(reverse("staffing:change", args=[case.pk]), {**right, "do": "send"})
    assert "核定" in page(county, "case", case=case.pk)
    county.post(reverse("staffing:act", args=[case.pk]), {"key": "plain", "outcome": "done"})
    assert "待到岗" in page(county, "list")
    county.post(reverse("staffing:place", args=[case.pk]), {"first": "2026-09-02"})
    case.refresh_from_db()
    assert case.posting is not None
    assert "已到岗" in page(unit, "case", case=case.pk)


@pytest.mark.parametrize(
    ("pack", "roles", "asked", "not_asked"),
    [
        (
            "tongwei",
            ("leader", "first_secretary"),
            {"职级", "后备级别", "领导职务"},
            {"参加工作日期", "转为正式党员日期"},
        ),
        ("tongwei", ("member",), {"身份"}, {"职级", "领导职务"}),
        ("yulin", ("first_secretary",), {"转为正式党员日期", "参加工作日期", "政治面貌"}, {"领导职务"}),
        ("yulin", ("member",), {"政治面貌"}, {"参加工作日期", "转为正式党员日期"}),
    ],
)
def test_the_form_asks_what_the_rules_in_force_ask_of_this_post_and_nothing_else(
    place_of: PlaceOf, pack: str, roles: tuple[str, ...], asked: set[str], not_asked: set[str]
) -> None:
    place = place_of(pack)
    text = page(browser(place.offices["unit_personnel"].user), "nominate", opening=place.opening(*roles).pk)
    labels = set(re.findall(r"(?:label|span)[^>]*>([^<]+)</(?:label|span)>", text))
    assert asked <= labels
    assert not not_asked & labels


@pytest.mark.clause("YL-5-7")
def test_what_a_review_lacks_is_told_on_its_page_with_what_was_typed(place_of: PlaceOf) -> None:
    place = place_of("yulin")
    case = place.nominate("member")
    place.pass_on(case, "register")
    poverty = browser(place.offices["county_poverty_office"].user)
    assert "政治关" in page(poverty, "case", case=case.pk)
    told = {"key": "review_member", "outcome": "done", "gate.政治关": "yes", "joined.county_org_dept": "没有意见"}
    answer = poverty.post(reverse("staffing:act", args=[case.pk]), told)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "没有意见" in text


def test_a_village_whose_needs_nobody_wrote_down_is_flagged_where_the_law_asks_for_them(place_of: PlaceOf) -> None:
    for pack, flagged in (("tongwei", True), ("yulin", True)):
        place = place_of(pack)
        place.opening("member")
        assert ("还没有登记" in page(browser(place.offices["county_office"].user), "list")) is flagged


def test_the_county_writes_an_opening_down_names_the_unit_and_takes_it_back(place_of: PlaceOf) -> None:
    place = place_of("tongwei")
    county = browser(place.offices["county_office"].user)
    unit = browser(place.offices["unit_personnel"].user)
    told = {"area": place.area, "roles": ["leader", "first_secretary"], "since": "2026-09-01", "why": "recall"}
    county.post(reverse("staffing:opening_new"), told)
    opening = Opening.objects.get()
    assert (opening.roles, opening.unit, opening.state) == (["leader", "first_secretary"], None, "open")
    at = reverse("staffing:opening", args=[opening.pk])
    assert unit.get(at).status_code == 404, "no unit sees what is not its own yet"
    county.post(at, {"unit": place.unit.pk, "due": "2026-09-30"})
    assert "9月30日" in page(unit, "list")
    county.post(reverse("staffing:opening_cancel", args=[opening.pk]), {"reason": "并村"})
    with entered(Scope(area=place.area)):
        assert Opening.objects.get().state == "cancelled"


def test_a_township_sees_openings_and_no_candidates(place_of: PlaceOf) -> None:
    place = place_of("tongwei")
    case = place.nominate("member")
    clerk = browser(place.offices["township_clerk"].user)
    assert "王新" not in page(clerk, "list")
    assert clerk.get(reverse("staffing:case", args=[case.pk])).status_code == 404
    assert "王新" not in page(clerk, "opening", opening=case.opening_id)

"""Cases go the way their pack writes, step by step, each done by the body it names or from that body's paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from apps.core.errors import BadInput, Conflict, Forbidden, NotFound, Refused
from apps.staffing.models import CaseAct
from tests.staffing.conftest import Place, paper

PlaceOf = Callable[..., Place]


@pytest.mark.clause("KM-8-3")
def test_a_units_wish_to_call_back_needs_the_citys_approval_and_no_countys_will_do(place_of: PlaceOf) -> None:
    place = place_of("kunming")
    case = place.open("replacement", "member", kind="派出单位要求撤回")
    with pytest.raises(Conflict, match="派出单位提出"):
        place.act("city_office", case, "approve")
    place.act("unit_personnel", case, "request")
    with pytest.raises(Forbidden, match="市级驻村办"):
        place.act("county_office", case, "approve")
    assert place.act("city_office", case, "approve").state == "done"


@pytest.mark.clause("TW-24-2")
@pytest.mark.parametrize(("level", "office"), [("county", "county_org_dept"), ("city", "city_org_dept")])
def test_who_approves_a_replacement_follows_the_level_of_the_unit(place_of: PlaceOf, level: str, office: str) -> None:
    place = place_of("tongwei", level)
    case = place.open("replacement", "member")
    other = {"county_org_dept": "city_org_dept", "city_org_dept": "county_org_dept"}[office]
    [key] = place.keys(case)
    with pytest.raises(Forbidden):
        place.act(other, case, key)
    place.act(office, case, key)
    assert place.act("county_org_dept", case, "replace").state == "done"


@pytest.mark.clause("YL-5-3")
def test_a_filing_without_those_that_take_part_is_refused_with_its_clause(place_of: PlaceOf) -> None:
    place = place_of("yulin")
    case = place.nominate("member")
    with pytest.raises(Refused, match="县级农村工作部门、县级农业农村部门") as refused:
        place.act("county_org_dept", case, "register", joined={"county_poverty_office": "同意"})
    assert refused.value.findings[0].clause == "YL-5-3"
    heard = dict.fromkeys(("county_rural_office", "county_agriculture", "county_poverty_office"), "同意")
    place.act("county_org_dept", case, "register", joined=heard)
    assert place.keys(case) == ["review_member"]


def test_where_the_law_knows_no_procedure_the_countys_office_deals_with_it(place_of: PlaceOf) -> None:
    place = place_of("tongwei")
    case = place.nominate("leader", "first_secretary")
    assert case.rule is None
    with pytest.raises(Forbidden):
        place.act("county_org_dept", case, "plain")
    assert place.act("county_office", case, "plain").state == "done"


def test_a_paper_needs_a_name_a_day_and_a_number_and_keeps_the_order_of_days(place_of: PlaceOf) -> None:
    place = place_of("tongwei", "provincial")
    case = place.open("recall", "member")
    place.act("county_org_dept", case, "propose")
    for wrong in (None, paper(name=" "), paper(document=""), paper(date(2026, 9, 3)), paper(date(2026, 9, 1))):
        with pytest.raises(BadInput):
            place.act("county_office", case, "decide", paper=wrong)
    place.act("county_office", case, "decide", paper=paper())
    act = CaseAct.objects.get(case=case, key="decide")
    assert (act.paper, act.body, act.name) == (True, "province_org_dept", "张主任")
    assert act.entered_by == place.offices["county_office"].name


def test_another_unit_another_team_and_another_county_do_not_find_a_case(place_of: PlaceOf) -> None:
    place = place_of("kunming")
    case = place.open("replacement", "member", kind="派出单位要求更换")
    other, far = place_of("kunming", "city", village="202"), place_of("tongwei")
    for stranger in (other.offices["unit_personnel"], other.offices["team_leader"], far.offices["county_office"]):
        other.offices["stranger"] = stranger
        with pytest.raises(NotFound):
            other.act("stranger", case, "request", paper=paper())

"""From an opening to a posting: who nominates, who reviews, who decides, in the order of each pack."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from apps.cadres.identity import id_decrypt
from apps.cadres.models import Cadre
from apps.core.errors import BadInput, Conflict, Forbidden, NotFound, Refused
from apps.staffing.models import Candidate, CaseAct, Declaration, Opening
from apps.staffing.services import opening_cancel
from tests.staffing.conftest import TODAY, Place, number, paper

PlaceOf = Callable[..., Place]
HEARD = ("rural_office", "agriculture", "poverty_office", "org_dept")


@pytest.mark.clause("YL-5-1", "YL-5-2", "YL-5-3", "YL-5-4", "YL-5-6", "YL-5-9")
def test_a_first_secretary_goes_from_nomination_to_posting_in_the_order_of_the_measures(place_of: PlaceOf) -> None:
    place = place_of("yulin")
    case = place.nominate("first_secretary", channels=frozenset({"own", "recommended"}))
    keys = []
    while case.state == "open":
        [key] = place.keys(case)
        keys.append(key)
        case = place.pass_on(case, key)
    assert keys == ["register", "review_first_secretary", "decide", "place"]
    done = list(CaseAct.objects.filter(case=case).values_list("key", flat=True))
    assert done == ["own", "recommend", "nominate", *keys]
    posted = place.place(case)
    assert (posted.posting.roles, posted.posting.first, posted.posting.name) == (["first_secretary"], TODAY, "王新")
    assert Opening.objects.get(pk=case.opening_id).state == "filled"
    cadre = Cadre.objects.get(pk=posted.posting.cadre_id)
    assert id_decrypt(bytes(cadre.id_number), area=cadre.area, person=cadre.person) == number()
    assert cadre.political_status == "party_member"


@pytest.mark.clause("YL-5-4", "YL-5-5")
@pytest.mark.parametrize(
    ("role", "level", "reviewer", "other"),
    [
        ("first_secretary", "county", "county_org_dept", "county_poverty_office"),
        ("member", "county", "county_poverty_office", "county_org_dept"),
        ("first_secretary", "city", "city_org_dept", "county_org_dept"),
    ],
)
def test_who_reviews_follows_the_role_and_the_level_of_the_unit(
    place_of: PlaceOf, role: str, level: str, reviewer: str, other: str
) -> None:
    place = place_of("yulin", level)
    case = place.nominate(role)
    place.pass_on(case, "register")
    [key] = place.keys(case)
    with pytest.raises(Forbidden):
        place.act(other, case, key)
    gates = dict.fromkeys(("政治关", "品行关", "能力关", "作风关", "廉洁关"), True)
    joined = {f"{level}_{each}": "同意" for each in HEARD}
    place.act(reviewer, case, key, declared=gates, joined=joined)
    assert place.keys(case) == ["decide"]


@pytest.mark.clause("YL-5-7")
@pytest.mark.parametrize("gate", ["政治关", "品行关", "能力关", "作风关", "廉洁关"])
def test_a_review_does_not_pass_with_one_gate_open_or_not_passed(place_of: PlaceOf, gate: str) -> None:
    place = place_of("yulin")
    case = place.nominate("member")
    place.pass_on(case, "register")
    gates = dict.fromkeys(("政治关", "品行关", "能力关", "作风关", "廉洁关"), True)
    with pytest.raises(Refused, match=gate) as refused:
        place.pass_on(case, "review_member", declared={word: True for word in gates if word != gate})
    assert {finding.clause for finding in refused.value.findings} == {"YL-5-7"}
    with pytest.raises(Refused, match=gate):
        place.pass_on(case, "review_member", declared={**gates, gate: False})
    assert not Declaration.objects.filter(word=gate).exists()
    place.pass_on(case, "review_member")
    kept = Declaration.objects.get(word=gate)
    assert (kept.holds, kept.body, kept.name) == (
        True,
        "county_poverty_office",
        place.offices["county_poverty_office"].name,
    )


@pytest.mark.clause("YL-5-8")
def test_a_review_wants_the_form_filled_in(place_of: PlaceOf) -> None:
    place = place_of("yulin")
    case = place.nominate("member", form={"专业": "农学"})
    place.pass_on(case, "register")
    with pytest.raises(Refused, match="经历") as refused:
        place.pass_on(case, "review_member")
    assert [finding.clause for finding in refused.value.findings] == ["YL-5-8"]


@pytest.mark.clause("YL-5-3", "YL-5-6")
def test_nobody_decides_on_whom_nobody_filed_and_reviewed(place_of: PlaceOf) -> None:
    place = place_of("yulin")
    case = place.nominate("member")
    for key in ("decide", "review_member", "place"):
        with pytest.raises(Conflict, match="备案"):
            place.act("unit_personnel", case, key, paper=paper())
    with pytest.raises(Conflict):
        place.place(case)


@pytest.mark.clause("YL-4.1-4", "YL-5-6")
def test_party_standing_is_counted_to_the_day_on_which_the_unit_decided(
    place_of: PlaceOf, clock: Callable[[str], None]
) -> None:
    place = place_of("yulin")
    case = place.nominate("first_secretary", party_years="2025-09-02")
    clock("2026-09-10 09:00:00+08:00")
    place.act("county_org_dept", case, "register", joined={f"county_{each}": "同意" for each in HEARD})
    gates = dict.fromkeys(("政治关", "品行关", "能力关", "作风关", "廉洁关"), True)
    joined = {f"county_{each}": "同意" for each in HEARD}
    place.act("county_org_dept", case, "review_first_secretary", declared=gates, joined=joined)
    with pytest.raises(BadInput, match="早于前一步"):
        place.act("unit_personnel", case, "decide", paper=paper(date(2026, 9, 1)))
    place.act("unit_personnel", case, "decide", paper=paper(date(2026, 9, 10)))
    assert CaseAct.objects.get(case=case, key="decide").day == date(2026, 9, 10)


@pytest.mark.clause("KM-4-1")
def test_a_city_units_candidate_is_settled_by_the_citys_organisation_department_and_listed(place_of: PlaceOf) -> None:
    place = place_of("kunming", "city")
    case = place.nominate("member")
    assert place.keys(case) == ["assist", "lead"], "assisting is no condition"
    with pytest.raises(Forbidden):
        place.act("county_org_dept", case, "lead")
    place.act("city_org_dept", case, "lead")
    assert place.act("city_office", case, "list").state == "done"
    assert place.place(case).posting is not None


def test_where_no_procedure_is_written_the_countys_office_checks_and_places(place_of: PlaceOf) -> None:
    for pack in ("tongwei", "dachuan"):
        place = place_of(pack)
        case = place.nominate("member")
        assert (case.rule, place.keys(case)) == (None, ["plain"])
        case = place.act("county_office", case, "plain")
        assert place.place(case, office="county_org_dept").posting is not None


def test_two_candidates_for_one_opening_fill_it_once(place_of: PlaceOf) -> None:
    place = place_of("tongwei")
    opening = place.opening("member")
    one = place.nominate(opening=opening)
    two = place.nominate(opening=opening, name="李二", id_number=number("62112119860202123"))
    for case in (one, two):
        place.act("county_office", case, "plain")
    place.place(one)
    with pytest.raises(Conflict, match="已补齐"):
        place.place(two)


@pytest.mark.clause("TW-4-4")
def test_the_rules_are_asked_again_on_the_first_day(place_of: PlaceOf) -> None:
    place = place_of("tongwei")
    case = place.reviewed("leader", "first_secretary")
    Candidate.objects.filter(case=case).update(facts={**Candidate.objects.get(case=case).facts, "rank": "clerk"})
    with pytest.raises(Refused, match="按到岗日核对") as refused:
        place.place(case)
    assert [finding.clause for finding in refused.value.findings] == ["TW-4-4"]


def test_a_unit_puts_forward_for_its_own_openings_alone_and_only_its_personnel_department_does(
    place_of: PlaceOf,
) -> None:
    place, other = place_of("tongwei"), place_of("tongwei", "city", village="202")
    opening = place.opening("member")
    with pytest.raises(NotFound):
        other.nominate(opening=opening)
    place.offices["unit_personnel"] = place.offices["unit_liaison"]
    with pytest.raises(Forbidden):
        place.nominate(opening=opening)


def test_nobody_is_put_forward_twice_at_once_nor_for_what_is_cancelled(place_of: PlaceOf) -> None:
    place = place_of("tongwei")
    opening = place.opening("member")
    case = place.nominate(opening=opening)
    with pytest.raises(Conflict, match="正在办理"):
        place.nominate(opening=opening)
    with pytest.raises(Conflict, match="正在办理"):
        place._in("county_office", opening_cancel, opening=opening.pk, reason="不再需要")
    place.act("county_office", case, "plain", outcome="refused", remark="工作离不开")
    assert place._in("county_office", opening_cancel, opening=opening.pk, reason="不再需要").state == "cancelled"
    with pytest.raises(Conflict, match="已取消"):
        place.nominate(opening=opening)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"channels": frozenset()}, "选派渠道"),
        ({"id_number": "621121198501011230"}, "校验|位"),
        ({"name": " "}, "姓名"),
        ({"health_on": None}, "日期"),
        ({"rank": "minister"}, "职级"),
    ],
)
def test_what_is_not_filled_in_as_asked_is_told(place_of: PlaceOf, change: dict[str, object], told: str) -> None:
    place = place_of("tongwei")
    opening = place.opening("leader", "first_secretary")
    with pytest.raises(BadInput, match=told):
        place.nominate(opening=opening, **change)

"""Who may be put forward, as each pack writes it: refused with the clause, at exactly the values that it names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from apps.core.errors import Refused
from apps.staffing.models import CaseAct
from tests.staffing.conftest import Place

PlaceOf = Callable[..., Place]
LEADER = ("leader", "first_secretary")
FIRST = ("first_secretary",)


def returned(case: Any) -> tuple[str, str, str]:
    """How a nomination that the rules exclude is kept: its state, the clause and the reasons."""
    act = CaseAct.objects.get(case=case, key="eligibility")
    return case.state, act.clause, act.remark


CASES = [
    pytest.param("tongwei", "county", LEADER, {"rank": "clerk", "leading_post": False}, "TW-4-4", marks=pytest.mark.clause("TW-4-4")),
    pytest.param("tongwei", "county", LEADER, {"rank": "deputy_section", "leading_post": False}, "TW-4-4", marks=pytest.mark.clause("TW-4-4")),
    pytest.param("tongwei", "county", LEADER, {"rank": "deputy_section"}, "", marks=pytest.mark.clause("TW-4-4")),
    pytest.param("tongwei", "city", LEADER, {"rank": "clerk", "reserve_rank": "deputy_section"}, "", marks=pytest.mark.clause("TW-4-4")),
    pytest.param("tongwei", "provincial", LEADER, {"rank": "section"}, "TW-4-3", marks=pytest.mark.clause("TW-4-3")),
    pytest.param("tongwei", "provincial", LEADER, {"rank": "deputy_division"}, "", marks=pytest.mark.clause("TW-4-3")),
    pytest.param("tongwei", "provincial", LEADER, {"reserve_rank": "deputy_division"}, "", marks=pytest.mark.clause("TW-4-3")),
    pytest.param("tongwei", "central", LEADER, {"rank": "section"}, "TW-4-3", marks=pytest.mark.clause("TW-4-3")),
    pytest.param("tongwei", "county", ("member",), {"rank": "clerk", "leading_post": False}, "", marks=pytest.mark.clause("TW-4-4")),
    pytest.param("tongwei", "township", LEADER, {}, "TW-4-1", marks=pytest.mark.clause("TW-4-1")),
    pytest.param("tongwei", "county", ("member",), {"statuses": []}, "TW-4-7", marks=pytest.mark.clause("TW-4-7")),
    pytest.param("yulin", "county", FIRST, {"party": "probationary_member"}, "YL-4.1-3", marks=pytest.mark.clause("YL-4.1-3")),
    pytest.param("yulin", "county", FIRST, {"party_years": "2025-09-02"}, "", marks=pytest.mark.clause("YL-4.1-4")),
    pytest.param("yulin", "county", FIRST, {"party_years": "2025-09-03"}, "YL-4.1-4", marks=pytest.mark.clause("YL-4.1-4")),
    pytest.param("yulin", "county", FIRST, {"work_years": "2024-09-02"}, "", marks=pytest.mark.clause("YL-4.1-5")),
    pytest.param("yulin", "county", FIRST, {"work_years": "2024-09-03"}, "YL-4.1-5", marks=pytest.mark.clause("YL-4.1-5")),
    pytest.param("yulin", "county", ("member",), {"party": "masses"}, "", marks=pytest.mark.clause("YL-4.1-6")),
    pytest.param("yulin", "county", ("member",), {"statuses": ["优秀干部", "借调人员"]}, "YL-4.2-3", marks=pytest.mark.clause("YL-4.2-3")),
    pytest.param("yulin", "county", ("member",), {"statuses": ["优秀干部", "公益性岗位人员"]}, "YL-4.2-3", marks=pytest.mark.clause("YL-4.2-3")),
    pytest.param("yulin", "county", ("member",), {"health": False}, "YL-4.1-2", marks=pytest.mark.clause("YL-4.1-2")),
    pytest.param("kunming", "city", ("member",), {"health": False}, "CN-2.3-3", marks=pytest.mark.clause("CN-2.3-3")),
]  # fmt: skip


@pytest.mark.parametrize(("pack", "level", "roles", "facts", "clause"), CASES)
def test_whom_a_pack_excludes_is_returned_with_its_clause_and_whom_it_lets_through_goes_on(
    place_of: PlaceOf, pack: str, level: str, roles: tuple[str, ...], facts: dict[str, Any], clause: str
) -> None:
    case = place_of(pack, level).nominate(*roles, exception="经集体研究", **facts)
    if clause:
        assert returned(case)[:2] == ("returned", clause)
    else:
        assert case.state == "open"
        assert not CaseAct.objects.filter(case=case, key="eligibility").exists()


@pytest.mark.clause("CN-2.3-4")
@pytest.mark.parametrize("rank", ["clerk", "deputy_section"])
def test_a_leaders_rank_that_is_asked_for_in_principle_wants_a_written_reason(place_of: PlaceOf, rank: str) -> None:
    place = place_of("kunming", "city")
    opening = place.opening(*LEADER)
    if rank == "clerk":
        with pytest.raises(Refused, match="写明理由") as refused:
            place.nominate(opening=opening, rank=rank)
        assert {finding.clause for finding in refused.value.findings} == {"CN-2.3-4"}
        assert place.nominate(opening=opening, rank=rank, exception="后备干部名单正在上报").state == "open"
    else:
        assert place.nominate(opening=opening, rank=rank).state == "open"


@pytest.mark.clause("CN-2.3-2", "KM-3-2")
def test_what_the_unit_does_not_confirm_holds_a_nomination_up(place_of: PlaceOf) -> None:
    place = place_of("kunming", "city")
    with pytest.raises(Refused) as refused:
        place.nominate("member", declared=frozenset({"政治素质好"}))
    told = {(finding.code, finding.clause) for finding in refused.value.findings}
    assert ("to_be_stated", "KM-3-2") in told
    assert ("to_be_stated", "CN-2.3-2") in told


@pytest.mark.clause("YL-4.2-1")
def test_a_unit_of_the_province_wants_a_reason_and_is_not_refused(place_of: PlaceOf) -> None:
    place = place_of("yulin", "provincial")
    with pytest.raises(Refused, match="写明理由") as refused:
        place.nominate("member")
    assert [finding.clause for finding in refused.value.findings] == ["YL-4.2-1"]
    assert place.nominate("member", exception="省级单位定点帮扶").state == "open"


@pytest.mark.clause("TW-4-4")
def test_a_returned_leader_goes_on_once_he_is_corrected(place_of: PlaceOf) -> None:
    place = place_of("tongwei")
    case = place.nominate(*LEADER, rank="clerk", leading_post=False)
    assert returned(case)[2].startswith("不符合“市、县选派的，须为科级领导干部或科级后备干部”")
    again = place.resend(case, rank="section", leading_post=True)
    assert (again.state, again.round) == ("open", 2)

"""A request from the asking to the return, in the words of the regulations."""

from __future__ import annotations

from datetime import date

import pytest

from apps.core.errors import BadInput, Conflict, Forbidden, Refused
from apps.core.tenancy import NATION, Scope, entered
from apps.leave.models import LeaveFiling
from tests.leave.conftest import Place


@pytest.mark.clause("TW-14-4")
def test_a_members_three_days_need_his_leader_and_nobody_else(tongwei: Place):
    request = tongwei.ask("member", date(2026, 9, 7), date(2026, 9, 9))
    assert tongwei.act("team_leader", request, "approve").state == "granted"


@pytest.mark.clause("TW-14-7")
def test_a_members_four_days_need_his_leader_then_the_secretary(tongwei: Place):
    request = tongwei.ask("member", date(2026, 9, 7), date(2026, 9, 10))
    with pytest.raises(Conflict):
        tongwei.act("township_secretary", request, "approve")
    assert tongwei.act("team_leader", request, "agree").state == "asked"
    assert tongwei.act("township_secretary", request, "approve").state == "granted"


@pytest.mark.clause("TW-14-5", "TW-14-6")
def test_a_leaders_four_days_go_to_the_county_and_are_filed_with_the_unit(tongwei: Place):
    request = tongwei.ask("leader", date(2026, 9, 7), date(2026, 9, 10))
    tongwei.act("township_secretary", request, "agree")
    with entered(tongwei.offices["unit_liaison"].scope):
        filing = LeaveFiling.objects.get()
    assert (filing.request_id, filing.to, filing.clause, filing.state) == (
        request.pk, "dispatch_unit", "TW-14-6", "asked",
    )  # fmt: skip
    assert tongwei.act("county_office", request, "approve").state == "granted"
    with entered(Scope(area=NATION)):
        assert LeaveFiling.objects.get().state == "granted"


@pytest.mark.clause("TW-14-3")
def test_a_leaders_three_days_end_with_the_secretary_and_are_not_filed(tongwei: Place):
    request = tongwei.ask("leader", date(2026, 9, 7), date(2026, 9, 9))
    assert tongwei.act("township_secretary", request, "approve").state == "granted"
    with entered(Scope(area=NATION)):
        assert not LeaveFiling.objects.exists()


def test_nobody_approves_his_own_leave(tongwei: Place):
    request = tongwei.ask("leader", date(2026, 9, 7), date(2026, 9, 9))
    with pytest.raises(Forbidden, match=r"本人"):
        tongwei.act("team_leader", request, "approve")


@pytest.mark.clause("TW-14-8")
def test_sixteen_days_need_a_written_reason_and_fifteen_do_not(tongwei: Place):
    tongwei.ask("other", date(2026, 9, 7), date(2026, 9, 21))
    with pytest.raises(Refused, match="理由"):
        tongwei.ask("member", date(2026, 9, 7), date(2026, 9, 22))
    tongwei.ask("member", date(2026, 9, 7), date(2026, 9, 22), exception="照顾住院的父亲")


@pytest.mark.clause("KM-9-10")
def test_proof_is_needed_where_the_regulation_asks_for_it(kunming: Place):
    with pytest.raises(BadInput, match="证明材料"):
        kunming.ask("member", date(2026, 9, 7), date(2026, 9, 8))
    kunming.ask("member", date(2026, 9, 7), date(2026, 9, 8), document="原件存镇党政办")


@pytest.mark.clause("YL-7.2.3-9")
def test_without_a_procedure_nobody_can_ask(places: dict[str, Place]):
    with pytest.raises(Refused, match="请假"):
        places["yulin"].ask("member", date(2026, 9, 7), date(2026, 9, 8))

"""Signatures, the chain, review, correction and feedback, pack by pack."""

from __future__ import annotations

import pytest
import time_machine

from apps.attendance.selectors import sheet_context, sheet_rows, sheet_steps
from apps.attendance.services import LineEdit, sheet_save, sheet_sign
from apps.core.errors import BadInput, Conflict, Forbidden, NotFound, Refused
from apps.core.months import Month
from apps.core.tenancy import Scope, entered
from apps.jurisdictions.models import Village
from apps.ledgers.compile.township import ledger_hash
from apps.ledgers.models import LedgerLine, LedgerRemark, LedgerStep, UnitFeedback
from apps.ledgers.services import ledger_accept, ledger_file, ledger_return, ledger_step, month_close, month_reopen
from tests.factories import actor_of, posting_of, team_of, unit_of
from tests.ledgers.month import DACHUAN, KUNMING, SEPTEMBER, TONGWEI, YULIN, Walk
from tests.world import browser

pytestmark = pytest.mark.usefixtures("nation")


@pytest.fixture(autouse=True)
def _october():
    with time_machine.travel("2026-10-02 09:00+08:00", tick=False):
        yield


def _walk(township: str, *names: str) -> Walk:
    team = team_of(f"{township}201")
    posting_of(team, "王建国", "leader", "first_secretary")
    for name in names or ("李秀英",):
        posting_of(team, name)
    return Walk(township, team)


@pytest.mark.clause("KM-9-5")
def test_a_months_sheet_is_not_closed_before_a_village_signer_has_signed() -> None:
    walk = _walk(KUNMING)
    walk.fill()
    with pytest.raises(Refused, match="签字") as refused:
        month_close(actor=walk.actor("township_clerk"), area=KUNMING, month=SEPTEMBER)
    assert {finding.clause for finding in refused.value.findings} == {"KM-9-5"}
    leader = walk.actor("team_leader")
    with pytest.raises(Forbidden):
        sheet_sign(actor=leader, area=walk.team.area, team=walk.team.pk, month=SEPTEMBER, step="village")
    walk.sign()
    assert walk.close().state == "draft"


@pytest.mark.clause("KM-9-6", "KM-9-7", "KM-9-8")
def test_a_reviewed_sheet_is_filed_with_two_departments_and_fed_back_to_the_unit() -> None:
    walk = _walk(KUNMING)
    walk.fill()
    walk.sign()
    ledger = walk.close()
    with pytest.raises(Conflict, match="分管领导审核"):
        ledger_step(actor=walk.actor("township_clerk"), ledger=ledger.pk, step="submit")
    with pytest.raises(Forbidden):
        ledger_step(actor=walk.actor("township_clerk"), ledger=ledger.pk, step="review")
    assert walk.submit().state == "submitted"
    with pytest.raises(Conflict, match="审核通过后"):
        ledger_file(actor=walk.actor("county_org_dept"), ledger=ledger.pk, step="org")
    assert not UnitFeedback.objects.exists()
    walk.accept()
    with pytest.raises(Forbidden):
        ledger_file(actor=walk.actor("county_org_dept"), ledger=ledger.pk, step="poverty")
    ledger_file(actor=walk.actor("county_org_dept"), ledger=ledger.pk, step="org")
    ledger_file(actor=walk.actor("county_poverty_office"), ledger=ledger.pk, step="poverty")
    ledger_file(actor=walk.actor("county_poverty_office"), ledger=ledger.pk, step="poverty")
    done = list(LedgerStep.objects.filter(ledger=ledger).values_list("step", "verb", "clause"))
    assert done == [
        ("review", "review", "KM-9-6"),
        ("submit", "submit", "KM-8-1"),
        ("accept", "accept", "KM-8-1"),
        ("unit", "feedback", "KM-9-8"),
        ("org", "file", "KM-9-7"),
        ("poverty", "file", "KM-9-7"),
    ]
    feedback = UnitFeedback.objects.get()
    with entered(Scope(unit=feedback.unit_id)):
        assert {line.name for line in LedgerLine.objects.all()} == {"王建国", "李秀英"}
        assert not Village.objects.exists()


@pytest.mark.clause("TW-14-2")
def test_a_members_record_is_confirmed_by_the_leader_and_void_once_changed() -> None:
    walk = _walk(TONGWEI)
    leader, clerk = walk.actor("team_leader"), walk.actor("township_clerk")
    member = next(row for row in sheet_rows(area=TONGWEI, month=SEPTEMBER) if row.roles == ("member",))
    with pytest.raises(Forbidden):
        sheet_sign(actor=clerk, area=TONGWEI, team=walk.team.pk, month=SEPTEMBER, step="members")
    walk.sign()
    edit = LineEdit(member.posting, 1, {1: ("V", "L")})
    sheet_save(actor=clerk, area=TONGWEI, month=SEPTEMBER, edits=[edit])
    steps = sheet_steps(sheet_context(TONGWEI, SEPTEMBER), sheet_rows(area=TONGWEI, month=SEPTEMBER))
    assert {step.step.key: (step.done, step.stale) for step in steps} == {
        "members": (False, True),
        "leaders": (True, False),
    }
    with pytest.raises(Refused, match="重新办理"):
        month_close(actor=clerk, area=TONGWEI, month=SEPTEMBER)
    sheet_sign(actor=leader, area=walk.team.area, team=walk.team.pk, month=SEPTEMBER, step="members")
    assert walk.close().state == "draft"


@pytest.mark.clause("TW-14-1")
def test_nobody_confirms_the_sheet_that_holds_his_own_line() -> None:
    walk = _walk(TONGWEI)
    own = next(row for row in sheet_rows(area=TONGWEI, month=SEPTEMBER) if "leader" in row.roles)
    clerk = walk.actor("township_clerk")
    clerk.user.person = own.person
    clerk.user.save(update_fields=["person"])
    with pytest.raises(Refused, match="本人不能确认本人"):
        sheet_sign(actor=clerk, area=TONGWEI, team=walk.team.pk, month=SEPTEMBER, step="leaders")
    leader = walk.actor("team_leader")
    with pytest.raises(Forbidden):
        sheet_sign(actor=leader, area=walk.team.area, team=walk.team.pk, month=SEPTEMBER, step="leaders")


@pytest.mark.parametrize("township", [YULIN, DACHUAN])
def test_where_the_text_names_no_signature_the_ledger_goes_straight_to_submission(township: str) -> None:
    walk = _walk(township)
    assert walk.close().state == "signed"
    assert walk.submit().state == "submitted"
    other = "county_org_dept" if township == YULIN else "county_office"
    with pytest.raises(Forbidden, match="不由您审核"):
        ledger_accept(actor=walk.actor(other), ledger=walk.ledger().pk)
    assert walk.accept().state == "accepted"


def test_a_returned_ledger_is_corrected_as_a_new_version_beside_the_old() -> None:
    walk = _walk(DACHUAN)
    walk.close()
    first = walk.submit()
    reviewer = walk.actor("county_org_dept")
    line = LedgerLine.objects.filter(ledger=first, name="李秀英").get()
    with pytest.raises(BadInput, match="至少写一条意见"):
        ledger_return(actor=reviewer, ledger=first.pk, remarks={line.posting_id: " "})
    with pytest.raises(NotFound):
        ledger_return(actor=reviewer, ledger=first.pk, remarks={line.posting_id + 999: "？"})
    ledger_return(actor=reviewer, ledger=first.pk, remarks={line.posting_id: "1日请核实"})
    assert LedgerRemark.objects.get().text == "1日请核实"
    clerk = walk.actor("township_clerk")
    with pytest.raises(BadInput, match="原因"):
        month_reopen(actor=clerk, area=DACHUAN, month=SEPTEMBER, teams=[walk.team.pk], reason="改")
    month_reopen(actor=clerk, area=DACHUAN, month=SEPTEMBER, teams=[walk.team.pk], reason="1日实为请假")
    edit = LineEdit(line.posting_id, 1, {1: ("V", "L")})
    sheet_save(actor=clerk, area=DACHUAN, month=SEPTEMBER, edits=[edit])
    second = walk.close()
    first.refresh_from_db()
    assert (first.state, first.version, second.version) == ("superseded", 1, 2)
    assert second.reason == "1日实为请假"
    assert (first.hash, second.hash) == (ledger_hash(first.pk), ledger_hash(second.pk))
    assert first.hash != second.hash
    corrected = LedgerLine.objects.get(ledger=second, posting=line.posting_id)
    assert (corrected.counts[0], corrected.counts[7]) == (line.counts[0] - 1, line.counts[7] + 1)
    walk.submit()
    assert walk.accept().version == 2
    assert list(UnitFeedback.objects.values_list("version", "current")) == [(2, True)]


def test_an_accepted_month_is_opened_by_the_county_only_and_the_units_keep_it_until_the_new_one_is_accepted() -> None:
    walk = _walk(DACHUAN)
    walk.close()
    walk.submit()
    accepted = walk.accept()
    again = {"area": DACHUAN, "month": SEPTEMBER, "teams": [walk.team.pk], "reason": "县级抽查发现差错"}
    with pytest.raises(Forbidden, match="只有县级"):
        month_reopen(actor=walk.actor("township_clerk"), **again)
    assert month_reopen(actor=walk.actor("county_org_dept"), **again) == 1
    walk.close()
    assert list(UnitFeedback.objects.values_list("ledger", "current")) == [(accepted.pk, True)]
    walk.submit()
    walk.accept()
    assert sorted(UnitFeedback.objects.values_list("version", "current")) == [(1, False), (2, True)]


def test_steps_out_of_turn_and_states_that_are_over_are_refused_in_words() -> None:
    walk = _walk(DACHUAN)
    ledger = walk.close()
    reviewer = walk.actor("county_org_dept")
    with pytest.raises(Conflict, match="待报送"):
        ledger_accept(actor=reviewer, ledger=ledger.pk)
    first = ledger_step(actor=walk.actor("township_clerk"), ledger=ledger.pk, step="submit")
    assert ledger_step(actor=walk.actor("township_clerk"), ledger=ledger.pk, step="submit") == first
    ledger_accept(actor=reviewer, ledger=ledger.pk)
    with pytest.raises(Conflict, match="已审核通过"):
        ledger_return(actor=reviewer, ledger=ledger.pk, remarks={}, note="晚了")
    with pytest.raises(Conflict, match="已经月结"):
        month_close(actor=walk.actor("township_clerk"), area=DACHUAN, month=SEPTEMBER)
    stranger = actor_of("county_office", TONGWEI[:7], "外县")
    with entered(stranger.scope), pytest.raises(NotFound):
        ledger_accept(actor=stranger, ledger=ledger.pk)


def test_a_month_that_still_runs_and_one_after_an_open_one_cannot_be_closed() -> None:
    walk = _walk(DACHUAN)
    clerk = walk.actor("township_clerk")
    with pytest.raises(Refused, match="10月尚未结束"):
        month_close(actor=clerk, area=DACHUAN, month=SEPTEMBER.next())
    posting = next(row.posting for row in sheet_rows(area=DACHUAN, month=SEPTEMBER) if row.roles == ("member",))
    edit = LineEdit(posting, 0, {1: ("V", "L")})
    sheet_save(actor=clerk, area=DACHUAN, month=SEPTEMBER, edits=[edit])
    with time_machine.travel("2026-11-02 09:00+08:00", tick=False), pytest.raises(Refused, match="9月还没有月结"):
        month_close(actor=clerk, area=DACHUAN, month=SEPTEMBER.next())


def test_a_unit_reads_its_people_in_two_counties_and_nobody_else() -> None:
    unit = unit_of("省能源集团", "C62", level="provincial", nature="enterprise")
    for township in (DACHUAN, YULIN):
        team = team_of(f"{township}201")
        posting_of(team, f"甲{township}", unit=unit)
        posting_of(team, f"乙{township}")
        walk = Walk(township, team)
        walk.close()
        walk.submit()
        walk.accept()
    with entered(Scope(unit=unit.pk)):
        assert {line.name for line in LedgerLine.objects.all()} == {f"甲{DACHUAN}", f"甲{YULIN}"}
        assert {row.county for row in UnitFeedback.objects.all()} == {"达川区", "府谷县"}


def test_nothing_is_confirmed_before_the_month_is_over() -> None:
    walk = _walk(TONGWEI)
    walk.fill()
    leader = walk.actor("team_leader")
    sheet = f"/sheet/{TONGWEI}/{SEPTEMBER}/"
    with time_machine.travel("2026-09-30 23:00+08:00", tick=False):
        with pytest.raises(Refused, match="2026年9月尚未结束，30日之后才能确认"):
            sheet_sign(actor=leader, area=walk.team.area, team=walk.team.pk, month=SEPTEMBER, step="members")
        assert "/sign/leaders/" not in browser(walk.actor("township_clerk").user).get(sheet).text
    assert "/sign/leaders/" in browser(walk.actor("township_clerk").user).get(sheet).text
    sheet_sign(actor=leader, area=walk.team.area, team=walk.team.pk, month=SEPTEMBER, step="members")


def test_a_month_that_was_skipped_keeps_the_next_one_open_and_the_sheet_says_so() -> None:
    walk = _walk(TONGWEI)
    walk.fill()
    walk.sign()
    walk.close()
    november = Walk(TONGWEI, walk.team, Month(2026, 11))
    with time_machine.travel("2026-12-02 09:00+08:00", tick=False):
        november.fill()
        november.sign()
        said = "2026年10月还没有月结；请先办结上月"
        with pytest.raises(Refused, match=said):
            month_close(actor=walk.actor("township_clerk"), area=TONGWEI, month=november.month)
        assert said in browser(walk.actor("township_clerk").user).get(f"/sheet/{TONGWEI}/2026-11/").text
        october = Walk(TONGWEI, walk.team, Month(2026, 10))
        for month in (october, november):
            month.fill()
            month.sign()
            assert month.close().state == "draft"

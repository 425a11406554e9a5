"""Leave that was approved on paper, and proof: marked for what they are, checked as if they had come here."""

from __future__ import annotations

from datetime import date

import pytest

from apps.core.errors import BadInput, Conflict, Forbidden, Refused
from apps.core.tenancy import NATION, Scope, entered
from apps.leave.models import LeaveAct, LeaveFiling, LeaveProof, LeaveRequest
from apps.leave.services import Approval, Asked, Upload, leave_ask, leave_paper, leave_paper_return
from apps.leave.services.proofs import LARGEST, MOST
from tests.factories import actor_of
from tests.leave.conftest import Clock, Place

MONDAY, THURSDAY = date(2026, 9, 7), date(2026, 9, 10)
SOURCE = "原件存党政办"
TWO = [Approval("agree", "队长某", date(2026, 9, 3)), Approval("approve", "书记某", date(2026, 9, 4))]
PDF, JPEG, PNG = b"%PDF-1.7 ...", b"\xff\xd8\xff\xe0 ...", b"\x89PNG\r\n\x1a\n ..."


@pytest.fixture(autouse=True)
def later(clock: Clock) -> None:
    clock("2026-09-14")


def entered_by(
    place: Place,
    office: str,
    approvals: list[Approval],
    who: str = "member",
    document: str = SOURCE,
    last: date = THURSDAY,
) -> LeaveRequest:
    actor = place.offices[office]
    with entered(actor.scope):
        asked = Asked("病假", MONDAY, last, "住院", document=document)
        return leave_paper(actor=actor, posting=place.people[who].pk, asked=asked, approvals=approvals)


@pytest.mark.clause("TW-14-7")
def test_every_step_is_kept_with_who_did_it_on_paper_and_who_entered_it(tongwei: Place) -> None:
    request = entered_by(tongwei, "township_clerk", TWO)
    assert (request.state, request.on_paper, request.days) == ("granted", True, 4)
    clerk = tongwei.offices["township_clerk"].name
    with entered(Scope(area=NATION)):
        acts = LeaveAct.objects.filter(request=request).order_by("id")
        assert [(act.key, act.name, act.day, act.office) for act in acts] == [
            ("apply", tongwei.people["member"].name, date(2026, 9, 3), "cadre"),
            ("agree", "队长某", date(2026, 9, 3), "team_leader"),
            ("approve", "书记某", date(2026, 9, 4), "township_secretary"),
        ]
        assert {(act.paper, act.entered_by, act.user_id) for act in acts} == {(True, clerk, None)}


@pytest.mark.parametrize(
    ("approvals", "says"),
    [
        ([], "同意"),
        (TWO[:1], "批准"),
        (TWO[1:], "同意"),
        ([TWO[0], Approval("approve", " ", date(2026, 9, 4))], "批准"),
        ([TWO[0], Approval("approve", "书记某", date(2026, 9, 2))], "日期不对"),
        ([TWO[0], Approval("approve", "书记某", date(2026, 9, 15))], "日期不对"),
        ([Approval("agree", "队长某", date(2026, 9, 5)), TWO[1]], "日期不对"),
    ],
)
@pytest.mark.clause("TW-14-7")
def test_a_paper_without_a_step_or_out_of_order_is_refused_whole(
    tongwei: Place, approvals: list[Approval], says: str
) -> None:
    with pytest.raises(BadInput, match=says):
        entered_by(tongwei, "township_clerk", approvals)
    with entered(Scope(area=NATION)):
        assert not LeaveRequest.objects.exists()


def test_a_paper_of_the_days_decision_is_in_order(tongwei: Place) -> None:
    same = [Approval(each.key, each.name, date(2026, 9, 14)) for each in TWO]
    assert entered_by(tongwei, "township_clerk", same).state == "granted"


def test_the_clerk_enters_it_says_where_it_lies_and_never_his_own(tongwei: Place) -> None:
    with pytest.raises(BadInput, match="存放"):
        entered_by(tongwei, "township_clerk", TWO, document=" ")
    for office in ("township_leader", "county_office", "team_leader"):
        with pytest.raises(Forbidden):
            entered_by(tongwei, office, TWO)
    request = entered_by(tongwei, "township_clerk", TWO)
    with entered(Scope(area=NATION)):
        tongwei.offices["township_clerk"] = actor_of("township_clerk", tongwei.area, tongwei.people["member"].name)
    with pytest.raises(BadInput, match="本人"):
        entered_by(tongwei, "township_clerk", TWO)
    with pytest.raises(BadInput, match="本人"):
        returned(tongwei, request, date(2026, 9, 11), "队长某")


def returned(place: Place, request: LeaveRequest, back: date, confirmed_by: str) -> LeaveRequest:
    clerk = place.offices["township_clerk"]
    with entered(clerk.scope):
        return leave_paper_return(actor=clerk, request=request.pk, back=back, confirmed_by=confirmed_by)


@pytest.mark.clause("TW-14-9")
def test_a_return_on_paper_names_who_confirmed_it(tongwei: Place) -> None:
    request = entered_by(tongwei, "township_clerk", TWO)
    with pytest.raises(BadInput, match="确认销假"):
        returned(tongwei, request, date(2026, 9, 9), "")
    ended = returned(tongwei, request, date(2026, 9, 9), "队长某")
    assert (ended.state, ended.until) == ("ended", date(2026, 9, 8))
    assert returned(tongwei, request, date(2026, 9, 11), "队长某").until == date(2026, 9, 8)


@pytest.mark.clause("TW-14-6", "TW-14-8")
def test_a_paper_is_filed_and_asked_for_reasons_like_any_other(tongwei: Place) -> None:
    steps = [Approval("agree", "书记某", date(2026, 9, 3)), Approval("approve", "县办某", date(2026, 9, 4))]
    with pytest.raises(Refused, match="理由"):
        entered_by(tongwei, "township_clerk", steps, who="leader", last=date(2026, 9, 22))
    entered_by(tongwei, "township_clerk", steps, who="leader")
    with entered(tongwei.offices["unit_liaison"].scope):
        assert (filing := LeaveFiling.objects.get()).state == "granted" and filing.to == "dispatch_unit"
    with pytest.raises(Refused, match="重叠"):
        entered_by(tongwei, "township_clerk", steps, who="leader")


def uploading(place: Place, *uploads: Upload) -> LeaveRequest:
    actor = place.selves["member"]
    with entered(actor.scope):
        asked = Asked("病假", date(2026, 9, 21), date(2026, 9, 21), "住院")
        return leave_ask(actor=actor, posting=place.people["member"].pk, asked=asked, proofs=uploads)


@pytest.mark.clause("KM-9-10")
@pytest.mark.parametrize(
    ("content", "kind"), [(PDF, "application/pdf"), (JPEG, "image/jpeg"), (PNG, "image/png")], ids=["pdf", "jpg", "png"]
)
def test_proof_is_known_by_its_content(kunming: Place, content: bytes, kind: str) -> None:
    request = uploading(kunming, Upload("C:\\x\\..\\病历\n.exe", content))
    with entered(Scope(area=NATION)):
        proof = LeaveProof.objects.get(request=request)
    assert (proof.type, proof.name, bytes(proof.content)) == (kind, "病历.exe", content)


@pytest.mark.parametrize(
    ("uploads", "says"),
    [
        ([Upload("病历.pdf", b"MZ\x90\x00")], "不是 PDF"),
        ([Upload("病历.pdf", b"<svg xmlns='http://www.w3.org/2000/svg'/>")], "不是 PDF"),
        ([Upload("病历.pdf", b"")], "空文件"),
        ([Upload("病历.pdf", PDF + b"0" * (LARGEST - len(PDF) + 1))], "超过5MB"),
        ([Upload("病历.pdf", PDF)] * (MOST + 1), "最多5份"),
        ([], "证明材料"),
    ],
)
@pytest.mark.clause("KM-9-10")
def test_what_is_no_proof_is_refused_and_nothing_is_kept(kunming: Place, uploads: list[Upload], says: str) -> None:
    with pytest.raises(BadInput, match=says):
        uploading(kunming, *uploads)
    with entered(Scope(area=NATION)):
        assert not LeaveRequest.objects.exists()


def test_as_many_and_as_large_as_allowed_is_kept(kunming: Place) -> None:
    largest = Upload("病历.pdf", PDF + b"0" * (LARGEST - len(PDF)))
    request = uploading(kunming, largest, *[Upload("检查.png", PNG)] * (MOST - 1))
    with entered(Scope(area=NATION)):
        assert LeaveProof.objects.filter(request=request).count() == MOST
    with pytest.raises(Conflict):
        kunming.resend("member", request, MONDAY, MONDAY)

"""The pages of departures, handovers, party relations and service, as somebody sees them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from apps.core.tenancy import NATION, Scope, entered
from apps.staffing.models import Departure, PartyRelation
from tests.staffing.conftest import Place
from tests.staffing.leaving import Post, post_of
from tests.world import browser

PlaceOf = Callable[..., Place]
ADJUST = "replacement:按干部管理权限批准后调整更换"


def pages(post: Post, office: str) -> Client:
    return browser(post.office(office).user)


@pytest.mark.clause("TW-24-1")
def test_a_request_without_a_ground_comes_back_with_its_clause_and_what_was_typed(place_of: PlaceOf) -> None:
    post = post_of(place_of("tongwei"))
    client, at = pages(post, "county_office"), f"/departures/new/{post.people['member'].pk}/"
    assert "因病不能正常履职" in client.get(at).content.decode()
    typed = {"reason": "已调县水务局", "last": "2026-09-10", "stated": ["不宜驻村工作"], "successor": "on"}
    answer = client.post(f"{at}?way={ADJUST}", typed).content.decode()
    assert "TW-24-1" in answer and "已调县水务局" in answer
    assert not Departure.objects.exists()
    answer = client.post(f"{at}?way={ADJUST}", typed | {"ground": "left_unit"}, follow=True).content.decode()
    assert "批准以前仍在岗" in answer and "调离原单位" in answer


@pytest.mark.clause("KM-8-2")
def test_the_ground_that_is_refused_can_be_chosen_and_is_answered_with_its_clause(place_of: PlaceOf) -> None:
    post = post_of(place_of("kunming"))
    client = pages(post, "unit_personnel")
    at = f"/departures/new/{post.people['member'].pk}/?way=replacement:派出单位要求撤回"
    typed = {"reason": "单位人手紧", "last": "2026-09-10", "ground": "unit_work", "evidence": "函"}
    answer = client.post(at, typed).content.decode()
    assert "以派出单位的工作为由" in answer and "KM-8-2" in answer


@pytest.mark.clause("YL-7.1-1")
def test_a_term_that_ends_soon_is_listed_and_one_that_ends_later_is_not(place_of: PlaceOf) -> None:
    post = Post(place_of("yulin"))
    post.add("soon", "first_secretary", first=date(2024, 11, 1))
    post.add("later", "member", first=date(2024, 12, 1))
    text = pages(post, "county_office").get("/departures/").content.decode()
    assert post.people["soon"].name in text and "2026年10月31日" in text and "YL-7.1-1" in text
    assert post.people["later"].name not in text


@pytest.mark.clause("TW-5-3")
def test_the_county_enters_a_party_relation_on_the_page_of_the_person(place_of: PlaceOf) -> None:
    post = post_of(place_of("tongwei"))
    with entered(Scope(area=NATION)):
        cadre = post.people["leader"].cadre
        cadre.political_status = "party_member"
        cadre.save()
    client = pages(post, "county_office")
    assert "还没有转接" in client.get("/party/").content.decode()
    at = f"/party/{post.people['leader'].pk}/"
    client.post(at, {"moved_on": "2026-03-01", "branch": "中林村党支部"})
    assert PartyRelation.objects.get().branch == "中林村党支部"
    assert "2026年3月1日转到中林村党支部" in client.get("/party/").content.decode()


@pytest.mark.clause("TW-5-4")
def test_the_person_and_the_county_read_the_same_service(place_of: PlaceOf) -> None:
    post = post_of(place_of("tongwei"))
    at = f"/service/{post.people['member'].pk}/"
    for client, path in ((pages(post, "county_office"), at), (pages(post, "member"), "/service/")):
        text = client.get(path).content.decode()
        assert "共20个月" in text and "规定满12个月，计入20个月，符合" in text and "TW-5-4" in text


def test_the_worklist_leads_to_the_list_that_is_to_be_written(place_of: PlaceOf) -> None:
    post = Post(place_of("tongwei"))
    post.add("leader", "leader", "first_secretary", first=date(2024, 9, 1))
    post.add("member", "member")
    post.record("county_office", "leader", "term")
    held = post.handover("leader")
    text = pages(post, "leader").get("/").content.decode()
    assert f"/handovers/{held.pk}/" in text and "填写并签交接清单" in text
    answer = pages(post, "township_clerk").get(f"/handovers/{held.pk}/").content.decode()
    assert "承担的职责任务" in answer and "补登移交人签字" in answer
    at, pdf = f"/handovers/{held.pk}/paper/", f"/papers/handover/{held.pk}/"
    assert pdf in pages(post, "township_clerk").get(at).content.decode()
    assert pdf not in pages(post, "leader").get(at).content.decode(), "the office prints, the person reads"

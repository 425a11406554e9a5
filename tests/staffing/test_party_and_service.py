"""Where party relations lie, who leads a village's party organisation, and what service counts for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from apps.cadres.models import Cadre
from apps.core.errors import BadInput, Conflict, Forbidden, NotFound, Refused
from apps.core.tenancy import NATION, Scope, entered
from apps.staffing.models import VillageSecretary
from apps.staffing.selectors.party import PartyStanding, party_standings
from apps.staffing.selectors.service import ServiceRecord, service_record
from apps.staffing.services import party_relation_record, village_secretary_end, village_secretary_record
from tests.staffing.conftest import TODAY, Place
from tests.staffing.leaving import Post, post_of

PlaceOf = Callable[..., Place]


def status(post: Post, who: str, word: str) -> None:
    with entered(Scope(area=NATION)):
        Cadre.objects.filter(pk=post.people[who].cadre_id).update(political_status=word)


def standing(post: Post, office: str, who: str) -> PartyStanding | None:
    actor = post.office(office)
    with entered(actor.scope):
        rows = party_standings(actor, TODAY)
    return next((row for row in rows if row.posting.pk == post.people[who].pk), None)


def moved(post: Post, office: str, who: str, day: date = TODAY, branch: str = "甲村党支部") -> None:
    actor = post.office(office)
    with entered(actor.scope):
        party_relation_record(actor=actor, posting=post.people[who].pk, moved_on=day, branch=branch)


@pytest.mark.parametrize(
    ("pack", "who", "clause"),
    [
        pytest.param("tongwei", "leader", "TW-5-3", marks=pytest.mark.clause("TW-5-3")),
        pytest.param("tongwei", "member", None, marks=pytest.mark.clause("TW-5-3")),
        pytest.param("dachuan", "member", "CN-2.3-6", marks=pytest.mark.clause("CN-2.3-6")),
        pytest.param("yulin", "member", "YL-7.2.3-5", marks=pytest.mark.clause("YL-7.2.3-5")),
        pytest.param("yulin", "leader", "YL-7.2.3-5", marks=pytest.mark.clause("YL-7.2.3-5")),
    ],
)
@pytest.mark.parametrize("office", ["county_office", "unit_liaison"])
def test_party_members_without_a_moved_relation_are_listed_where_the_rules_ask_for_it(
    place_of: PlaceOf, pack: str, who: str, clause: str | None, office: str
) -> None:
    post = post_of(place_of(pack))
    status(post, who, "party_member")
    found = standing(post, office, who)
    assert found is not None
    assert (found.finding.clause if found.finding else None) == clause
    moved(post, "county_office", who)
    found = standing(post, office, who)
    assert found is not None and found.finding is None and found.relation is not None
    assert (found.relation.branch, found.relation.moved_on) == ("甲村党支部", TODAY)


@pytest.mark.clause("TW-5-3", "YL-7.2.3-5")
@pytest.mark.parametrize("pack", ["tongwei", "yulin"])
def test_who_is_no_party_member_is_left_out_and_cannot_be_entered(place_of: PlaceOf, pack: str) -> None:
    post = post_of(place_of(pack))
    status(post, "leader", "masses")
    assert standing(post, "county_office", "leader") is None
    with pytest.raises(Refused, match="不是中共党员"):
        moved(post, "county_office", "leader")
    status(post, "leader", "")
    found = standing(post, "county_office", "leader")
    assert found is not None and found.finding is not None and found.finding.code == "to_be_stated"


def test_a_move_to_come_a_move_to_nowhere_and_a_move_by_the_township_are_refused(place_of: PlaceOf) -> None:
    post = post_of(place_of("tongwei"))
    status(post, "leader", "party_member")
    for wrong in ({"day": date(2026, 9, 3)}, {"branch": " "}):
        with pytest.raises(BadInput):
            moved(post, "county_office", "leader", **wrong)  # type: ignore[arg-type]
    with pytest.raises(Forbidden):
        moved(post, "township_clerk", "leader")


def secretary(post: Post, who: str, first: date = date(2026, 3, 1), reason: str = "两次选举未产生合格人选") -> int:
    actor = post.office("county_office")
    with entered(actor.scope):
        made = village_secretary_record(actor=actor, posting=post.people[who].pk, first=first, reason=reason)
    return made.pk


@pytest.mark.clause("TW-7-5")
def test_a_first_secretary_leads_the_village_from_and_to_a_day_for_a_reason(place_of: PlaceOf) -> None:
    post = post_of(place_of("tongwei"))
    with pytest.raises(BadInput, match="合格书记"):
        secretary(post, "leader", reason=" ")
    with pytest.raises(Refused, match="没有写由他兼任"):
        secretary(post, "member")
    held = secretary(post, "leader")
    found = standing(post, "county_office", "leader")
    assert found is not None and found.secretary is not None
    assert (found.secretary.first, found.secretary.last, found.secretary.clause) == (date(2026, 3, 1), None, "TW-7-5")
    with pytest.raises(Conflict):
        secretary(post, "leader", date(2026, 5, 1))
    actor = post.office("county_office")
    with entered(actor.scope):
        village_secretary_end(actor=actor, secretary=held, last=date(2026, 8, 31))
    assert standing(post, "county_office", "leader") is not None
    secretary(post, "leader", date(2026, 9, 1))


def test_two_village_secretaries_of_a_team_on_a_day_are_refused_by_the_database(place_of: PlaceOf) -> None:
    post = post_of(place_of("tongwei"))
    row = VillageSecretary.objects.get(pk=secretary(post, "leader"))
    row.pk, row.person = None, post.people["member"].person
    with entered(Scope(area=NATION)), pytest.raises(IntegrityError, match="secretary_one_a_day"), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.clause("TW-7-5")
@pytest.mark.parametrize("pack", ["kunming", "yulin", "dachuan"])
def test_where_no_text_speaks_of_it_nobody_leads_the_village(place_of: PlaceOf, pack: str) -> None:
    post = post_of(place_of(pack))
    with pytest.raises(Refused):
        secretary(post, "leader")


def record(post: Post, who: str, on: date = TODAY) -> ServiceRecord:
    with entered(Scope(area=NATION)):
        return service_record(person=post.people[who].person, county=post.place.area[:7], on=on)


@pytest.mark.clause("TW-5-4")
@pytest.mark.parametrize(("first", "counts"), [(date(2025, 9, 3), True), (date(2025, 9, 4), False)])
def test_exactly_a_year_counts_as_experience_and_a_day_less_does_not(
    place_of: PlaceOf, first: date, counts: bool
) -> None:
    post = Post(place_of("tongwei"))
    post.add("member", "member", first=first)
    found = record(post, "member").experience
    assert found is not None
    assert (found.counts, found.needed, found.clause) == (counts, 12, "TW-5-4")


@pytest.mark.clause("KM-12-10")
@pytest.mark.parametrize(("last", "months", "counts"), [(date(2026, 8, 30), 6, True), (date(2026, 8, 29), 5, False)])
def test_half_a_year_counts_added_up_over_all_postings(
    place_of: PlaceOf, last: date, months: int, counts: bool
) -> None:
    post = Post(place_of("kunming"))
    post.add("member", "member", first=date(2025, 1, 1), last=date(2025, 3, 31))
    post.add("member", "member", first=date(2026, 6, 1), last=last)
    found = record(post, "member")
    assert found.experience is not None
    # 90 days and 91: laid end to end from 1 January 2025 they end on 30 June.
    assert (found.experience.months, found.experience.counts, found.experience.clause) == (months, counts, "KM-12-10")
    assert [span.months for span in found.spans] == [3, 2]


@pytest.mark.clause("TW-39-6")
def test_a_recalled_posting_never_counts_and_the_certificate_says_so(place_of: PlaceOf) -> None:
    post = Post(place_of("tongwei"))
    post.add("member", "member", first=date(2023, 1, 1))
    post.add("other", "member")
    before = record(post, "member").experience
    assert before is not None and before.counts
    post.record(
        "county_org_dept",
        "member",
        "recall:召回撤换",
        decided_by="县委组织部",
        decided_on=date(2026, 9, 1),
        number="9号",
    )
    found = record(post, "member")
    assert found.experience is not None
    assert (found.experience.counts, found.experience.months, found.experience.lost) == (False, 0, "TW-39-6")
    assert [span.recalled for span in found.spans] == [True]
    assert found.months == 44


def test_nothing_is_said_of_experience_where_no_rule_speaks_of_it(place_of: PlaceOf) -> None:
    post = post_of(place_of("yulin"))
    found = record(post, "leader")
    assert (found.experience, found.months) == (None, 20)
    with pytest.raises(NotFound), entered(Scope(area=NATION)):
        service_record(person="0" * 32, county=post.place.area[:7], on=TODAY)

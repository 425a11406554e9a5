"""Who held a post on a day, or since when nobody did: an answer for every day, whatever the postings."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.core.errors import Refused
from apps.teams.compile.composition import composition_law, posts_of
from apps.teams.compile.states import village_states
from apps.teams.models import ONE_PERSON, Posting
from apps.teams.posts import Holder, post_on, stretches
from apps.teams.services import PostingEntry, postings_write
from tests.factories import actor_of, posting_of, team_of

COUNTY, VILLAGE = "C621121", "C621121100201"
DAY = date(2026, 11, 2)
START = date(2025, 1, 1)
ONE = timedelta(days=1)


def held(name: str, first: date, last: date | None, role: str = "first_secretary") -> Holder:
    return Holder(0, 1, "某单位", name, frozenset({role}), first, last)


HISTORY = [held("甲", START, date(2026, 4, 30)), held("乙", date(2026, 6, 1), None)]


@pytest.mark.parametrize(
    ("day", "who", "since", "never"),
    [
        (date(2024, 12, 31), [], None, True),
        (START, ["甲"], None, False),
        (date(2026, 4, 30), ["甲"], None, False),
        (date(2026, 5, 1), [], date(2026, 5, 1), False),
        (date(2026, 5, 31), [], date(2026, 5, 1), False),
        (date(2026, 6, 1), ["乙"], None, False),
        (date(2030, 1, 1), ["乙"], None, False),
    ],
)
def test_a_day_has_its_holder_or_the_day_since_which_there_is_none(
    day: date, who: list[str], since: date | None, never: bool
) -> None:
    found = post_on("first_secretary", HISTORY, day, due=1)
    assert ([each.name for each in found.holders], found.vacant_since, found.never) == (who, since, never)


def test_a_post_for_two_is_short_since_the_day_when_the_second_left() -> None:
    two = [held("甲", START, date(2026, 4, 30), "member"), held("乙", START, None, "member")]
    found = post_on("member", two, DAY, due=2)
    assert ([each.name for each in found.holders], found.missing, found.vacant_since) == (["乙"], 1, date(2026, 5, 1))
    assert post_on("member", two, DAY, due=1).vacant_since is None


def test_a_post_that_was_vacant_twice_is_vacant_since_the_last_time() -> None:
    gone = [*HISTORY[:1], held("乙", date(2026, 6, 1), date(2026, 7, 31))]
    assert post_on("first_secretary", gone, DAY, due=1).vacant_since == date(2026, 8, 1)


SPANS = st.tuples(st.integers(0, 60), st.one_of(st.none(), st.integers(0, 30))).map(
    lambda each: (START + each[0] * ONE, None if each[1] is None else START + (each[0] + each[1]) * ONE)
)


@given(st.lists(SPANS, max_size=7))
def test_all_time_is_cut_into_stretches_without_gap_or_overlap(spans: list[tuple[date, date | None]]) -> None:
    people = [held(str(place), *span) for place, span in enumerate(spans)]
    found = stretches("first_secretary", people)
    assert (found[0].first, found[-1].last) == (None, None)
    for one, after in pairwise(found):
        assert one.last is not None
        assert one.last + ONE == after.first
    for offset in range(-1, 95):
        day = START + offset * ONE
        there = {each.name for each in people if each.first <= day and (each.last is None or day <= each.last)}
        answer = post_on("first_secretary", people, day, due=1)
        assert {each.name for each in answer.holders} == there
        assert bool(there) is (answer.vacant_since is None and not answer.never)


PERSON, ROLES = st.integers(0, 3), st.sampled_from([("leader", "first_secretary"), ("leader",), ("member",)])
ACT = st.tuples(PERSON, ROLES, SPANS)


@pytest.mark.usefixtures("nation")
@settings(max_examples=40, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(acts=st.lists(st.lists(ACT, min_size=1, max_size=3), max_size=6))
def test_no_sequence_of_postings_leaves_two_leaders_or_a_day_without_an_answer(
    acts: list[list[tuple[int, tuple[str, ...], tuple[date, date | None]]]],
) -> None:
    with transaction.atomic():
        office, team = actor_of("county_office", COUNTY), team_of(VILLAGE)
        people = [posting_of(team, f"人{place}", "member", first=START - ONE) for place in range(4)]
        for act in acts:
            entries = {place: entry(people[place], roles, span) for place, roles, span in act}
            with suppress(Refused):
                postings_write(actor=office, county=COUNTY, entries=list(entries.values()))
        for day in (START + offset * ONE for offset in range(-2, 95)):
            now = Posting.objects.filter(team=team, first__lte=day).exclude(last__lt=day)
            for role in ONE_PERSON:
                assert now.filter(roles__contains=[role]).count() <= 1
        day = START + 40 * ONE
        [state] = village_states(VILLAGE, day)
        answers = {post.role: post for post in posts_of(state, composition_law(COUNTY, DAY))}
        assert set(ONE_PERSON) <= answers.keys()
        assert all(post.holders or post.never or post.vacant_since for post in answers.values())
        transaction.set_rollback(True)


def entry(posting: Posting, roles: tuple[str, ...], span: tuple[date, date | None]) -> PostingEntry:
    return PostingEntry(
        posting=posting.pk,
        area=posting.area,
        team=posting.team_id,
        cadre=posting.cadre_id,
        unit=posting.unit_id,
        person=posting.person,
        name=posting.name,
        roles=roles,
        first=span[0],
        last=span[1],
    )


@pytest.mark.usefixtures("nation")
@pytest.mark.parametrize("role", ONE_PERSON)
def test_the_database_refuses_two_holders_of_a_one_person_post_on_one_day(role: str) -> None:
    team = team_of(VILLAGE)
    posting_of(team, "甲", role, first=START, last=date(2026, 4, 30))
    with pytest.raises(IntegrityError, match=f"posting_one_{role}"), transaction.atomic():
        posting_of(team, "乙", role, first=date(2026, 4, 30))
    posting_of(team, "乙", role, first=date(2026, 5, 1))
    posting_of(team, "丙", "member", first=date(2026, 5, 1))
    other = team_of(f"{VILLAGE[:-1]}2")
    posting_of(other, "丁", role, first=START)


@pytest.mark.usefixtures("nation")
def test_two_people_change_places_in_one_act_and_the_refusal_says_what_to_do() -> None:
    team, office = team_of(VILLAGE), actor_of("county_office", COUNTY)
    lead, member = posting_of(team, "甲", "leader", "first_secretary"), posting_of(team, "乙", "member")
    with pytest.raises(Refused, match="一个队同一天只能有一名队长；请先给原队长填写离岗日"):
        postings_write(actor=office, county=COUNTY, entries=[entry(member, ("leader",), (member.first, None))])
    for one, other in ((lead, member), (member, lead)):
        entries = [
            entry(one, ("member",), (one.first, None)),
            entry(other, ("leader", "first_secretary"), (other.first, None)),
        ]
        postings_write(actor=office, county=COUNTY, entries=entries)
        assert Posting.objects.get(roles__contains=["leader"]) == other


FORBIDDEN = [
    pytest.param("C530113", "poor", "KM-5-5", marks=pytest.mark.clause("KM-5-5")),
    *(
        pytest.param("C610831", kind, "YL-3.1-5", marks=pytest.mark.clause("YL-3.1-5"))
        for kind in ("poor", "relocation", "demonstration")
    ),
    pytest.param("C610831", "weak_party", None, marks=pytest.mark.clause("YL-3.1-5")),
    pytest.param(COUNTY, "poor", None, marks=pytest.mark.clause("TW-3-3")),
]


@pytest.mark.usefixtures("nation")
@pytest.mark.parametrize(("county", "kind", "clause"), FORBIDDEN)
def test_a_leader_who_is_not_first_secretary_is_refused_where_the_rules_say_so(
    county: str, kind: str, clause: str | None
) -> None:
    team, office = team_of(f"{county}100201", classes=(kind,)), actor_of("county_office", county)
    member = posting_of(team, "乙", "member")
    alone = [entry(member, ("leader",), (member.first, None))]
    if clause is None:
        postings_write(actor=office, county=county, entries=alone)
        return
    with pytest.raises(Refused) as refusal:
        postings_write(actor=office, county=county, entries=alone)
    assert [finding.clause for finding in refusal.value.findings] == [clause]
    past = [replace(entry(member, ("leader",), (member.first, date(2025, 3, 1))), ground="因病另派")]
    postings_write(actor=office, county=county, entries=past)
    both = [entry(member, ("leader", "first_secretary"), (member.first, None))]
    postings_write(actor=office, county=county, entries=both)

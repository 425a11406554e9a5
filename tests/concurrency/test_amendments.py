"""Two people deciding on one proposal, and two proposals of one pack, at the same moment."""

from __future__ import annotations

from typing import Any

import pytest

from apps.accounts.access import Actor
from apps.amendments.models import Amendment
from apps.amendments.services import (
    amendment_publish,
    amendment_refuse,
    amendment_rehearse,
    amendment_upload,
)
from apps.core.errors import Conflict, Refused
from apps.core.tenancy import NATION, Scope, entered
from apps.jurisdictions.models import RulePack
from tests.amendments.packs import COUNTY, files_of, zipped
from tests.concurrency.together import together
from tests.factories import actor_of

HERE = Scope(area=COUNTY)


@pytest.fixture
def people(publishing: None, committed_db: None) -> list[Actor]:
    with entered(Scope(area=NATION)):
        return [actor_of("county_org_dept", COUNTY, name) for name in ("孙主任", "周科长", "钱科长")]


def rehearsed(actor: Actor, number: int) -> int:
    files = files_of(attendance=("at_least: 220", f"at_least: {number}"))
    with entered(HERE):
        found = amendment_upload(actor=actor, files=[zipped(files)], reason="会议")
        amendment_rehearse(actor=actor, amendment=found.pk)
    return found.pk


def names(results: list[Any]) -> list[str]:
    return sorted(each.state if isinstance(each, Amendment) else type(each).__name__ for each in results)


def versions() -> int:
    return RulePack.objects.filter(code="tongwei").count()


def test_two_who_decide_at_once_publish_once(people: list[Actor]) -> None:
    for number in range(221, 226):
        found, before = rehearsed(people[0], number), versions()
        acts = [lambda by=by, found=found: amendment_publish(actor=by, amendment=found) for by in people[1:] * 2]
        results = together(HERE, acts)
        assert names(results) == ["Conflict"] * 3 + ["published"]
        assert versions() == before + 1


def test_a_publication_and_a_refusal_at_once_end_in_one_of_them(people: list[Actor]) -> None:
    for number in range(221, 226):
        found, before = rehearsed(people[0], number), versions()
        results = together(
            HERE,
            [
                lambda found=found: amendment_publish(actor=people[1], amendment=found),
                lambda found=found: amendment_refuse(actor=people[2], amendment=found, remark="请再核对"),
            ],
        )
        assert names(results) in (["Conflict", "published"], ["Conflict", "refused"])
        assert versions() == before + ("published" in names(results))
        assert any(isinstance(each, Conflict) for each in results)


def test_of_two_proposals_of_one_pack_published_at_once_the_later_must_be_rehearsed_again(people: list[Actor]) -> None:
    one, two = rehearsed(people[0], 230), rehearsed(people[0], 240)
    acts = [lambda found=found: amendment_publish(actor=people[1], amendment=found) for found in (one, two)]
    results = together(HERE, acts)
    assert names(results) == ["Refused", "published"]
    [refused] = [each for each in results if isinstance(each, Refused)]
    assert "重新试算" in refused.message
    assert versions() == 2

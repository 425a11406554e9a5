"""What 今日待办 says of a proposal: to its proposer, to the second person, and to nobody else."""

from __future__ import annotations

import pytest

from apps.accounts.access import Actor
from apps.amendments.services import amendment_refuse, amendment_rehearse, amendment_upload
from tests.amendments.packs import COUNTY, RAISED, files_of, zipped
from tests.desk.reading import Item, items
from tests.factories import actor_of
from tests.world import browser

pytestmark = pytest.mark.usefixtures("nation")


def told(actor: Actor, kind: str) -> list[Item]:
    return [item for item in items(browser(actor.user), kind) if "制度修订" in item]


def test_a_proposal_waits_on_the_desk_for_its_proposer_to_rehearse_and_for_another_to_decide() -> None:
    first, second = (
        actor_of(office, COUNTY, name) for office, name in (("county_office", "孙主任"), ("county_org_dept", "周科长"))
    )
    elsewhere, below = (
        actor_of("county_office", "C530113", "外县主任"),
        actor_of("township_secretary", f"{COUNTY}100", "赵书记"),
    )
    found = amendment_upload(actor=first, files=[zipped(files_of(attendance=RAISED))], reason="县委常委会第9次会议")
    at = f"/rules/amendments/{found.pk}/"

    [own], [other] = told(first, "must"), told(second, "must")
    assert (own.url, other.url) == (at, at)
    assert f"制度修订第{found.pk}号：请先试算" in own
    assert f"制度修订第{found.pk}号：请确认或退回 孙主任提出 · 还没有试算 · 县委常委会第9次会议" in other
    assert not [item for actor in (elsewhere, below) for kind in ("must", "ready") for item in told(actor, kind)]

    amendment_rehearse(actor=first, amendment=found.pk)
    assert told(first, "must") == []
    [waits] = told(first, "ready")
    assert "等另一位同志确认" in waits
    [other] = told(second, "must")
    assert "已试算" in other

    amendment_refuse(actor=second, amendment=found.pk, remark="与文件不符")
    assert not [item for actor in (first, second) for kind in ("must", "ready") for item in told(actor, kind)]

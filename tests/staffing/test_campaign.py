"""While the campaign lasts: who was promoted stays, and a team stays where the village is lifted out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from apps.core.errors import Refused
from apps.core.tenancy import NATION, Scope, entered
from apps.jurisdictions.models import VillageMeasure
from tests.staffing.conftest import Place
from tests.staffing.leaving import Post

PlaceOf = Callable[..., Place]
Clock = Callable[[str], None]
DAY, AFTER = "2019-06-03 09:00+08:00", "2021-06-03 09:00+08:00"


def lifted(post: Post) -> None:
    village = post.place.team.village
    with entered(Scope(area=NATION)):
        VillageMeasure.objects.create(
            area=village.area, village=village, name="exited", number=1, first=date(2019, 1, 1), by="县扶贫办"
        )


def served(place: Place, *, others: bool = True) -> Post:
    post = Post(place)
    post.add("leader", "leader", "first_secretary", first=date(2017, 1, 1))
    if others:
        post.add("member", "member", first=date(2017, 1, 1))
    return post


@pytest.mark.clause("TW-31-4")
def test_a_promoted_leader_stays_until_the_village_is_lifted_out(place_of: PlaceOf, clock: Clock) -> None:
    clock(DAY)
    post = served(place_of("tongwei"))
    told = {"last": date(2019, 6, 3), "promoted_on": date(2019, 3, 1)}
    with pytest.raises(Refused) as refused:
        post.record("county_office", "leader", "term", **told)
    assert {finding.clause for finding in refused.value.findings} == {"TW-31-4"}
    lifted(post)
    assert post.record("county_office", "leader", "term", **told).ended_on == date(2019, 6, 3)


@pytest.mark.clause("TW-31-4")
@pytest.mark.parametrize("way", ["replacement:因病不能正常履职", "recall:召回撤换"])
def test_illness_and_recall_end_the_posting_of_a_promoted_leader(place_of: PlaceOf, clock: Clock, way: str) -> None:
    clock(DAY)
    post = served(place_of("tongwei"))
    told = {"last": date(2019, 6, 3), "promoted_on": date(2019, 3, 1)}
    if way.startswith("recall"):
        decided = {"decided_by": "县委组织部", "decided_on": date(2019, 6, 1), "number": "9号"}
        assert post.record("county_org_dept", "leader", way, **told, **decided).ended_on == date(2019, 6, 3)
    else:
        assert post.ask("county_office", "leader", way, **told).case_id


@pytest.mark.clause("TW-31-4")
def test_after_the_campaign_a_promotion_holds_nobody(place_of: PlaceOf, clock: Clock) -> None:
    clock(AFTER)
    post = served(place_of("tongwei"))
    made = post.record("county_office", "leader", "term", last=date(2021, 6, 3), promoted_on=date(2021, 3, 1))
    assert made.ended_on == date(2021, 6, 3)


@pytest.mark.parametrize(
    ("pack", "clause"),
    [
        pytest.param("tongwei", "TW-5-5", marks=pytest.mark.clause("TW-5-5")),
        pytest.param("dachuan", "CN-2.3-7", marks=pytest.mark.clause("CN-2.3-7")),
    ],
)
def test_the_last_of_a_team_does_not_leave_a_village_that_is_lifted_out_without_a_successor(
    place_of: PlaceOf, clock: Clock, pack: str, clause: str
) -> None:
    clock(DAY)
    post = served(place_of(pack), others=False)
    lifted(post)
    with pytest.raises(Refused) as refused:
        post.record("county_office", "leader", "term", last=date(2019, 6, 3), successor=False)
    assert clause in {finding.clause for finding in refused.value.findings}
    clock(AFTER)
    assert post.record("county_office", "leader", "term", last=date(2021, 6, 3), successor=False).ended_on

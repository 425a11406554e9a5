"""The strangers of `tests.world`: each has people and months of his own, so that an empty page proves nothing."""

from __future__ import annotations

from apps.accounts.models import User
from tests.factories import actor_of, person_key, posting_of, team_of, unit_of, user_of


def strangers_build(city: str, beside: tuple[str, str], far: tuple[str, str]) -> dict[str, User]:
    """Accounts by what they are: `beside` are the next township and a village of the owner's, `far` another county and
    one of its townships."""
    unit = unit_of("市交通局", city)
    near, second = team_of(beside[0] + "201", "近邻村"), team_of(beside[1], "隔壁村")
    away = team_of(far[1] + "201", "远方村")
    for team in (near, away, second):
        posting_of(team, f"外人{team.area}", "leader", "first_secretary", unit=unit)
    return {
        "another township": actor_of("township_clerk", beside[0], "外乡文书").user,
        "another county": actor_of("county_office", far[0], "外县主任").user,
        "another county's township": actor_of("township_secretary", far[1], "外县书记").user,
        "another city": actor_of("city_office", "C6108", "外市主任").user,
        "another team": actor_of("team_leader", second, "外队队长").user,
        "another unit": actor_of("unit_liaison", unit, "外单位联络员").user,
        "another cadre": user_of("外人", person=person_key(f"外人{near.area}")),
    }

"""Two counties whose regulations ask for notices: a village each with people, telephones and a roster."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
import time_machine

from apps.accounts.access import Actor
from apps.leave.models import DutyDay
from apps.notices.models import Notice, NoticeValue
from apps.notices.selectors.standing import Standing, standings
from apps.notices.services import notice_publish
from apps.notices.services.publish import draft_digest
from apps.teams.models import Posting, Team
from tests.factories import actor_of, posting_of, team_of, unit_of
from tests.world import built_world, world

__all__ = ["built_world", "world"]

NOW = "2026-11-10 09:00+08:00"
TODAY = date(2026, 11, 10)
TONGWEI, DACHUAN, KUNMING = "C621121100", "C511703100", "C530113102"


@dataclass
class Village:
    """A village whose notices are due, its township's clerk, its people by name."""

    area: str
    team: Team
    clerk: Actor
    people: dict[str, Posting]

    def standing(self, record: str, today: date = TODAY) -> Standing:
        [found] = [each for each in standings(self.area, today) if each.draft.rule.key == record]
        return found

    def publish(self, record: str, today: date = TODAY) -> Notice:
        draft = self.standing(record, today).draft
        team = draft.team.pk if draft.team else None
        seen = draft_digest(draft)
        return notice_publish(actor=self.clerk, area=self.area, record=record, team=team, seen=seen)


@pytest.fixture(autouse=True)
def november() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def village_of(township: str, people: dict[str, tuple[str, str]], classes: tuple[str, ...] = ("poor",)) -> Village:
    """A village with {name: (role, telephone)}."""
    team = team_of(f"{township}201", "河南村", classes)
    unit = unit_of("县水务局", home=township[:7])
    posted = {name: posting_of(team, name, role, unit=unit) for name, (role, _) in people.items()}
    for name, (_, phone) in people.items():
        posted[name].phone = phone
        posted[name].save()
    return Village(team.area, team, actor_of("township_clerk", township), posted)


def watch(village: Village, who: str, first: date, days: int = 1) -> None:
    """Somebody keeps watch for some days."""
    for offset in range(days):
        DutyDay.objects.create(
            area=village.area,
            team=village.team,
            posting=village.people[who],
            day=first + timedelta(days=offset),
            by="文书",
        )


@pytest.fixture
def tongwei(nation: None) -> Village:
    people = {"赵队长": ("leader", "13900000001"), "钱队员": ("member", "13900000002")}
    found = village_of(TONGWEI, people)
    watch(found, "赵队长", TODAY, 10)
    watch(found, "钱队员", TODAY + timedelta(days=10), 11)
    return found


@pytest.fixture
def dachuan(nation: None) -> Village:
    people = {"孙书记": ("first_secretary", "13900000003"), "李农技": ("agri_technician", "13900000004")}
    found = village_of(DACHUAN, people)
    for role, text in (("first_secretary", "建强基层组织"), ("agri_technician", "指导产业")):
        told = {"record": "helpers_notice", "label": "职责", "role": role, "value": text}
        NoticeValue.objects.create(area=DACHUAN, by="主任", **told)
    return found

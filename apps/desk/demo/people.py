"""Invented people: names, identity numbers that pass every check, telephone numbers that ring nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from stdnum.cn import ric

from apps.desk.demo.plan import NamesPlan, Plan
from apps.desk.demo.world import DemoCadre, DemoUnit

BORN_FIRST = date(1970, 1, 1)
BORN_DAYS = (date(1997, 12, 31) - BORN_FIRST).days
STATUSES = ("party_member", "masses", "league", "democratic", "probationary")
STATUS_WEIGHTS = (70, 16, 5, 4, 5)


class Registry:
    """Hands out people, each different.  The order of the calls decides who is who."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._numbers: set[str] = set()
        self._count = 0

    def person(
        self, rng: Random, *, key: str, county: str, unit: DemoUnit, lead: bool, places: Sequence[str]
    ) -> DemoCadre:
        """A new cadre of `unit`, born in one of `places` (six digits, as they stood in those years)."""
        self._count += 1
        woman = rng.random() < 0.3
        status = "party_member" if lead else rng.choices(STATUSES, STATUS_WEIGHTS)[0]
        return DemoCadre(
            key=key,
            county=county,
            name=full_name(rng, self._plan.names, woman=woman),
            id_number=self._id_number(rng, rng.choice(places), woman=woman),
            unit=unit.key,
            political_status=status,
            rank=self._rank(rng, unit, lead=lead),
            phone=f"199{self._count:08d}",
        )

    def _id_number(self, rng: Random, place: str, *, woman: bool) -> str:
        while True:
            number = id_number(
                place, BORN_FIRST + timedelta(days=rng.randrange(BORN_DAYS)), rng.randrange(450, 500), woman
            )
            if number not in self._numbers:
                self._numbers.add(number)
                return number

    def _rank(self, rng: Random, unit: DemoUnit, *, lead: bool) -> str:
        ranks = self._plan.units.ranks
        if lead and unit.nature in ("organ", "institution", "peoples_organisation"):
            return rng.choice(ranks["lead"][unit.level])
        return rng.choice(ranks["staff"][unit.nature])


def id_number(place: str, born: date, pair: int, woman: bool) -> str:
    """18 digits with the check digit of GB 11643.  `pair` counts men and women of one day and place (0 to 499);
    those from 450 on give order codes above 900, far from what is handed out."""
    body = f"{place}{born:%Y%m%d}{pair * 2 + (not woman):03d}"
    return body + ric.calc_check_digit(body + "0")


def full_name(rng: Random, names: NamesPlan, *, woman: bool) -> str:
    """A surname by its frequency and one or two characters; one name in thirty has a rare character."""
    surname = rng.choices(list(names.surnames), list(names.surnames.values()))[0]
    pool = names.women if woman else names.men
    given = rng.sample(pool, 2 if rng.random() < 0.78 else 1)
    if rng.random() < 0.034:
        given[-1] = rng.choice(names.rare)
    return surname + "".join(given)

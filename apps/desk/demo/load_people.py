"""Units, villages, cadres, teams and postings."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone
from pypinyin import lazy_pinyin

from apps.cadres.identity import id_encrypt, id_mask, person_key
from apps.cadres.models import Cadre, DispatchUnit
from apps.desk.demo.keys import Keys
from apps.jurisdictions.models import Village
from apps.rules.language.selectors import Case
from apps.rules.language.vocabularies import Vocabulary
from apps.rules.vocabulary import ROLE_WORDS, UNIT_LEVEL_WORDS
from apps.teams.compile.ending import COUNTY
from apps.teams.compile.sources import member_sources
from apps.teams.models import HelpingUnit, Posting, Team

BY = "县驻村办"


def load_people(keys: Keys) -> None:
    """Write everybody and where they are posted.  IntegrityError when they are there already."""
    _units(keys)
    _teams(keys)
    _cadres(keys)
    _postings(keys)
    _helpers(keys)


def _units(keys: Keys) -> None:
    rows = DispatchUnit.objects.bulk_create(
        DispatchUnit(name=unit.name, level=unit.level, nature=unit.nature, vertical=unit.vertical, home_id=unit.home)
        for unit in keys.world.units
    )
    keys.units = {unit.key: row.pk for unit, row in zip(keys.world.units, rows, strict=True)}


def _teams(keys: Keys) -> None:
    found = keys.world.teams
    villages = Village.objects.bulk_create(
        Village(area=team.village, name=team.village_name, classes=list(team.classes)) for team in found
    )
    teams = Team.objects.bulk_create(
        Team(area=team.village, village=village, name=team.name) for team, village in zip(found, villages, strict=True)
    )
    keys.teams = {team.area: team.pk for team in teams}


def _cadres(keys: Keys) -> None:
    keys.persons = {cadre.key: person_key(cadre.id_number) for cadre in keys.world.cadres}
    rows = Cadre.objects.bulk_create(
        Cadre(
            area=cadre.county,
            name=cadre.name,
            sort_key=" ".join(lazy_pinyin(cadre.name)),
            person=(person := keys.persons[cadre.key]),
            id_number=id_encrypt(cadre.id_number, area=cadre.county, person=person),
            id_masked=id_mask(cadre.id_number),
            unit_id=keys.units[cadre.unit],
            political_status=cadre.political_status,
            rank=cadre.rank,
            phone=cadre.phone,
        )
        for cadre in keys.world.cadres
    )
    keys.cadres = {cadre.key: row.pk for cadre, row in zip(keys.world.cadres, rows, strict=True)}


def _postings(keys: Keys) -> None:
    sources, levels = Sources(), {unit.key: unit.level for unit in keys.world.units}
    rows = Posting.objects.bulk_create(
        Posting(
            area=posting.village,
            team_id=keys.teams[posting.village],
            cadre_id=keys.cadres[cadre.key],
            unit_id=keys.units[cadre.unit],
            person=keys.persons[cadre.key],
            name=cadre.name,
            roles=list(posting.roles),
            first=posting.first,
            last=posting.last,
            phone=cadre.phone,
            source=sources.word(posting.village, posting.roles, levels[cadre.unit]),
        )
        for cadre, posting in keys.people()
    )
    keys.postings = {posting.cadre: row.pk for posting, row in zip(keys.world.postings, rows, strict=True)}


def _helpers(keys: Keys) -> None:
    """The unit of whoever came to a village first helps it from then on."""
    first: dict[str, Posting] = {}
    for row in Posting.objects.select_related("team").order_by("first", "pk"):
        first.setdefault(row.area, row)
    HelpingUnit.objects.bulk_create(
        HelpingUnit(area=area, village_id=row.team.village_id, unit_id=row.unit_id, first=row.first, by=BY)
        for area, row in first.items()
    )


class Sources:
    """Where the demonstration's people come from, in the words of each county's rules."""

    def __init__(self) -> None:
        self._known: dict[str, Vocabulary | None] = {}

    def word(self, village: str, roles: Sequence[str], level: str) -> str:
        """The word that names the role, else the level of the unit, else the help; '' where no word is asked for."""
        county = village[:COUNTY]
        if county not in self._known:
            self._known[county] = member_sources(county, timezone.localdate())
        offered = self._known[county]
        if offered is None or not offered.applies.matches(Case(roles=frozenset(roles))):
            return ""
        words = [word.word for word in offered.words]
        wanted = [
            *(ROLE_WORDS[role] for role in roles),
            *([UNIT_LEVEL_WORDS[level]] if level == "township" else []),
            "帮扶",
        ]
        return next((word for part in wanted for word in words if part in word), words[0])

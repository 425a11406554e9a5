"""Units, villages, cadres, teams and postings."""

from __future__ import annotations

from pypinyin import lazy_pinyin

from apps.cadres.identity import id_encrypt, id_mask, person_key
from apps.cadres.models import Cadre, DispatchUnit
from apps.desk.demo.keys import Keys
from apps.jurisdictions.models import Village
from apps.teams.models import Posting, Team


def load_people(keys: Keys) -> None:
    """Write everybody and where they are posted.  IntegrityError when they are there already."""
    _units(keys)
    _teams(keys)
    _cadres(keys)
    _postings(keys)


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
    rows = Posting.objects.bulk_create(
        Posting(
            area=posting.village,
            team_id=keys.teams[posting.village],
            cadre_id=keys.cadres[cadre.key],
            unit_id=keys.units[cadre.unit],
            person=keys.persons[cadre.key],
            name=cadre.name,
            phone=cadre.phone,
            roles=list(posting.roles),
            first=posting.first,
            last=posting.last,
        )
        for cadre, posting in keys.people()
    )
    keys.postings = {posting.cadre: row.pk for posting, row in zip(keys.world.postings, rows, strict=True)}

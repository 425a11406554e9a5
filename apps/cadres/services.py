"""The only writers of people and units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction

from apps.accounts.access import Actor, require
from apps.cadres.identity import id_encrypt, id_mask
from apps.cadres.models import DispatchUnit
from apps.cadres.names import sort_key
from apps.core.sql import change, fetch, records


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """A dispatch unit; `home` is the code of its division."""

    name: str
    home: str
    level: str
    nature: str
    vertical: bool


@dataclass(slots=True)
class CadreEntry:
    """A person of a county; `person` is `identity.person_key` of the number, `unit` the unit's id."""

    person: str
    id_number: str = field(repr=False)
    name: str
    unit: int
    political_status: str
    rank: str
    phone: str


@transaction.atomic
def units_add(*, actor: Actor, entries: Sequence[UnitEntry]) -> dict[tuple[str, str], int]:
    """Add the units that are new; {(home, name): id} of all given.

    Units are shared by all counties: one that exists is left as it is, whatever the entry says of it.  Forbidden
    without the right to import a roster.
    """
    require(actor, "roster.import")
    change(
        """
        INSERT INTO cadres_dispatchunit (name, home_id, level, nature, vertical)
        SELECT name, home, level, nature, vertical
        FROM json_to_recordset(%s::json) AS x(name text, home text, level text, nature text, vertical boolean)
        ON CONFLICT (home_id, name) DO NOTHING
        """,
        [records(map(_unit, entries))],
    )
    wanted = {(entry.home, entry.name) for entry in entries}
    rows = DispatchUnit.objects.filter(name__in=[name for _, name in wanted]).values_list("home_id", "name", "pk")
    return {(home, name): key for home, name, key in rows if (home, name) in wanted}


@transaction.atomic
def cadres_write(*, actor: Actor, county: str, entries: Sequence[CadreEntry]) -> dict[str, int]:
    """Add people to a county, or change what is known of those it has; {person: id} of all given.

    A person is one row per county, found by the keyed hash of his number; the number of an existing row is never
    rewritten.  The same entries twice change nothing the second time.  NotFound for another county's people, Forbidden
    without the right to import a roster.
    """
    require(actor, "roster.import", county)
    rows = fetch(
        """
        INSERT INTO cadres_cadre
            (area, person, id_number, id_masked, name, sort_key, unit_id, political_status, rank, phone)
        SELECT %s, x.person, decode(x.number, 'hex'), x.masked, x.name, x.sort_key, x.unit, x.political, x.rank, x.phone
        FROM json_to_recordset(%s::json) AS x(person text, number text, masked text, name text, sort_key text,
                                              unit bigint, political text, rank text, phone text)
        ON CONFLICT (area, person) DO UPDATE
        SET name = excluded.name, sort_key = excluded.sort_key, unit_id = excluded.unit_id,
            political_status = excluded.political_status, rank = excluded.rank, phone = excluded.phone
        RETURNING person, id
        """,
        [county, records(_row(county, entry) for entry in entries)],
    )
    return dict(rows)


def _unit(entry: UnitEntry) -> dict[str, str | bool]:
    return {key: getattr(entry, key) for key in entry.__slots__}


def _row(county: str, entry: CadreEntry) -> dict[str, str | int]:
    return {
        "person": entry.person,
        "number": id_encrypt(entry.id_number, area=county, person=entry.person).hex(),
        "masked": id_mask(entry.id_number),
        "name": entry.name,
        "sort_key": sort_key(entry.name),
        "unit": entry.unit,
        "political": entry.political_status,
        "rank": entry.rank,
        "phone": entry.phone,
    }

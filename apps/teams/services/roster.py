"""Teams as a roster brings them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import transaction

from apps.accounts.access import Actor, require
from apps.core.sql import change, fetch, records


@dataclass(frozen=True, slots=True)
class TeamEntry:
    """A team; `team` is its id when it exists, `village` the village's id, `area` its code."""

    team: int | None
    village: int
    area: str
    name: str


_RENAME = """
UPDATE teams_team t SET name = x.name
FROM json_to_recordset(%s::json) AS x(team bigint, name text) WHERE t.id = x.team
"""
_ADD = """
INSERT INTO teams_team (area, village_id, name)
SELECT x.area, x.village, x.name FROM json_to_recordset(%s::json) AS x(area text, village bigint, name text)
ON CONFLICT (village_id, name) DO NOTHING
"""
_FIND = """
SELECT t.area, t.id FROM json_to_recordset(%s::json) AS x(village bigint, name text)
JOIN teams_team t ON t.village_id = x.village AND t.name = x.name
"""


@transaction.atomic
def teams_write(*, actor: Actor, county: str, entries: Sequence[TeamEntry]) -> dict[str, int]:
    """Add teams and rename those that exist; {area: id} of all given.

    NotFound outside the actor's area, Forbidden without the right to import a roster.
    """
    require(actor, "roster.import", county)
    change(_RENAME, [records(asdict(entry) for entry in entries if entry.team)])
    change(_ADD, [records(asdict(entry) for entry in entries if not entry.team)])
    return dict(fetch(_FIND, [records(map(asdict, entries))]))

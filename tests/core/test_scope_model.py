"""The manager and row-level security against a reference model of thirty lines, on random places and scopes."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.core.tenancy import NATION, Scope, entered
from apps.ledgers.models import Job
from apps.teams.models import Posting
from tests.core.tables import run
from tests.world import World

PERSONS = ["a" * 32, "b" * 32, "0" * 32]
AREAS = st.builds(
    lambda length, digits: "C" + digits[:length],
    st.sampled_from([0, 2, 4, 6, 9, 12]),
    st.text("019", min_size=12, max_size=12),
)
ROW = st.tuples(
    AREAS.filter(lambda area: len(area) == 13), st.integers(1, 3), st.sampled_from(PERSONS), st.integers(1, 3)
)
SCOPES = st.one_of(
    st.builds(lambda area: Scope(area=area), AREAS),
    st.builds(lambda unit: Scope(unit=unit), st.integers(1, 4)),
    st.builds(lambda person: Scope(person=person), st.sampled_from(PERSONS)),
    st.builds(lambda team: Scope(team=team), st.integers(1, 4)),
)


@dataclass(frozen=True)
class Row:
    """A posting as the reference model knows it."""

    pk: int
    area: str
    unit: int
    person: str
    team: int

    def seen_in(self, scope: Scope) -> bool:
        if scope.area is not None:
            return self.area.startswith(scope.area)
        if scope.unit is not None:
            return self.unit == scope.unit
        if scope.person is not None:
            return self.person == scope.person
        return self.team == scope.team


def stored(rows: list[tuple[str, int, str, int]]) -> list[Row]:
    """The rows as postings, without the people they point to: foreign keys are asked only at a commit."""
    found = []
    with entered(Scope(area=NATION)):
        for area, unit, person, team in rows:
            [(pk,)] = run(
                "INSERT INTO teams_posting (area, team_id, cadre_id, unit_id, person, name, roles, first)"
                " VALUES (%s, %s, (SELECT count(*) + 1000 FROM teams_posting), %s, %s, '某人', '{member}', '2026-01-01')"
                " RETURNING id",
                [area, team, unit, person],
            )
            found.append(Row(pk, area, unit, person, team))
    return found


@settings(max_examples=150, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(rows=st.lists(ROW, min_size=1, max_size=12), scopes=st.lists(SCOPES, min_size=1, max_size=8))
def test_every_scope_shows_exactly_the_rows_that_the_model_shows(
    world: World, rows: list[tuple[str, int, str, int]], scopes: list[Scope]
) -> None:
    with transaction.atomic():
        with entered(Scope(area=NATION)):
            known = set(Posting.objects.values_list("pk", flat=True))
        postings = stored(rows)
        for scope in scopes:
            expected = {row.pk for row in postings if row.seen_in(scope)}
            with entered(scope):
                assert set(Posting.objects.values_list("pk", flat=True)) - known == expected
                assert {pk for (pk,) in run("SELECT id FROM teams_posting")} - known == expected
        transaction.set_rollback(True)


@settings(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(areas=st.lists(AREAS, min_size=1, max_size=12), outer=AREAS, inner=st.one_of(AREAS, st.text(max_size=6)))
def test_narrowing_to_an_area_never_shows_more_than_the_scope_around_it(
    world: World, areas: list[str], outer: str, inner: str
) -> None:
    with transaction.atomic():
        with entered(Scope(area=NATION)):
            Job.objects.all().delete()
            Job.objects.bulk_create(Job(area=area, kind="x", by="某人") for area in areas)
        with entered(Scope(area=outer)):
            found = sorted(Job.objects.within(inner).values_list("area", flat=True))
        valid = inner.startswith("C") and inner[1:].isascii() and (inner[1:].isdigit() or inner == "C")
        valid = valid and len(inner) in (1, 3, 5, 7, 10, 13)
        assert found == sorted(area for area in areas if valid and area.startswith(outer) and area.startswith(inner))
        transaction.set_rollback(True)

"""Scopes: what one is, that the outer one comes back, and that nothing is read without one."""

from __future__ import annotations

import pytest
from django.apps import apps

from apps.core import tenancy
from apps.core.errors import NoScope
from apps.core.sql import change, fetch
from apps.core.tenancy import NATION, Scope, TenantModel, area_contains, area_end, entered
from apps.teams.models import Team
from tests.core.tables import SETTINGS, run
from tests.world import TOWNSHIP, World

pytestmark = pytest.mark.django_db
MODELS = [model for model in apps.get_models() if issubclass(model, TenantModel)]


def told() -> dict[str, str]:
    return {name: run("SELECT coalesce(current_setting(%s, true), '')", [name])[0][0] for name in SETTINGS}


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"area": ""},
        {"area": "c53"},
        {"area": "C5"},
        {"area": "C53 "},
        {"area": "C530113102201\n"},
        {"area": "530113"},
        {"area": "C５３"},
        {"area": "C53", "unit": 1},
        {"person": "g" * 32},
        {"person": "a" * 31},
        {"person": ""},
        {"notice": ""},
        {"notice": "cana-ryca-nary"},
        {"notice": "cana-ryca-nary-can%"},
        {"notice": "cana-ryca-nary-cana\n"},
        {"notice": "cana-ryca-nary-cana", "area": "C53"},
    ],
)
def test_a_scope_that_is_not_exactly_one_place_unit_person_or_team_does_not_exist(values: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"scope|area|person|notice"):
        Scope(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("area", "end", "inside", "outside"),
    [
        ("C", "D", "C659004", "D"),
        ("C53", "C54", "C530113102201", "C54"),
        ("C530119", "C53011:", "C530119999999", "C530120"),
        ("C530113102201", "C530113102202", "C530113102201", "C530113102202"),
    ],
)
def test_an_area_ends_before_the_first_code_that_is_not_below_it(
    area: str, end: str, inside: str, outside: str
) -> None:
    assert area_end(area) == end
    assert area <= inside < end
    assert not area <= outside < end
    assert area_contains(area, inside) and not area_contains(area, outside)


def test_the_empty_string_contains_nothing() -> None:
    assert not area_contains("", "C53")


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_no_tenant_row_is_read_outside_a_scope(model: type[TenantModel]) -> None:
    with pytest.raises(NoScope):
        model.objects.all()
    with pytest.raises(NoScope):
        model.objects.filter(pk=1).exists()


def test_no_raw_statement_runs_outside_a_scope() -> None:
    with pytest.raises(NoScope):
        fetch("SELECT 1", [])
    with pytest.raises(NoScope):
        change("UPDATE teams_team SET name = name", [])


def test_leaving_a_scope_brings_back_the_one_around_it(world: World) -> None:
    outer, inner = Scope(area=TOWNSHIP), Scope(unit=7)
    with entered(outer):
        before = told()
        with entered(inner):
            assert (told()["app.unit"], told()["app.area"]) == ("7", "")
            assert tenancy.current() == inner
            with entered(Scope(area=NATION)):
                assert told()["app.area"] == NATION
            assert told()["app.unit"] == "7"
        assert (told(), tenancy.current()) == (before, outer)
    assert tenancy.current() is None
    assert set(told().values()) == {""}


def test_an_error_inside_an_inner_scope_brings_back_the_outer_one_too(world: World) -> None:
    with entered(Scope(area=TOWNSHIP)):
        before = told()
        with pytest.raises(RuntimeError), entered(Scope(area=NATION)):
            run("SELECT 1")
            raise RuntimeError
        assert told() == before
        with pytest.raises(Exception, match="division"), entered(Scope(area=NATION)):
            run("SELECT 1/0")
        assert told() == before
        assert Team.objects.filter(area__startswith="C62").count() == 0
    assert tenancy.current() is None


def test_an_area_that_is_none_narrows_to_nothing(world: World) -> None:
    with entered(Scope(area=NATION)):
        assert Team.objects.within("C53").count() == 3
        for area in ("", "%", "C5", "C53'", "c53", "C53\x00"):
            assert Team.objects.within(area).count() == 0

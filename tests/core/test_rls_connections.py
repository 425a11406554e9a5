"""Connections: what a fresh one, a used one and one between two scopes see."""

from __future__ import annotations

from django.db import connection

from apps.core.tenancy import NATION, Scope, entered
from tests.core.classes import TENANT
from tests.core.tables import count, run
from tests.factories import team_of
from tests.world import TOWNSHIP


def test_a_fresh_connection_and_a_used_one_both_see_nothing(committed_db: None) -> None:
    with entered(Scope(area=NATION)):
        team_of(f"{TOWNSHIP}201")
        assert count("teams_team") == 1
    assert run("SELECT current_setting('app.area', true)") == [("",)], "a used connection says '', not NULL"
    assert [count(table) for table in TENANT] == [0] * len(TENANT)
    connection.close()
    assert run("SELECT current_setting('app.area', true)") == [(None,)]
    assert [count(table) for table in TENANT] == [0] * len(TENANT)

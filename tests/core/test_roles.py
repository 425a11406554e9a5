"""The web role against the database: what it may not do, tried one by one."""

from __future__ import annotations

import pytest

from tests.core.classes import GLOBAL, TENANT
from tests.core.tables import changed, run
from tests.world import World

REFUSED = "42501"
ATTACKS = {
    "become the owner": "SET ROLE app_owner",
    "become a superuser": "SET ROLE postgres",
    "change the session's user": "SET SESSION AUTHORIZATION app_owner",
    "turn triggers off for the session": "SET session_replication_role = replica",
    "turn a trigger off": "ALTER TABLE ledgers_ledgerline DISABLE TRIGGER ALL",
    "turn row security off": "ALTER TABLE teams_team DISABLE ROW LEVEL SECURITY",
    "own a table": "ALTER TABLE teams_team OWNER TO app",
    "drop a policy": "DROP POLICY area ON teams_team",
    "add a policy": "CREATE POLICY mine ON teams_team USING (true)",
    "empty a table": "TRUNCATE ledgers_ledgerevent",
    "drop a table": "DROP TABLE ledgers_ledgerevent",
    "make a table": "CREATE TABLE mine (id int)",
    "make a function": "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "change a function": "DROP FUNCTION history_context_kept()",
    "make a role": "CREATE ROLE mine",
    "give itself more": "ALTER ROLE app BYPASSRLS",
    "read files": "COPY teams_team FROM '/etc/passwd'",
    "read passwords": "SELECT rolpassword FROM pg_authid",
    "pass row security by": "COPY teams_team FROM STDIN",
}
SQLSTATES = {
    "become a superuser": (REFUSED, "22023"),  # the role need not exist
    "pass row security by": (REFUSED, "0A000"),  # COPY FROM is not supported under row security
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_web_role_cannot(world: World, attack: str) -> None:
    assert changed(ATTACKS[attack]) in SQLSTATES.get(attack, (REFUSED,))


@pytest.mark.parametrize("table", sorted(TENANT.keys() | GLOBAL.keys()))
def test_the_web_role_has_rows_and_nothing_else_of(world: World, table: str) -> None:
    rights = run(
        "SELECT p FROM unnest(ARRAY['TRUNCATE', 'REFERENCES', 'TRIGGER']) p WHERE has_table_privilege(%s, p)", [table]
    )
    assert rights == []


def test_turning_row_security_off_is_an_error_never_all_rows(world: World) -> None:
    run("SET LOCAL row_security = off")
    assert changed("UPDATE teams_team SET name = name") == REFUSED
    run("SET LOCAL row_security = on")


def test_no_view_or_function_runs_with_the_rights_of_its_owner(world: World) -> None:
    assert run(
        "SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
        " UNION ALL SELECT relname FROM pg_class WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace"
    ) == []  # fmt: skip

"""Row-level security on paper: every table is classed, and every tenant table has it, forced, with its policies."""

from __future__ import annotations

import pytest
from django.apps import apps

from apps.core.tenancy import TenantModel
from tests.core.classes import APPEND_ONLY, GLOBAL, TENANT
from tests.core.tables import run

pytestmark = pytest.mark.django_db


def test_every_table_is_classed_and_every_class_has_its_table() -> None:
    rows = run("SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace")
    assert {name for (name,) in rows} == TENANT.keys() | GLOBAL.keys()
    assert not TENANT.keys() & GLOBAL.keys()


def test_every_tenant_model_and_its_history_is_in_the_tenant_class() -> None:
    tenant = {model for model in apps.get_models() if issubclass(model, TenantModel)}
    events = {model for model in apps.get_models() if getattr(model, "pgh_tracked_model", None) in tenant}
    assert {model._meta.db_table for model in tenant | events} == TENANT.keys()
    assert {model._meta.db_table: model.scope_columns for model in tenant} == {
        table: columns for table, columns in TENANT.items() if not table.endswith("event")
    }


def test_security_is_on_and_forced_on_every_tenant_table() -> None:
    rows = run("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
    assert {name for (name,) in rows} == TENANT.keys()


def test_every_tenant_table_has_exactly_its_policies() -> None:
    rows = run("SELECT tablename, policyname, cmd, permissive, qual, with_check FROM pg_policies")
    found = {(table, name): (cmd, permissive, using, check) for table, name, cmd, permissive, using, check in rows}
    assert found.keys() == {(table, name) for table, readers in TENANT.items() for name in ("area", *readers)}
    for (_, name), (cmd, permissive, using, check) in found.items():
        assert permissive == "PERMISSIVE"
        if name == "area":
            compared = check.replace("( SELECT ", "").replace(' AS "nullif")', "")
            assert (cmd, using) == ("ALL", compared), "what may be written is what may be read"
        else:
            assert (cmd, check) == ("SELECT", None), "a unit, a person and a team read; they never write"


def test_area_is_required_everywhere_and_has_no_default() -> None:
    rows = run("SELECT table_name FROM information_schema.columns WHERE column_name = 'area' AND is_nullable = 'NO'"
               " AND column_default IS NULL AND collation_name = 'C' AND table_schema = 'public'")  # fmt: skip
    assert {name for (name,) in rows} >= TENANT.keys()


def test_the_application_can_add_to_append_only_tables_and_not_change_them() -> None:
    for table in APPEND_ONLY:
        found = run(
            "SELECT has_table_privilege(%s, 'INSERT'), has_table_privilege(%s, 'UPDATE'),"
            " has_table_privilege(%s, 'DELETE')",
            [table] * 3,
        )
        assert found == [(True, False, False)], table

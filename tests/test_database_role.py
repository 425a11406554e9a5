"""Row-level security is silently off for superusers and owners: the suite must be neither."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db


def test_the_suite_runs_as_the_web_role_which_row_level_security_binds() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == ("app", False, False)


def test_the_web_role_owns_no_table_and_belongs_to_no_other_role() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE pg_get_userbyid(relowner) = current_user")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT count(*) FROM pg_auth_members WHERE member = current_user::regrole")
        assert cursor.fetchone() == (0,)


def test_the_web_role_may_empty_alter_or_bind_triggers_to_no_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            " AND (has_table_privilege(oid, 'TRUNCATE') OR has_table_privilege(oid, 'TRIGGER')"
            " OR has_table_privilege(oid, 'REFERENCES'))"
        )
        assert cursor.fetchall() == []
        cursor.execute(
            "SELECT has_schema_privilege('public', 'CREATE'), has_database_privilege(current_database(), 'CREATE')"
        )
        assert cursor.fetchone() == (False, False)

"""Row-level security as migration operations.  Source: design.md decision 3, security.md I1–I3 and D1.

Under FORCE the owner obeys too; migrations run as a role with BYPASSRLS.  Comparisons are ranges of text and
equality, all leakproof, so the planner keeps its indexes.  Every setting is read through nullif, because after
a SET LOCAL it is '' and not NULL; the unit is cast only when it is a number, so garbage shows nothing.

A setting in a subquery is worked out once for a statement instead of once for each row, but hides its value from the
planner.  So the area that is read is compared in place (the planner then knows how much of a table it is), and the
area that is written, the unit, the team, the person and the notice through a subquery.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import migrations


def _text(setting: str) -> str:
    return f"nullif(current_setting('{setting}', true), '')"


def _number(setting: str) -> str:
    return (
        f"CASE WHEN current_setting('{setting}', true) ~ '^[0-9]{{1,18}}$' "
        f"THEN current_setting('{setting}', true)::bigint END"
    )


_READ = f"area >= {_text('app.area')} AND area < {_text('app.area_end')}"
_WRITTEN = f"area >= (SELECT {_text('app.area')}) AND area < (SELECT {_text('app.area_end')})"
_BY = {
    "unit": lambda column: f"{column} = (SELECT {_number('app.unit')})",
    "team": lambda column: f"{column} = (SELECT {_number('app.team')})",
    "person": lambda column: f"{column} = (SELECT {_text('app.person')})",
    "notice": lambda column: f"{column} = (SELECT {_text('app.notice')})",
}


def tenant_table(table: str, *, readers: dict[str, str] | None = None) -> migrations.RunSQL:
    """Enable and force security on `table`: its area reads and writes; `readers` maps unit, team, person or
    notice to the column by which such a scope reads (never writes) it."""
    statements = [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY area ON {table} USING ({_READ}) WITH CHECK ({_WRITTEN})",
    ]
    for kind, column in (readers or {}).items():
        statements.append(f"CREATE POLICY {kind} ON {table} FOR SELECT USING ({_BY[kind](column)})")
    return migrations.RunSQL(";\n".join(statements), reverse_sql=_undo(table, list(readers or {})))


def kept(table: str, role: str) -> migrations.RunSQL:
    """The application may never remove a row of `table`: others name its rows without a constraint."""
    return migrations.RunSQL(f"REVOKE DELETE ON {table} FROM {role}", reverse_sql=f"GRANT DELETE ON {table} TO {role}")


def _undo(table: str, kinds: Sequence[str]) -> str:
    drops = [f"DROP POLICY {name} ON {table}" for name in ["area", *kinds]]
    drops += [f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY", f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"]
    return ";\n".join(drops)


def append_only(table: str, role: str) -> migrations.RunSQL:
    """The application may add to `table` and read it, never change or remove a row."""
    return migrations.RunSQL(
        f"REVOKE UPDATE, DELETE ON {table} FROM {role}", reverse_sql=f"GRANT UPDATE, DELETE ON {table} TO {role}"
    )

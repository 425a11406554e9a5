"""Many rows in one statement, with the times that the demonstration gives them.

`bulk_create` would put the moment of loading into columns that fill themselves.  Only the demonstration writes a past.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection, models
from psycopg2.extras import Json, execute_values  # type: ignore[import-untyped]


def insert(model: type[models.Model], rows: Iterable[Mapping[str, Any]]) -> int:
    """Insert rows given as {field: value}, all with the fields of the first; how many there were.

    Values are plain: ids for foreign keys, lists for arrays, dicts and lists for JSON.  FieldDoesNotExist on a field
    that the model lacks, KeyError on a row that lacks one.  Obeys row-level security like every statement.
    """
    found = list(rows)
    if not found:
        return 0
    names = list(found[0])
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    wrap = [Json if isinstance(field, models.JSONField) else _same for field in fields]
    values = [tuple(form(row[name]) for form, name in zip(wrap, names, strict=True)) for row in found]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    with connection.cursor() as cursor:
        statement = f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES %s'  # noqa: S608
        execute_values(cursor.cursor, statement, values, page_size=1000)
    return len(found)


def _same(value: Any) -> Any:
    return value

"""Reference data at every start: missing or changed rows come back, the others are not written again."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection

from apps.jurisdictions.models import Clause, Division

pytestmark = pytest.mark.usefixtures("reference")


def versions(table: str) -> dict[str, str]:
    """{key: the transaction that wrote the row}."""
    key = "code" if table.endswith("division") else "id"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {key}, xmin::text || ctid::text FROM {table}")
        return dict(cursor.fetchall())


def test_a_second_start_writes_no_row_again() -> None:
    tables = ("jurisdictions_division", "jurisdictions_clause")
    before = [versions(table) for table in tables]
    call_command("rules_publish")
    assert [versions(table) for table in tables] == before
    assert [len(found) > 600 for found in before] == [True, True]


def test_a_row_that_was_lost_or_changed_comes_back() -> None:
    clause = Clause.objects.get(pk="TW-13-2")
    Division.objects.filter(pk="C621121100").update(name="错名", parent="C62")
    Clause.objects.filter(pk="TW-13-2").update(gist="改过", body={})
    Clause.objects.filter(pk="TW-13-3").delete()
    call_command("rules_publish")
    township = Division.objects.get(pk="C621121100")
    assert (township.name, township.parent_id) == ("平襄镇", "C621121")
    again = Clause.objects.get(pk="TW-13-2")
    assert (again.gist, again.body) == (clause.gist, clause.body)
    assert Clause.objects.filter(pk="TW-13-3").exists()


def test_an_emptied_catalogue_is_filled_again() -> None:
    count = Clause.objects.count()
    Clause.objects.all().delete()
    call_command("rules_publish")
    assert Clause.objects.count() == count

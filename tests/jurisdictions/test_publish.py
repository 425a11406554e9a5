"""Reference data at every start: missing or changed rows come back, the others are not written again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from apps.jurisdictions.models import Clause, Division
from apps.jurisdictions.selectors import pack_of
from apps.jurisdictions.services import pack_publish, shipped_packs_publish
from apps.rules.pack import Pack

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


def test_an_update_of_the_software_leaves_what_people_published(tmp_path: Path) -> None:
    own = pack_of("C621121")
    assert own is not None
    changed = Pack.load(own.model_copy(update={"number": "通办发〔2026〕1号"}).dump())
    assert pack_publish(pack=changed, proposed_by="张某", confirmed_by="李某")
    newer = shutil.copytree(settings.BASE_DIR / "fixtures" / "rules", tmp_path / "rules")
    for code in ("tongwei", "yulin"):
        header = newer / code / "pack.yaml"
        header.write_text(header.read_text("utf-8").replace("title: ", "title: 新版", 1), "utf-8")
    assert shipped_packs_publish(folder=newer) == (1, ["tongwei"])
    held = [pack_of(area) for area in ("C621121", "C6108")]
    assert [pack and pack.title[:2] for pack in held] == ["通渭", "新版"]
    assert held[0] is not None
    assert held[0].number == "通办发〔2026〕1号"

"""History by trigger: whatever changes a tracked row leaves what it was; what is final refuses every change."""

from __future__ import annotations

import pghistory
import pytest
from django.apps import apps
from django.db import InternalError, ProgrammingError, transaction

from apps.core.tenancy import NATION, Scope, TenantModel, entered
from apps.ledgers.models import Ledger, LedgerLine
from tests.core.classes import APPEND_ONLY
from tests.core.tables import changed, run
from tests.world import COUNTY, World

# A column of text of each tracked table.
TEXTS = {
    "amendments_amendment": "remark",
    "attendance_dayspan": "document",
    "attendance_sheetline": "by",
    "attendance_sheetsignature": "signer",
    "cadres_cadre": "rank",
    "jurisdictions_village": "name",
    "jurisdictions_villageclassspan": "by",
    "jurisdictions_villagemeasure": "by",
    "jurisdictions_villageneed": "by",
    "leave_dutyday": "by",
    "leave_leavedue": "basis",
    "leave_leavefiling": "label",
    "leave_leaverequest": "reason",
    "leave_restplan": "way",
    "ledgers_ledger": "attested_by",
    "notices_noticevalue": "by",
    "staffing_candidate": "exception",
    "staffing_case": "reason",
    "staffing_departure": "number",
    "staffing_handover": "by",
    "staffing_handoverparty": "note",
    "staffing_opening": "note",
    "staffing_partyrelation": "branch",
    "staffing_villagesecretary": "reason",
    "teams_helpingunit": "by",
    "teams_posting": "name",
    "teams_team": "name",
    "teams_teammonth": "attested_by",
}
# Lines of signed ledgers point to them, or published rules rest on them: never removed.
KEPT = frozenset(
    {
        "amendments_amendment",
        "teams_posting",
        "cadres_dispatchunit",
        "ledgers_ledger",
        "leave_leaverequest",
        "leave_leavefiling",
        "staffing_candidate",
        "staffing_case",
        "staffing_departure",
        "staffing_handover",
        "staffing_handoverparty",
        "staffing_opening",
    }
)
# Rows that may be changed at all: a request for leave and a case only while they are returned for changes.
OPEN = {"leave_leaverequest": {"state": "returned"}, "staffing_case": {"state": "returned"}}
WAYS = ("save", "update", "bulk_update", "raw SQL", "delete one", "delete many", "raw delete")
FINAL = "P0001"  # raise_exception of a trigger
REFUSED = "42501"


def tracked() -> dict[str, type[TenantModel]]:
    models = {getattr(model, "pgh_tracked_model", None) for model in apps.get_models()} - {None}
    return {model._meta.db_table: model for model in models}


def test_every_tracked_table_is_tried_below(db: None) -> None:
    assert tracked().keys() == TEXTS.keys()


def act(way: str, model: type[TenantModel], column: str, pk: int) -> None:
    """Change or remove one row in one of the ways that there are."""
    table, rows = model._meta.db_table, model.objects.filter(pk=pk)
    if way == "save":
        row = rows.get()
        setattr(row, column, "改后")
        row.save(update_fields=[column])
    elif way == "update":
        rows.update(**{column: "改后"})
    elif way == "bulk_update":
        row = rows.get()
        setattr(row, column, "改后")
        model.objects.bulk_update([row], [column])
    elif way == "raw SQL":
        run(f"UPDATE {table} SET {column} = '改后' WHERE id = %s", [pk])
    elif way == "delete one":
        run(f"DELETE FROM {table} WHERE id = %s", [pk])
    elif way == "delete many":
        rows._raw_delete("default")
    else:
        run(f"WITH gone AS (DELETE FROM {table} WHERE id = %s RETURNING id) SELECT * FROM gone", [pk])


@pytest.mark.parametrize(
    ("table", "way"),
    [(table, way) for table in TEXTS for way in WAYS if table not in KEPT or "delete" not in way],
)
def test_a_change_leaves_the_row_as_it_was_with_who_made_it(world: World, table: str, way: str) -> None:
    model, column = tracked()[table], TEXTS[table]
    with entered(Scope(area=NATION)):
        pk = model.objects.within(COUNTY).filter(**OPEN.get(table, {})).values_list("pk", flat=True).first()
        [(before,)] = run(f"SELECT {column} FROM {table} WHERE id = %s", [pk])
        [(events,)] = run(f"SELECT count(*) FROM {table}event WHERE id = %s", [pk])
        with pghistory.context(name="核对人", path="/核对/"):
            act(way, model, column, pk)
        found = run(
            f"SELECT e.{column}, e.pgh_label, c.metadata->>'name', c.metadata->>'path' FROM {table}event e"
            " LEFT JOIN pghistory_context c ON c.id = e.pgh_context_id WHERE e.id = %s ORDER BY pgh_id",
            [pk],
        )
        assert len(found) == events + 1
        assert found[-1] == (before, "removed" if "delete" in way else "replaced", "核对人", "/核对/")


@pytest.mark.parametrize("table", sorted(KEPT))
def test_what_others_rest_on_is_never_removed(world: World, table: str) -> None:
    with entered(Scope(area=NATION)):
        assert changed(f"DELETE FROM {table}") in (REFUSED, FINAL)


def test_many_rows_in_one_statement_leave_as_many_events(world: World) -> None:
    with entered(Scope(area=NATION)):
        before = run("SELECT count(*) FROM teams_postingevent")[0][0]
        touched = run("WITH t AS (UPDATE teams_posting SET name = name || '改' RETURNING id) SELECT count(*) FROM t")[
            0
        ][0]
        assert touched > 3
        assert run("SELECT count(*) FROM teams_postingevent")[0][0] == before + touched


@pytest.mark.parametrize("table", sorted(APPEND_ONLY))
def test_what_is_append_only_refuses_update_delete_and_truncate(world: World, table: str) -> None:
    with entered(Scope(area=NATION)):
        column = run(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_nullable = 'NO' LIMIT 1",
            [table],
        )[0][0]
        assert changed(f"UPDATE {table} SET {column} = {column}") == REFUSED
        assert changed(f"DELETE FROM {table}") == REFUSED
        assert changed(f"TRUNCATE {table}") == REFUSED


@pytest.mark.parametrize(
    "change",
    [
        "area = 'C530113103'",
        "kind = 'county'",
        "month = '2026-06-01'",
        "version = 9",
        "people = people + 1",
        "totals = '{}'",
        "parts = '[1]'",
        "hash = repeat('0', 64)",
        "book_id = (SELECT hash FROM ledgers_frozenbook WHERE hash <> book_id LIMIT 1)",
    ],
)
@pytest.mark.parametrize("state", ["draft", "submitted", "accepted"])
def test_the_content_of_a_drafted_ledger_refuses_every_change(world: World, state: str, change: str) -> None:
    with entered(Scope(area=NATION)):
        run("INSERT INTO ledgers_frozenbook (hash, content) VALUES (repeat('1', 64), '{}')")
        pk = getattr(world, state)
        assert changed(f"UPDATE ledgers_ledger SET {change} WHERE id = %s", [pk]) == FINAL
        assert changed("UPDATE ledgers_ledger SET reason = '说明' WHERE id = %s", [pk]) == 1


def test_a_signed_line_refuses_the_owner_too(world: World) -> None:
    """The trigger stands behind the grant: it holds for whoever gets the right to update."""
    triggers = run(
        "SELECT tgtype & 28 FROM pg_trigger WHERE tgrelid = 'ledgers_ledgerline'::regclass AND tgname LIKE '%%final%%'"
    )
    assert triggers == [(24,)], "before update (16) or delete (8)"
    with entered(Scope(area=NATION)), pytest.raises((ProgrammingError, InternalError)), transaction.atomic():
        LedgerLine.objects.filter(ledger=world.accepted, posting=world.member).update(name="改后")


def test_the_context_of_an_event_can_be_completed_and_not_rewritten(world: World) -> None:
    with entered(Scope(area=NATION)):
        with pghistory.context(name="核对人"):
            run("UPDATE teams_team SET name = '改一' WHERE id = %s", [world.team.pk])
            with pghistory.context(reason="更正"):
                run("UPDATE teams_team SET name = '改二' WHERE id = %s", [world.team.pk])
        [(key, metadata)] = run(
            "SELECT c.id, c.metadata FROM teams_teamevent e JOIN pghistory_context c ON c.id = e.pgh_context_id"
            " WHERE e.name = '改一'"
        )
        assert '"reason"' in str(metadata).replace("'", '"')
        assert changed("UPDATE pghistory_context SET metadata = '{}' WHERE id = %s", [key]) == FINAL
        assert (
            changed("UPDATE pghistory_context SET created_at = now() - interval '1 day' WHERE id = %s", [key]) == FINAL
        )
        assert changed("DELETE FROM pghistory_context WHERE id = %s", [key]) == REFUSED


def test_a_ledgers_own_state_is_history_too(world: World) -> None:
    with entered(Scope(area=NATION)):
        states = run("SELECT state FROM ledgers_ledgerevent WHERE id = %s ORDER BY pgh_id", [world.accepted])
        assert [state for (state,) in states] == ["queued", "draft", "signed", "submitted"]
        assert Ledger.objects.get(pk=world.accepted).state == "accepted"

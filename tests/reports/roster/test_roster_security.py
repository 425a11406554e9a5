"""Who reaches what: numbers at rest, and the wall between counties below the services."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, connection, connections, transaction

from apps.accounts.access import Actor
from apps.cadres.identity import id_decrypt
from apps.cadres.models import Cadre
from apps.cadres.sealing import Unsealable
from apps.cadres.services import CadreEntry, cadres_write
from apps.core.tenancy import NATION, Scope, entered
from apps.jurisdictions.models import Village
from apps.jurisdictions.services_villages import VillageEntry, villages_write
from apps.reports.roster.services import roster_import, roster_preview
from tests.factories import actor_of, unit_of
from tests.reports.roster.books import COUNTY, book, id_of, person, upload

TODAY = date(2026, 11, 22)


def run(actor: Actor, *people: list[object]) -> None:
    with entered(Scope(area=COUNTY)):
        found = roster_preview(actor=actor, county=COUNTY, file=upload(book(people=people)), on=TODAY)
        roster_import(actor=actor, county=COUNTY, roster=found.reading.roster, on=TODAY)


def test_the_table_holds_no_readable_number(office: Actor) -> None:
    run(office, person(1), person(2, name="李秀英"))
    with entered(Scope(area=NATION)), connection.cursor() as cursor:
        cursor.execute("SELECT c::text, encode(c.id_number, 'escape') FROM cadres_cadre c")
        dump = repr(cursor.fetchall())
        cursor.execute("SELECT p::text FROM teams_posting p")
        dump += repr(cursor.fetchall())
    for number in (id_of(1), id_of(2)):
        assert number not in dump
        assert number[6:14] + number[14:17] not in dump
        assert number.encode().hex() not in dump


def test_numbers_swapped_between_rows_do_not_open(office: Actor) -> None:
    run(office, person(1), person(2, name="李秀英"))
    with entered(Scope(area=COUNTY)):
        one, other = Cadre.objects.order_by("id")
        assert id_decrypt(one.id_number, area=one.area, person=one.person) == id_of(1)
        with pytest.raises(Unsealable):
            id_decrypt(other.id_number, area=one.area, person=one.person)


def test_below_the_services_the_database_refuses_another_county(office: Actor) -> None:
    unit = unit_of()
    entry = CadreEntry(
        person="0" * 32, id_number=id_of(1), name="王建国", unit=unit.pk, political_status="", rank="", phone=""
    )
    wide = Actor(office.user, replace(office.position, scope=Scope(area="C6211")))
    with entered(Scope(area=COUNTY)):
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            cadres_write(actor=wide, county="C621122", entries=[entry])
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            villages_write(entries=[VillageEntry("C621122100201", "某村", ("other",))], on=date(2026, 10, 1), by="某人")


@pytest.mark.usefixtures("committed_db")
def test_a_dump_of_the_whole_database_holds_no_readable_number() -> None:
    with entered(Scope(area=NATION)):
        office = actor_of("county_office", COUNTY, "孙主任")
    run(office, person(1), person(2, name="李秀英"))
    with entered(Scope(area=COUNTY)):
        Village.objects.update(name="新华新村")
        Cadre.objects.update(rank="三级主任科员")  # leaves history behind
    owner = connections["owner"].settings_dict
    seen = 0
    with connections["owner"].cursor() as cursor:
        assert owner["USER"] == "app_owner"
        cursor.execute("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            text = "\n".join(line for (line,) in cursor.fetchall())
            seen += "李秀英" in text
            assert id_of(1) not in text and id_of(2) not in text, table
            assert id_of(1).encode().hex() not in text, table
    assert seen >= 3

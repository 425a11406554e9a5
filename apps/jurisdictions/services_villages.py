"""Writes of villages and of what is known of them: classes, measures, needs.  The only writer of these tables.

Written inside the entered scope, outside it row-level security refuses.  Whether somebody may do this is asked by the
caller: who may do what is known above this app.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import IntegrityError, transaction

from apps.core.errors import Refused
from apps.core.sql import change, records
from apps.jurisdictions.models import Village, VillageClass, VillageClassSpan, VillageMeasure, VillageNeed

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class VillageEntry:
    """A village as it shall be: `code` is its area, 13 characters; `classes` values of VillageClass."""

    code: str
    name: str
    classes: tuple[str, ...]


@transaction.atomic
def villages_write(*, entries: Sequence[VillageEntry], on: date, by: str) -> dict[str, int]:
    """Add villages, or change the name and classes of those that exist; {code: id} of all of them.

    A class that a village gets begins `on` that day, one that it loses ended the day before; the classes of a new
    village have no recorded beginning.  The same entries twice change nothing the second time.
    """
    _classes_turned(entries, on=on, by=by)
    change(
        """
        INSERT INTO jurisdictions_village (area, name, classes)
        SELECT code, name, classes
        FROM json_to_recordset(%s::json) AS x(code text, name text, classes varchar[])
        ON CONFLICT (area) DO UPDATE SET name = excluded.name, classes = excluded.classes
        WHERE (jurisdictions_village.name, jurisdictions_village.classes) IS DISTINCT FROM (excluded.name, excluded.classes)
        """,
        [records({"code": entry.code, "name": entry.name, "classes": entry.classes} for entry in entries)],
    )
    return dict(Village.objects.filter(area__in=[entry.code for entry in entries]).values_list("area", "pk"))


def _classes_turned(entries: Sequence[VillageEntry], *, on: date, by: str) -> None:
    """Write down from when existing villages have the classes of the entries, and until when those they lose."""
    wanted = {entry.code: set(entry.classes) for entry in entries}
    villages = Village.objects.select_for_update().filter(area__in=wanted).order_by("area")
    lost, got = set(), []
    for village in villages:
        lost |= {(village, kind) for kind in set(village.classes) - wanted[village.area]}
        got += [
            VillageClassSpan(area=village.area, village=village, kind=kind, first=on, by=by)
            for kind in sorted(wanted[village.area] - set(village.classes))
        ]
    _classes_lost(lost, on - _DAY, by)
    VillageClassSpan.objects.bulk_create(got)


def _classes_lost(lost: Iterable[tuple[Village, str]], last: date, by: str) -> None:
    """End these classes; one that began after its last day was never one."""
    gone = {(village.pk, kind): village for village, kind in lost}
    rows = VillageClassSpan.objects.filter(village__in={key for key, _ in gone}, last=None)
    known = {(row.village_id, row.kind): row.pk for row in rows if (row.village_id, row.kind) in gone}
    ours = VillageClassSpan.objects.filter(pk__in=known.values())
    ours.filter(first__gt=last).delete()
    ours.update(last=last, by=by)
    VillageClassSpan.objects.bulk_create(
        VillageClassSpan(area=village.area, village=village, kind=kind, last=last, by=by)
        for (key, kind), village in sorted(gone.items(), key=lambda each: each[0])
        if (key, kind) not in known
    )


@transaction.atomic
def village_class_record(
    *, village: int, kind: str, first: date | None, last: date | None, on: date, by: str
) -> Village:
    """Write down from when to when a village is of a class; without `last` it still is.

    A class that the village has now gets its beginning, or its end; any other begins, or is written down as past.
    Refused for days to come (the present state is then always the open spans), for an end before the beginning, and
    where it would overlap another span of the same class.  The same twice changes nothing the second time.
    """
    row = Village.objects.select_for_update().get(pk=village)
    label = VillageClass(kind).label
    if first is not None and first > on:
        raise Refused(f"“{label}”的起日不能晚于今天；到了那天再登记。")
    if last is not None and last >= on:
        raise Refused(f"“{label}”的止日须在今天以前；过了最后一天再登记。")
    if first and last and last < first:
        raise Refused(f"“{label}”的止日早于起日，请核对。")
    try:
        with transaction.atomic():
            _class_write(row, kind, first, last, by)
    except IntegrityError as error:
        raise Refused(f"与已登记的“{label}”起止重叠，请核对起日和止日。") from error
    return row


def _class_write(row: Village, kind: str, first: date | None, last: date | None, by: str) -> None:
    standing = VillageClassSpan.objects.filter(village=row, kind=kind, last=None).first()
    has = kind in row.classes
    ends = has and last is not None and (first is None or standing is None or standing.first == first)
    if first is None and not ends:
        raise Refused("请填写起日。")
    if standing is not None and (ends or last is None):
        values = {"first": first or standing.first, "last": last}
        VillageClassSpan.objects.filter(pk=standing.pk).update(**values, by=by)
    else:
        VillageClassSpan.objects.get_or_create(
            village=row, kind=kind, first=first, last=last, defaults={"area": row.area, "by": by}
        )
    if ends:
        row.classes.remove(kind)
    elif last is None and not has:
        row.classes.append(kind)
    Village.objects.filter(pk=row.pk).update(classes=row.classes)


@transaction.atomic
def village_measure_record(*, village: Village, name: str, number: Decimal, first: date, on: date, by: str) -> None:
    """A measured number of a village from a day on; said again for the same day it replaces what was said.

    Refused for a day to come.
    """
    _not_to_come(first, on)
    VillageMeasure.objects.update_or_create(
        village=village, name=name, first=first, defaults={"area": village.area, "number": number, "by": by}
    )


@transaction.atomic
def village_need_record(*, village: Village, kind: str, text: str, first: date, on: date, by: str) -> None:
    """What a village needs in one respect from a day on; an empty text says that it needs nothing more there.

    Said again for the same day it replaces what was said.  Refused for a day to come.
    """
    _not_to_come(first, on)
    VillageNeed.objects.update_or_create(
        village=village, kind=kind, first=first, defaults={"area": village.area, "text": text, "by": by}
    )


def _not_to_come(first: date, on: date) -> None:
    if first > on:
        raise Refused("日期不能晚于今天，请核对。")

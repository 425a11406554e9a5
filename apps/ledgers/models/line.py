"""A ledger's lines, and what corrections have moved of the running totals that the next month starts from."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

from apps.core.tenancy import TenantModel


def _small() -> ArrayField:
    return ArrayField(models.SmallIntegerField(null=True))


class LedgerLine(TenantModel):
    """One person's month as signed.  Never changed, never removed (trigger).

    `counts` and `ytd` hold 23 numbers: days of the 11 categories of `apps.rules.marks.CATEGORIES` over all dates, the
    same over workdays only, and nights (ledgers made before nights were counted hold 22).  `done`, `due` and `state` hold one entry per measure of the ledger's book
    (null and 0 where a measure does not apply); states as in `apps.rules.presence`.

    Ledger, posting and unit are read from their tables in the very statement that writes the line, and the application
    may delete none of them (migration 0005): no constraint looks them up again for each of a nation's lines.  A person's
    own lines are found by his postings: an index by person would be the dearest part of writing a line.
    """

    scope_columns = {"unit": "unit_id", "person": "person"}

    pk = models.CompositePrimaryKey("ledger_id", "posting_id")
    ledger = models.ForeignKey(
        "ledgers.Ledger", models.PROTECT, related_name="lines", db_index=False, db_constraint=False
    )
    month = models.DateField("月份")
    posting = models.ForeignKey(
        "teams.Posting", models.PROTECT, related_name="ledger_lines", db_index=False, db_constraint=False
    )
    person = models.CharField("身份摘要", max_length=32, db_collation="C")
    unit = models.ForeignKey(
        "cadres.DispatchUnit", models.PROTECT, related_name="ledger_lines", db_index=False, db_constraint=False
    )
    name = models.CharField("姓名", max_length=40)
    village = models.CharField("村", max_length=60)
    roles = ArrayField(models.CharField(max_length=20))
    classes = ArrayField(models.CharField(max_length=20))
    first = models.DateField("到岗日")
    last = models.DateField("离岗日", null=True)
    marks = models.CharField("登记", max_length=31)
    nights = models.CharField("住宿", max_length=31, blank=True)
    posted = models.SmallIntegerField("派驻天数")
    counts = _small()
    ytd = _small()
    done = _small()
    due = _small()
    state = _small()

    class Meta:
        verbose_name = "台账行"
        ordering = ("area", "ledger_id", "posting_id")
        indexes = [
            models.Index(fields=["unit", "month"]),
            models.Index(fields=["posting", "month", "ledger"]),  # the newest of a month is the last
        ]
        triggers = [pgtrigger.Protect(name="ledger_line_final", operation=pgtrigger.Update | pgtrigger.Delete)]

    @property
    def ref(self) -> str:
        """The line in words, as addresses have it: its ledger and its posting."""
        return f"{self.ledger_id}-{self.posting_id}"


class Tally(TenantModel):
    """The sums of a posting's year through a month (23 numbers, as above) where they are no longer those of its newest line.

    Written by corrections alone: a corrected month moves the sums of the months after it, so that the next compile starts
    from the truth while the signed ledgers stay as they are.
    """

    pk = models.CompositePrimaryKey("posting_id", "month")
    posting = models.ForeignKey("teams.Posting", models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    month = models.DateField("月份")
    ytd = _small()

    class Meta:
        verbose_name = "更正后的累计"

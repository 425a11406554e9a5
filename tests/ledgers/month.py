"""A township's month brought to a stage, through the services, as each pack wants it."""

from __future__ import annotations

from dataclasses import dataclass

from apps.accounts.access import Actor
from apps.attendance.selectors import sheet_context, sheet_rows
from apps.attendance.services import LineEdit, sheet_save, sheet_sign
from apps.core.months import Month
from apps.core.tenancy import area_end
from apps.jurisdictions.selectors import book_of, calendar_of
from apps.ledgers.compile import ledgers_compile
from apps.ledgers.compile.expressions import Plan
from apps.ledgers.models import Ledger, LedgerLine, Tally
from apps.ledgers.services import ledger_accept, ledger_step, month_close
from apps.ledgers.services.books import book_freeze
from apps.ledgers.services.fill import ledgers_fill
from apps.teams.models import Posting, Team
from tests.factories import actor_of

SEPTEMBER = Month(2026, 9)
TONGWEI, YULIN, KUNMING, DACHUAN = "C621121100", "C610822100", "C530129103", "C511703100"


@dataclass
class Walk:
    """One township's month; the actors come to be as they are needed."""

    township: str
    team: Team
    month: Month = SEPTEMBER

    def actor(self, office: str) -> Actor:
        if office in ("team_leader", "village_signer"):
            return actor_of(office, self.team, f"{office}·{self.team.pk}")
        area = self.township if office.startswith("township") else self.township[:7]
        return actor_of(office, area, f"{office}·{area}")

    def fill(self) -> None:
        """Say of every empty day that it was spent in the village."""
        context = sheet_context(self.township, self.month)
        for row in sheet_rows(area=self.township, month=self.month):
            cells = context.cells(row)
            typed = {day: (".", "V") for day, cell in enumerate(cells, start=1) if cell == "."}
            if typed:
                edit = LineEdit(row.posting, row.version, typed)
                sheet_save(actor=self.actor("township_clerk"), area=self.township, month=self.month, edits=[edit])

    def sign(self) -> None:
        """Every confirmation and signature under the sheet."""
        book = sheet_context(self.township, self.month).book
        for step in book.sheet.record:
            actor = self.actor(step.offices[0])
            area = self.team.area if step.offices[0] in ("team_leader", "village_signer") else self.township
            sheet_sign(actor=actor, area=area, team=self.team.pk, month=self.month, step=step.key)

    def close(self) -> Ledger:
        month_close(actor=self.actor("township_clerk"), area=self.township, month=self.month)
        ledgers_fill(area=self.township, month=self.month)
        return self.ledger()

    def ledger(self) -> Ledger:
        rows = Ledger.objects.filter(area=self.township, month=self.month.first).exclude(state="superseded")
        return rows.get()

    def submit(self) -> Ledger:
        book = sheet_context(self.township, self.month).book
        for step in book.ledger.steps:
            ledger_step(actor=self.actor(step.offices[0]), ledger=self.ledger().pk, step=step.key)
        return self.ledger()

    def accept(self) -> Ledger:
        office = sheet_context(self.township, self.month).book.ledger.review_office
        return ledger_accept(actor=self.actor(office), ledger=self.ledger().pk)


def compiled(township: str, month: Month, version: int = 1) -> Ledger:
    """A ledger made by the compile alone, from the stored sheet lines."""
    book = book_of(township, month.last)
    ledger = Ledger.objects.create(
        area=township, kind="township", name="镇", month=month.first, version=version, book=book_freeze(book)
    )
    plan = Plan(book, month, calendar_of(month.year))
    ledgers_compile(plan, [(ledger.pk, township, area_end(township))], state="draft", corrections=version > 1)
    ledger.refresh_from_db()
    return ledger


def years_so_far(posting: Posting) -> list[list[int]]:
    """The sums of the year through each month, from which its next one starts."""
    lines = LedgerLine.objects.filter(posting=posting).order_by("month", "-ledger_id").distinct("month")
    moved = {tally.month: tally.ytd for tally in Tally.objects.filter(posting=posting)}
    return [moved.get(line.month, line.ytd) for line in lines]

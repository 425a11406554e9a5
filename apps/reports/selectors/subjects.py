"""What can be printed as a PDF: by kind, who may have it, in what state it is, what its file is called."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from apps.cadres.models import Cadre
from apps.core.errors import NotFound
from apps.core.http import link_up
from apps.core.months import Month
from apps.ledgers.models import Ledger, LedgerState, LedgerStep
from apps.notices.models import Notice
from apps.reports.models import DocumentKind
from apps.reports.selectors.papers import handover_sheet, service_sheet
from apps.staffing.models import Handover


@dataclass(frozen=True)
class Subject:
    """Something to print.  `stamp` is a digest of all that its paper shows; `unready` says why it cannot be printed yet.

    `title`, `sub` and `back` are for its page, `action` the right of the access table to have it.
    """

    kind: str
    pk: int
    area: str
    action: str
    stamp: str
    file: str
    title: str
    sub: str
    back: str
    unready: str = ""

    @property
    def url(self) -> str:
        """The page on which it is printed."""
        return reverse("reports:ledger_pdf", args=[self.pk]) if self.kind == DocumentKind.LEDGER else self._at("paper")

    @property
    def progress_url(self) -> str:
        if self.kind == DocumentKind.LEDGER:
            return reverse("reports:ledger_pdf_progress", args=[self.pk])
        return self._at("paper_progress")

    @property
    def job(self) -> str:
        """The kind of the job that prints it."""
        return job_kind(self.kind)

    def _at(self, name: str) -> str:
        return reverse(f"reports:{name}", kwargs={"kind": self.kind, "subject": self.pk})


def job_kind(kind: str) -> str:
    """The kind of the job that prints papers of a kind."""
    return "pdf" if kind == DocumentKind.LEDGER else f"pdf_{kind}"


def subject_of(kind: str, pk: int) -> Subject:
    """The thing with this key in the entered scope; NotFound where it shows none, and for an unknown kind."""
    found = _KINDS[kind](pk) if kind in _KINDS else None
    if found is None:
        raise NotFound
    return found


def _ledger(pk: int) -> Subject | None:
    """A ledger shows its content, its state and the acts on it.  Two queries."""
    ledger = Ledger.objects.filter(pk=pk).first()
    if ledger is None:
        return None
    acts = LedgerStep.objects.filter(ledger=ledger).order_by("id").values_list("id", flat=True)
    label = f"{ledger.name}{Month.of(ledger.month).label}台账"
    return Subject(
        kind=DocumentKind.LEDGER,
        pk=pk,
        area=ledger.area,
        action="ledger.download",
        stamp=digest(f"{ledger.pk}|{ledger.hash}|{ledger.state}|{','.join(map(str, acts))}"),
        file=f"{label}第{ledger.version}版.pdf",
        title=f"{label} PDF",
        sub=f"第{ledger.version}版",
        back=reverse("ledgers:detail", args=[pk]),
        unready="台账还没有编成，请稍后再生成 PDF。" if ledger.state == LedgerState.QUEUED else "",
    )


def _notice(pk: int) -> Subject | None:
    """A published notice never changes."""
    notice = Notice.objects.filter(pk=pk).first()
    if notice is None:
        return None
    return Subject(
        kind=DocumentKind.NOTICE,
        pk=pk,
        area=notice.area,
        action="notice.view",
        stamp=notice.hash,
        file=f"{notice.title}第{notice.version}版.pdf",
        title=f"{notice.title} 打印",
        sub=f"第{notice.version}版",
        back=reverse("notices:notice", args=[pk]),
        unready="这份公示已经撤下，不再打印。" if notice.withdrawn else "",
    )


def _handover(pk: int) -> Subject | None:
    """A list changes with its items and signatures."""
    handover = Handover.objects.select_related("case").filter(pk=pk).first()
    if handover is None:
        return None
    sheet = handover_sheet(handover)
    label = f"{sheet.paper.name}{sheet.paper.label}"
    return Subject(
        kind=DocumentKind.HANDOVER,
        pk=pk,
        area=handover.area,
        action="handover.print",
        stamp=sheet.hash,
        file=f"{label}.pdf",
        title=f"{label} 打印",
        sub=sheet.paper.place,
        back=link_up("staffing:case", case=handover.case_id),
    )


def _service(pk: int) -> Subject | None:
    """A certificate speaks of its day: tomorrow it is another one.  The county gives it."""
    cadre = Cadre.objects.filter(pk=pk).first()
    if cadre is None:
        return None
    sheet = service_sheet(cadre)
    label = f"{cadre.name}驻村工作经历证明"
    return Subject(
        kind=DocumentKind.SERVICE,
        pk=pk,
        area=cadre.area,
        action="service.view",
        stamp=sheet.hash,
        file=f"{label}.pdf",
        title=label,
        sub=f"截至{sheet.record.on:%Y-%m-%d}",
        back=link_up("teams:roster"),
    )


def digest(text: str) -> str:
    """The sha256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


_KINDS: dict[str, Callable[[int], Subject | None]] = {
    DocumentKind.LEDGER: _ledger,
    DocumentKind.NOTICE: _notice,
    DocumentKind.HANDOVER: _handover,
    DocumentKind.SERVICE: _service,
}

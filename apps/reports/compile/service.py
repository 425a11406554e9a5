"""The certificate of somebody's service in a county's villages (驻村工作经历证明), on A4."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date

from apps.cadres.models import Cadre
from apps.reports.compile.ledger.pages import Progress
from apps.reports.compile.sheets import sheet_pdf
from apps.reports.compile.words import cited
from apps.staffing.selectors.service import ServiceRecord, service_record


@dataclass(frozen=True)
class ServiceSheet:
    """A certificate ready to print: the record, the masked number, where the clauses stand."""

    record: ServiceRecord
    id_masked: str
    basis: str
    hash: str


def service_sheet(pk: int, on: date) -> ServiceSheet:
    """The certificate of a person of a county (his row there) as of a day, read in the county's area."""
    cadre = Cadre.objects.get(pk=pk)
    record = service_record(person=cadre.person, county=cadre.area, on=on)
    basis = cited(record.experience.clause) if record.experience else ""
    return ServiceSheet(record, cadre.id_masked, basis, service_digest(record))


def service_digest(record: ServiceRecord) -> str:
    """The sha256 of all that a certificate says, its day among it."""
    text = json.dumps(asdict(record), ensure_ascii=False, sort_keys=True, default=date.isoformat)
    return hashlib.sha256(text.encode()).hexdigest()


def service_pdf(sheet: ServiceSheet, progress: Progress | None = None) -> bytes:
    """The PDF of a certificate."""
    context = {"sheet": sheet, "record": sheet.record, "hash": sheet.hash, "foot": sheet.basis}
    content = sheet_pdf("reports/pdf/service", context, title=f"{sheet.record.name}驻村工作经历证明")
    if progress is not None:
        progress(1, 1)
    return content

"""Papers about people as plain values: a handover list, a certificate of service; each with a digest of what it says."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from apps.cadres.models import Cadre
from apps.jurisdictions.selectors import clauses_of
from apps.staffing.models import Handover
from apps.staffing.selectors.handover import HandoverPaper, handover_paper
from apps.staffing.selectors.service import ServiceRecord, service_record


@dataclass(frozen=True)
class HandoverSheet:
    """A handover list; `basis` is where its clause stands."""

    paper: HandoverPaper
    basis: str
    hash: str


@dataclass(frozen=True)
class ServiceSheet:
    """A certificate as of its day: the record, the masked number, where the clause of what it counts as stands."""

    record: ServiceRecord
    id_masked: str
    basis: str
    hash: str


def handover_sheet(handover: Handover) -> HandoverSheet:
    """The list of a handover, read in its village's area."""
    paper = handover_paper(handover.case)
    return HandoverSheet(paper, cited(paper.clause), _digest(paper))


def service_sheet(cadre: Cadre) -> ServiceSheet:
    """The certificate of a person of a county as of today, read in the county's area; NotFound for one never posted."""
    record = service_record(person=cadre.person, county=cadre.area, on=timezone.localdate())
    basis = cited(record.experience.clause) if record.experience else ""
    return ServiceSheet(record, cadre.id_masked, basis, _digest(record))


def cited(clause: str) -> str:
    """《办法》第三条〔XX-3-1〕; the bare id of a clause that nobody has published, empty without one.  One query."""
    found = clauses_of([clause]).get(clause) if clause else None
    return f"《{found.body['title']}》{found.article}〔{clause}〕" if found else clause


def _digest(paper: Any) -> str:
    text = json.dumps(asdict(paper), ensure_ascii=False, sort_keys=True, default=date.isoformat)
    return hashlib.sha256(text.encode()).hexdigest()

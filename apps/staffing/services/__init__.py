"""The only writers of staffing's tables."""

from apps.staffing.services.act import Paper, case_act
from apps.staffing.services.candidates import Nominee, candidate_nominate, candidate_resend
from apps.staffing.services.departures import Leaving, departure_ask, departure_record, departure_resend
from apps.staffing.services.handovers import handover_begin, handover_receive, handover_write
from apps.staffing.services.open import About, case_open, case_withdraw
from apps.staffing.services.openings import OpeningEntry, opening_assign, opening_cancel, opening_open
from apps.staffing.services.party import party_relation_record, village_secretary_end, village_secretary_record
from apps.staffing.services.placing import candidate_place
from apps.staffing.services.signing import handover_send_back, handover_sign

__all__ = [
    "About",
    "Leaving",
    "Nominee",
    "OpeningEntry",
    "Paper",
    "candidate_nominate",
    "candidate_place",
    "candidate_resend",
    "case_act",
    "case_open",
    "case_withdraw",
    "departure_ask",
    "departure_record",
    "departure_resend",
    "handover_begin",
    "handover_receive",
    "handover_send_back",
    "handover_sign",
    "handover_write",
    "opening_assign",
    "opening_cancel",
    "opening_open",
    "party_relation_record",
    "village_secretary_end",
    "village_secretary_record",
]

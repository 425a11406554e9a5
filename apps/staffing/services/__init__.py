"""The only writers of staffing's tables."""

from apps.staffing.services.act import Paper, case_act
from apps.staffing.services.candidates import Nominee, candidate_nominate, candidate_resend
from apps.staffing.services.open import About, case_open, case_withdraw
from apps.staffing.services.openings import OpeningEntry, opening_assign, opening_cancel, opening_open
from apps.staffing.services.placing import candidate_place

__all__ = [
    "About",
    "Nominee",
    "OpeningEntry",
    "Paper",
    "candidate_nominate",
    "candidate_place",
    "candidate_resend",
    "case_act",
    "case_open",
    "case_withdraw",
    "opening_assign",
    "opening_cancel",
    "opening_open",
]

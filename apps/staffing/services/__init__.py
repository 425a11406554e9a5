"""The only writers of staffing's tables."""

from apps.staffing.services.act import Paper, case_act
from apps.staffing.services.open import About, case_open, case_withdraw

__all__ = ["About", "Paper", "case_act", "case_open", "case_withdraw"]

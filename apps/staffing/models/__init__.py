"""What is under way about people and posts: cases, the acts on them, villages that wait for somebody."""

from apps.staffing.models.case import LIVE, Case, CaseAct, CaseState, Outcome
from apps.staffing.models.opening import Opening, OpeningState, OpeningWhy

__all__ = ["LIVE", "Case", "CaseAct", "CaseState", "Opening", "OpeningState", "OpeningWhy", "Outcome"]

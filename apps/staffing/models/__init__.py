"""What is under way about people and posts: cases, the acts on them, villages that wait for somebody, who is put forward."""

from apps.staffing.models.candidate import Candidate, Channel, Declaration
from apps.staffing.models.case import LIVE, Case, CaseAct, CaseState, Outcome
from apps.staffing.models.opening import Opening, OpeningState, OpeningWhy

__all__ = [
    "LIVE",
    "Candidate",
    "Case",
    "CaseAct",
    "CaseState",
    "Channel",
    "Declaration",
    "Opening",
    "OpeningState",
    "OpeningWhy",
    "Outcome",
]

"""What is under way about people and posts: cases, the acts on them, villages that wait for somebody, who is put
forward, departures, handovers, party relations."""

from apps.staffing.models.candidate import Candidate, Channel, Declaration
from apps.staffing.models.case import LIVE, Case, CaseAct, CaseState, Outcome
from apps.staffing.models.departure import Departure, DepartureWhy
from apps.staffing.models.handover import Handover, HandoverParty, Part
from apps.staffing.models.opening import Opening, OpeningState, OpeningWhy
from apps.staffing.models.party import PartyRelation, VillageSecretary

__all__ = [
    "LIVE",
    "Candidate",
    "Case",
    "CaseAct",
    "CaseState",
    "Channel",
    "Declaration",
    "Departure",
    "DepartureWhy",
    "Handover",
    "HandoverParty",
    "Opening",
    "OpeningState",
    "OpeningWhy",
    "Outcome",
    "Part",
    "PartyRelation",
    "VillageSecretary",
]

"""The closed lists of words a pack may use.  A word that is not here is refused by the reader, with the list."""

from __future__ import annotations

from typing import Literal

Category = Literal[
    "in_village", "official_trip", "meeting", "training", "project_liaison", "other_duty",
    "seconded", "leave", "rest", "absent", "drawn_off",
]  # fmt: skip
PostRole = Literal[
    "leader", "first_secretary", "member", "agri_technician", "legal_adviser", "credit_officer",
    "liaison_leader", "pairing_cadre",
]  # fmt: skip
VillageClass = Literal[
    "poor", "non_poor", "deep_poverty", "relocation", "demonstration", "weak_party", "red", "other",
]  # fmt: skip
Office = Literal[
    "township_clerk", "township_leader", "township_secretary", "county_office", "county_org_dept",
    "county_poverty_office", "city_office", "nation_office", "team_leader", "village_signer",
    "unit_liaison", "unit_head", "cadre",
]  # fmt: skip
Body = Literal[
    "township_clerk", "township_leader", "township_secretary", "county_office", "county_org_dept",
    "county_poverty_office", "city_office", "nation_office", "team_leader", "village_signer",
    "unit_liaison", "unit_head", "cadre",
    "township_party_committee", "township_party_office", "township_discipline", "township_finance",
    "township_poverty_station", "county_leading_group", "county_party_committee", "county_discipline",
    "county_finance", "county_personnel", "city_leading_group", "city_org_dept", "city_finance",
    "province_org_dept", "dispatch_unit", "unit_party_committee", "village_committee", "village_branch",
    "villagers", "team", "work_group", "first_secretary", "member", "liaison_leader", "agri_technician",
    "legal_adviser", "credit_officer", "pairing_cadre", "agri_tour_group", "legal_tour_group", "hierarchy",
    "unit_personnel", "unit_deputy_head", "county_chief_captain", "township_chief_captain", "county_inspection_group",
    "county_standing_committee", "county_government", "county_rural_office", "county_agriculture",
    "city_coordination_group", "city_party_committee", "village_secretary", "village_director", "village_assembly",
    "contact_unit", "investor",
]  # fmt: skip
Relation = Literal[
    "org_dept_at_level", "finance_at_level", "discipline_at_level", "superior", "superior_org_dept",
    "principal", "party_committee", "township_of", "county_of", "city_of", "leader_of", "secretary_of",
    "unit_of", "successor", "predecessor", "responsible", "deputy_in_charge",
    "personnel_dept", "managing_authority", "office_at_level", "leading_group_at_level", "poverty_office_at_level",
    "rural_office_at_level", "agriculture_at_level",
]  # fmt: skip
Subject = Literal["person", "post", "team", "village", "township", "unit", "unit_head", "county"]
Recipient = Literal["org_dept_same_level", "county_office", "county_org_dept", "county_poverty_office"]
Modality = Literal["must", "in_principle", "encouraged", "may", "forbidden"]
Window = Literal["year", "month", "week"]
Unit = Literal["day", "workday"]
Days = Literal["all", "work"]
Prorate = Literal["none", "posted_days", "posted_workdays", "information"]
StartYear = Literal["from_effective", "not_judged", "whole"]
Prefill = Literal["calendar", "none"]
Verb = Literal["confirm", "sign", "review", "submit", "accept", "file", "feedback"]
Period = Literal["week", "month", "quarter", "year"]
DueOf = Literal["next_month", "after_quarter"]
Level = Literal["nation", "province", "city", "county"]
WindowName = Literal[
    "day", "week", "half_month", "month", "quarter", "half_year", "year", "term", "event", "fixed",
]  # fmt: skip
UnitLevel = Literal["central", "provincial", "city", "county", "township"]
UnitNature = Literal["organ", "institution", "enterprise", "peoples_organisation", "school"]
Employment = Literal["civil_servant", "institution_staff", "enterprise_staff", "contract", "retired", "other"]
Delegate = Literal["province", "city", "county", "township", "unit", "team"]

UNIT_WORDS = {"day": "天", "workday": "工作日"}
WINDOW_WORDS = {"year": "年", "month": "月", "week": "周"}
MODALITY_SEVERITY: dict[str, str] = {
    "must": "block",
    "forbidden": "block",
    "in_principle": "warn",
    "encouraged": "notice",
    "may": "notice",
}

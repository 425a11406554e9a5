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

UNIT_WORDS = {"day": "天", "workday": "工作日"}
WINDOW_WORDS = {"year": "年", "month": "月", "week": "周"}
MODALITY_SEVERITY: dict[str, str] = {
    "must": "block",
    "forbidden": "block",
    "in_principle": "warn",
    "encouraged": "notice",
    "may": "notice",
}

"""The offices a person may hold in the system, by what they are granted on.  Words of design.md's glossary."""

from __future__ import annotations

from django.db import models

from apps.rules.vocabulary import OFFICE_WORDS


class Office(models.TextChoices):
    TOWNSHIP_CLERK = "township_clerk", OFFICE_WORDS["township_clerk"]
    TOWNSHIP_LEADER = "township_leader", OFFICE_WORDS["township_leader"]
    TOWNSHIP_SECRETARY = "township_secretary", OFFICE_WORDS["township_secretary"]
    TOWNSHIP_DISCIPLINE = "township_discipline", OFFICE_WORDS["township_discipline"]
    COUNTY_OFFICE = "county_office", OFFICE_WORDS["county_office"]
    COUNTY_ORG_DEPT = "county_org_dept", OFFICE_WORDS["county_org_dept"]
    COUNTY_POVERTY_OFFICE = "county_poverty_office", OFFICE_WORDS["county_poverty_office"]
    CITY_OFFICE = "city_office", OFFICE_WORDS["city_office"]
    CITY_ORG_DEPT = "city_org_dept", OFFICE_WORDS["city_org_dept"]
    NATION_OFFICE = "nation_office", OFFICE_WORDS["nation_office"]
    TEAM_LEADER = "team_leader", OFFICE_WORDS["team_leader"]
    VILLAGE_SIGNER = "village_signer", OFFICE_WORDS["village_signer"]
    UNIT_LIAISON = "unit_liaison", OFFICE_WORDS["unit_liaison"]
    UNIT_HEAD = "unit_head", OFFICE_WORDS["unit_head"]
    UNIT_PERSONNEL = "unit_personnel", OFFICE_WORDS["unit_personnel"]
    CADRE = "cadre", OFFICE_WORDS["cadre"]


AREA_OFFICES = [
    Office.TOWNSHIP_CLERK,
    Office.TOWNSHIP_LEADER,
    Office.TOWNSHIP_SECRETARY,
    Office.TOWNSHIP_DISCIPLINE,
    Office.COUNTY_OFFICE,
    Office.COUNTY_ORG_DEPT,
    Office.COUNTY_POVERTY_OFFICE,
    Office.CITY_OFFICE,
    Office.CITY_ORG_DEPT,
    Office.NATION_OFFICE,
]
TEAM_OFFICES = [Office.TEAM_LEADER, Office.VILLAGE_SIGNER]
UNIT_OFFICES = [Office.UNIT_LIAISON, Office.UNIT_HEAD, Office.UNIT_PERSONNEL]

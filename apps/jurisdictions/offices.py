"""The offices a person may hold in the system, by what they are granted on.  Words of design.md's glossary."""

from __future__ import annotations

from django.db import models


class Office(models.TextChoices):
    TOWNSHIP_CLERK = "township_clerk", "乡镇党建办"
    TOWNSHIP_LEADER = "township_leader", "乡镇分管领导"
    TOWNSHIP_SECRETARY = "township_secretary", "乡镇党委书记"
    COUNTY_OFFICE = "county_office", "县级驻村办"
    COUNTY_ORG_DEPT = "county_org_dept", "县级组织部门"
    COUNTY_POVERTY_OFFICE = "county_poverty_office", "县级扶贫（乡村振兴）部门"
    CITY_OFFICE = "city_office", "市级驻村办"
    NATION_OFFICE = "nation_office", "全国汇总"
    TEAM_LEADER = "team_leader", "工作队队长"
    VILLAGE_SIGNER = "village_signer", "村党组织书记（村委会主任）"
    UNIT_LIAISON = "unit_liaison", "派出单位联络员"
    UNIT_HEAD = "unit_head", "派出单位主要负责人"
    CADRE = "cadre", "驻村干部本人"


AREA_OFFICES = [
    Office.TOWNSHIP_CLERK,
    Office.TOWNSHIP_LEADER,
    Office.TOWNSHIP_SECRETARY,
    Office.COUNTY_OFFICE,
    Office.COUNTY_ORG_DEPT,
    Office.COUNTY_POVERTY_OFFICE,
    Office.CITY_OFFICE,
    Office.NATION_OFFICE,
]
TEAM_OFFICES = [Office.TEAM_LEADER, Office.VILLAGE_SIGNER]
UNIT_OFFICES = [Office.UNIT_LIAISON, Office.UNIT_HEAD]

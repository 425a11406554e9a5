"""The bodies that procedures name: who they are for a unit, and who may record what one of them did.

`RECORDERS` is about accounts, not law: a body without a login has its paper entered by the named offices.
"""

from __future__ import annotations

from apps.jurisdictions.offices import Office
from apps.rules.language.actors import Actor
from apps.rules.said import Names, body_text

# The bodies at the level of a dispatch unit, by the relation that names them.  A township has no such departments of
# its own: its people belong to the county's.
LEVELS = {"central": "nation", "provincial": "province", "city": "city", "county": "county", "township": "county"}
_AT_LEVEL = {
    "org_dept_at_level": "org_dept",
    "finance_at_level": "finance",
    "discipline_at_level": "discipline",
    "office_at_level": "office",
    "leading_group_at_level": "leading_group",
    "poverty_office_at_level": "poverty_office",
    "rural_office_at_level": "rural_office",
    "agriculture_at_level": "agriculture",
}
_LEVEL_WORDS = {"nation": "中央", "province": "省级", "city": "市级", "county": "县级"}
_DEPARTMENT_WORDS = {
    "org_dept": "组织部门",
    "finance": "财政部门",
    "discipline": "纪检监察机关",
    "office": "驻村办",
    "leading_group": "领导小组",
    "poverty_office": "扶贫（乡村振兴）部门",
    "rural_office": "农村工作部门",
    "agriculture": "农业农村部门",
}
# Those of a post that are people.
PREDECESSOR, SUCCESSOR, SUCCESSOR_UNIT = "predecessor", "successor", "successor_unit"
WORDS = {
    **{
        f"{level}_{key}": f"{word}{department}"
        for level, word in _LEVEL_WORDS.items()
        for key, department in _DEPARTMENT_WORDS.items()
    },
    PREDECESSOR: "离任者",
    SUCCESSOR: "接任者",
    SUCCESSOR_UNIT: "接任者的派出单位",
}

OWN = frozenset({Office.CADRE.value, PREDECESSOR})  # bodies that are the person concerned himself
_UNIT = frozenset({Office.UNIT_PERSONNEL, Office.UNIT_HEAD})
_TOWNSHIP = frozenset({Office.TOWNSHIP_CLERK})
_COUNTY = frozenset({Office.COUNTY_OFFICE, Office.COUNTY_ORG_DEPT})
_CITY = frozenset({Office.CITY_OFFICE, Office.CITY_ORG_DEPT, Office.COUNTY_OFFICE})
_ABOVE = frozenset({Office.COUNTY_OFFICE})
RECORDERS: dict[str, frozenset[Office]] = {
    "dispatch_unit": _UNIT,
    "unit_party_committee": _UNIT,
    "unit_deputy_head": _UNIT,
    SUCCESSOR_UNIT: _COUNTY | _TOWNSHIP,
    Office.CADRE: frozenset({Office.CADRE}) | _UNIT,
    PREDECESSOR: frozenset({Office.CADRE}) | _TOWNSHIP,
    SUCCESSOR: _TOWNSHIP,
    # He witnesses with his own login, or the township enters from the signed list that he did.
    Office.TOWNSHIP_DISCIPLINE: frozenset({Office.TOWNSHIP_DISCIPLINE}) | _TOWNSHIP,
    **dict.fromkeys(("team", "first_secretary", "member", "work_group"), frozenset({Office.TEAM_LEADER}) | _TOWNSHIP),
    **dict.fromkeys(("township_party_committee", "township_party_office", "township_finance"), _TOWNSHIP),
    **dict.fromkeys(("township_poverty_station", "township_chief_captain"), _TOWNSHIP),
    **dict.fromkeys(("village_committee", "village_branch", "village_secretary", "village_director"), _TOWNSHIP),
}

# Bodies for which these offices speak themselves, without a paper.
SPEAKERS: dict[str, frozenset[Office]] = {"dispatch_unit": _UNIT, "team": frozenset({Office.TEAM_LEADER})}


def speaks(office: str, body: str) -> bool:
    """Whether who holds an office is the body, or speaks for it."""
    return office == body or office in SPEAKERS.get(body, frozenset())


def recorders(body: str) -> frozenset[Office]:
    """The offices that may record what a body did; an office with accounts records its own acts alone."""
    if body in RECORDERS:
        return RECORDERS[body]
    if body in Office.values:
        return frozenset({Office(body)})
    for prefix, offices in (("county_", _COUNTY), ("city_", _CITY)):
        if body.startswith(prefix):
            return offices
    return _ABOVE


def related_of(level: str) -> dict[tuple[str, str], str]:
    """{(relation, of): body} as far as a unit's level and the case itself tell."""
    prefix = LEVELS[level]
    return {
        **{(relation, "unit"): f"{prefix}_{key}" for relation, key in _AT_LEVEL.items()},
        ("personnel_dept", "unit"): Office.UNIT_PERSONNEL.value,
        ("principal", "unit"): Office.UNIT_HEAD.value,
        ("deputy_in_charge", "unit"): "unit_deputy_head",
        ("party_committee", "unit"): "unit_party_committee",
        ("township_of", "village"): "township_party_committee",
        ("principal", "township"): Office.TOWNSHIP_SECRETARY.value,
        ("principal", "township_party_committee"): Office.TOWNSHIP_SECRETARY.value,
        ("managing_authority", "person"): f"{prefix}_org_dept",
        ("predecessor", "post"): PREDECESSOR,
        ("successor", "post"): SUCCESSOR,
        ("unit_of", "post"): SUCCESSOR_UNIT,
    }


def body_key(actor: Actor) -> str:
    """The key under which an actor whom no relation names is recorded."""
    return f"{actor.relation}:{actor.of}" if actor.relation else actor.office or ""


def body_words(body: str, names: Names) -> str:
    """What a body is called: as the packs say, else as the software does."""
    if ":" in body:
        relation, of = body.split(":", 1)
        return body_text(None, relation, of, names)
    return names.bodies.get(body) or names.body(body) or WORDS.get(body) or body

"""Where members come from: the words of the rules, who lacks one, and what is wrong with one."""

from __future__ import annotations

from datetime import date

import pytest

from apps.teams.compile.sources import Sources, sources_of
from apps.teams.compile.states import village_states
from apps.teams.models import Posting
from tests.factories import posting_of, team_of

DAY = date(2026, 11, 2)

pytestmark = pytest.mark.usefixtures("nation")


def told(county: str, people: list[tuple[str, str, str]]) -> Sources | None:
    """What is said of a village with these people: name, role, source."""
    team = team_of(f"{county}100201")
    for name, role, source in people:
        Posting.objects.filter(pk=posting_of(team, name, role).pk).update(source=source)
    [state] = village_states(team.area, DAY)
    return sources_of(team.area, state.present, state.classes, DAY)


@pytest.mark.clause("TW-4-7")
def test_every_member_has_one_of_four_sources_and_who_has_none_is_named() -> None:
    found = told(
        "C621121",
        [
            ("甲", "leader", "各级帮扶干部"),
            ("乙", "member", "大学生村官"),
            ("丙", "member", ""),
            ("丁", "member", "志愿者"),
            ("戊", "pairing_cadre", ""),
        ],
    )
    assert found is not None
    assert found.counts == [
        ("到村任职干部", 0),
        ("各级帮扶干部", 1),
        ("大学生村官", 1),
        ("乡镇包村干部", 0),
        ("志愿者", 1),
    ]
    assert found.missing == ["丙"]
    assert [(name, one.severity, one.clause) for name, one in found.findings] == [("丁", "block", "TW-4-7")]


@pytest.mark.clause("KM-5-3")
def test_other_forces_may_be_named_where_the_list_is_open() -> None:
    found = told("C530113", [("甲", "first_secretary", "村党组织第一书记"), ("乙", "member", "返乡创业青年")])
    assert found is not None
    assert found.counts == [
        ("包村单位驻村帮扶干部", 0),
        ("村党组织第一书记", 1),
        ("大学生村官", 0),
        ("返乡创业青年", 1),
    ]
    assert (found.missing, found.findings) == ([], [])


@pytest.mark.clause("YL-4.2-1")
def test_another_source_is_told_where_the_rules_want_some_in_principle() -> None:
    found = told("C610831", [("甲", "member", "年轻干部"), ("乙", "member", "返聘人员")])
    assert found is not None
    assert [(name, one.severity, one.clause) for name, one in found.findings] == [("乙", "warn", "YL-4.2-1")]


def test_nothing_is_asked_where_the_rules_list_no_sources() -> None:
    assert told("C511703", [("甲", "member", "")]) is None

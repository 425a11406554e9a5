"""通办发〔2018〕35号, article 41: what falls on offices and units that do not manage as they must."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import groupby
from typing import Any

import pytest

from apps.rules.language.ladders import proposals
from apps.rules.language.proposals import Occasion, Proposal
from apps.rules.language.vocabularies import admission

Rules = Callable[[str, str], Any]
OCCASION = Occasion(
    event=date(2026, 5, 10),
    subjects={"person": "p1", "unit": "u1"},
    related={
        ("principal", "unit"): "单位主要负责人",
        ("principal", "township_party_office"): "党建办主任",
        ("principal", "township_poverty_station"): "扶贫工作站站长",
        ("responsible", "county_org_dept"): "组织部责任人",
        ("responsible", "county_poverty_office"): "扶贫办责任人",
    },
)
COMMITTEE = ("county_party_committee",)
REVIEW, ADMONITION, ORGANISATIONAL = "作书面检查", "诫勉谈话", "组织处理"
TALKS = ["提醒谈话", "告诫", "诫勉谈话"]


@pytest.fixture
def follows(rule: Rules) -> Callable[[str], tuple[Proposal, ...]]:
    return lambda failure: proposals(rule("tongwei", "ladders.management_accountability"), failure, OCCASION)


Follows = Callable[[str], tuple[Proposal, ...]]


@pytest.mark.parametrize(
    ("failure", "who", "by", "clause"),
    [
        pytest.param(
            "乡镇党委及其党建办履行属地管理职责不到位",
            ["township_party_committee", "township_party_office"],
            COMMITTEE,
            "TW-41-1",
            marks=pytest.mark.clause("TW-41-1"),
        ),
        pytest.param(
            "县委组织部履行统筹管理责任不到位",
            ["county_org_dept"],
            COMMITTEE,
            "TW-41-3",
            marks=pytest.mark.clause("TW-41-3"),
        ),
        pytest.param(
            "县委农工部（县扶贫办）履行业务指导责任不到位",
            ["county_poverty_office"],
            COMMITTEE,
            "TW-41-3",
            marks=pytest.mark.clause("TW-41-3"),
        ),
        *(
            pytest.param(failure, ["u1"], (), "TW-41-6", marks=pytest.mark.clause("TW-41-6"))
            for failure in (
                "派出单位履行协助管理责任不到位，不按照要求支持保障选派干部工作",
                "派出单位不落实“选派干部与原单位脱钩”规定，选派干部“两头跑”",
            )
        ),
    ],
)
def test_bodies_that_fail_are_criticised_before_the_county_and_must_put_it_right(
    follows: Follows, failure: str, who: list[str], by: tuple[str, ...], clause: str
) -> None:
    found = follows(failure)
    assert [(one.text, one.who, one.by, one.modality, one.clause) for one in found] == [
        (text, body, by, "must", clause) for text in ("全县通报批评", "限期整改") for body in who
    ]
    assert [(one.due, one.choice) for one in found] == [(None, None)] * len(found)  # the text names no deadline


@pytest.mark.parametrize(
    ("failure", "who", "forms", "modality", "clause"),
    [
        pytest.param(
            "乡镇属地管理不到位，造成严重后果",
            ["township_secretary", "党建办主任"],
            [REVIEW, ADMONITION, ORGANISATIONAL],
            "may",
            "TW-41-2",
            marks=pytest.mark.clause("TW-41-2"),
        ),
        pytest.param(
            "县委组织部整改效果不明显或没有整改",
            ["组织部责任人"],
            TALKS,
            "must",
            "TW-41-4",
            marks=pytest.mark.clause("TW-41-4"),
        ),
        pytest.param(
            "县委农工部（县扶贫办）整改效果不明显或没有整改",
            ["扶贫办责任人"],
            TALKS,
            "must",
            "TW-41-4",
            marks=pytest.mark.clause("TW-41-4"),
        ),
        pytest.param(
            "乡镇扶贫工作站不认真履行业务指导责任，工作队成员因不熟悉精准扶贫政策造成工作失误",
            ["扶贫工作站站长"],
            [REVIEW, ADMONITION, ORGANISATIONAL],
            "may",
            "TW-41-5",
            marks=pytest.mark.clause("TW-41-5"),
        ),
        pytest.param(
            "派出单位整改效果不明显或没有整改",
            ["单位主要负责人"],
            TALKS,
            "must",
            "TW-41-7",
            marks=pytest.mark.clause("TW-41-7"),
        ),
    ],
)
def test_persons_in_charge_get_one_of_three_forms_each(
    follows: Follows, failure: str, who: list[str], forms: list[str], modality: str, clause: str
) -> None:
    found = follows(failure)
    by_choice = [list(group) for _, group in groupby(found, lambda one: one.choice)]
    assert all(one.choice for one in found)
    assert [{one.who for one in group} for group in by_choice] == [{person} for person in who]
    assert [[one.text for one in group] for group in by_choice] == [forms] * len(who)
    assert {(one.modality, one.clause) for one in found} == {(modality, clause)}


@pytest.mark.clause("TW-41-2")
def test_no_ban_falls_on_managers_of_itself(rule: Rules) -> None:
    ladder = rule("tongwei", "ladders.management_accountability")
    failures = [word.word for word in rule("tongwei", "vocabularies.management_failures").words]
    found = [one for failure in failures for one in proposals(ladder, failure, OCCASION)]
    assert {one.do for one in found} == {"circular", "rectification", "written_review", "talk", "referral"}
    assert {(one.first, one.last) for one in found} == {(None, None)}


def test_a_failure_that_article_41_does_not_name_is_refused(rule: Rules) -> None:
    found = admission(rule("tongwei", "vocabularies.management_failures"), "县政府督查不力")
    assert found is not None
    assert (found.code, found.severity, found.clause) == ("word_not_in_list", "block", "TW-41-1")

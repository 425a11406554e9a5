"""What Yulin asks for without saying how often: it is recorded, shown, and never overdue."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from apps.rules.language.fulfilment import Occurrence, Recorded, fulfilment, occurrences
from apps.rules.language.windows import Stretch

YEAR = Stretch(date(2023, 1, 1), date(2023, 12, 31))
UNJUDGED = Occurrence(YEAR, None, None, judged=False)


def row(key: str, clause: str, who: set[str], *content: str) -> Any:
    return pytest.param(key, who, content, id=key, marks=pytest.mark.clause(clause))


BOTH_OFFICES = {"city_office", "county_office"}
OPEN = [
    row("township_meeting", "YL-7.2.1-3", {"township_party_committee"}, "协调解决具体问题"),
    row("problem_research", "YL-8.3-6", BOTH_OFFICES, "发现问题", "解决问题"),
    row("regular_study", "YL-8.1-3", BOTH_OFFICES),
    row("visits", "YL-6.4-2", {"first_secretary", "team"}, "群众", "困难人群"),
    row("care_talk", "YL-8.2.3-1", {"unit_head"}),
    row(
        "selection_in_assessments",
        "YL-8.1-13",
        {"hierarchy"},
        "乡村振兴实绩考核",
        "党委（党组）书记抓基层党建工作述职评议考核",
    ),
    row("provide_conditions", "YL-8.2.2-1", {"county_office", "township_party_committee"}, "工作条件", "生活条件"),
]


@pytest.mark.parametrize(("key", "who", "content"), OPEN)
def test_what_has_no_period_in_the_text_is_never_overdue(
    rule: Any, key: str, who: set[str], content: tuple[str, ...]
) -> None:
    duty = rule("yulin", f"duties.{key}")
    assert occurrences(duty, YEAR) == ()
    found = fulfilment(duty, UNJUDGED, (), on=date(2024, 6, 1))
    assert (found.state, found.findings) == ("information", ())
    assert ({actor.resolved({}) for actor in duty.who}, duty.content) == (who, content)


@pytest.mark.parametrize(
    ("key", "pair"),
    [
        pytest.param("problem_research", ("city_office", "county_office"), marks=pytest.mark.clause("YL-8.3-6")),
        pytest.param("regular_study", ("city_office", "county_office"), marks=pytest.mark.clause("YL-8.1-3")),
        pytest.param(
            "provide_conditions", ("county_office", "township_party_committee"), marks=pytest.mark.clause("YL-8.2.2-1")
        ),
    ],
)
def test_both_of_two_bodies_owe_it_each_for_itself(rule: Any, key: str, pair: tuple[str, str]) -> None:
    duty, (one, other) = rule("yulin", f"duties.{key}"), pair
    acts = [Recorded(date(2023, 5, 1), by=one), Recorded(date(2023, 6, 1), by=one)]
    found = fulfilment(duty, UNJUDGED, acts, on=date(2023, 7, 1))
    assert (found.done, found.due, found.missing) == (1, 2, (other,))

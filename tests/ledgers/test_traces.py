"""Every figure opens where it comes from, and its arithmetic gives the figure."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import time_machine

from apps.accounts.access import Actor
from apps.accounts.selectors import positions
from apps.core.errors import Forbidden, NotFound
from apps.core.months import Month
from apps.core.tenancy import entered
from apps.jurisdictions.models import CalendarYear
from apps.ledgers.models import Ledger, LedgerLine
from apps.ledgers.selectors import figures
from apps.ledgers.selectors.chain import frozen_book
from apps.ledgers.services import county_ledger_queue
from apps.ledgers.services.county import county_ledger_fill
from apps.ledgers.traces import OUTDATED
from apps.rules.marks import CATEGORIES, INDEX_OF
from apps.rules.trace import recompute
from apps.teams.models import Posting
from tests.factories import actor_of, person_key, posting_of, sheet_line_of, team_of, unit_of, user_of
from tests.reports.months import accepted, closed
from tests.world import browser

AUGUST, SEPTEMBER = Month(2026, 8), Month(2026, 9)
DISTRICT, TOWNSHIP = "C511703", "C511703108"
NIGHTS, WEEKS = "C621121", "C621121100"
pytestmark = [pytest.mark.usefixtures("nation")]


@pytest.fixture(autouse=True)
def early_october() -> Iterator[None]:
    with time_machine.travel("2026-10-08 09:00+08:00", tick=False):
        yield


@pytest.fixture
def cast() -> dict[str, Posting]:
    """A team in a poor village with everybody whom the district's measures bind, and one first secretary elsewhere."""
    poor, other = team_of(f"{TOWNSHIP}201", "石垭村"), team_of(f"{TOWNSHIP}202", "前进村", ("non_poor",))
    return {
        "member": posting_of(poor, "何队员", "member"),
        "secretary": posting_of(poor, "田书记", "first_secretary"),
        "technician": posting_of(poor, "农技员甲", "agri_technician"),
        "credit": posting_of(poor, "农信员乙", "credit_officer"),
        "far": posting_of(other, "陈书记", "first_secretary"),
    }


def month_of(cast: dict[str, Posting], month: Month) -> Ledger:
    days = {
        "member": "VVVTTVVRRVVVVVRRVVVVVRRVVVVVRRV",
        "secretary": "VVVVVVVRRVVVVVRRVVLLLRRVVVVVRRV",
        "technician": "..VV.....VV....V......V........",
        "credit": "V..V....V...V.....V...V..VV..V.",
        "far": "VVVVVVVVVVV....................",
    }
    return accepted(TOWNSHIP, month, {cast[who]: text[: month.days] for who, text in days.items()})


def value_shown(html: str, name: str) -> int:
    found = re.search(rf'data-testid="trace-{name}">([0-9]+)<', html)
    assert found, html
    return int(found[1])


def lines_of(ledger: Ledger) -> list[LedgerLine]:
    return list(LedgerLine.objects.filter(ledger=ledger))


@pytest.mark.clause("DC-1.1.3-5", "DC-1.1.4-2", "DC-1.1.5-5", "DC-1.1.7-5", "DC-1.2.1-4")
def test_every_measure_of_every_line_is_shown_as_stored_and_recomputes_from_its_trace(
    cast: dict[str, Posting],
) -> None:
    month_of(cast, AUGUST)
    ledger = month_of(cast, SEPTEMBER)
    county = browser(actor_of("county_org_dept", DISTRICT).user)
    seen = {}
    for line in lines_of(ledger):
        for place, measure in enumerate(frozen_book(ledger).presence):
            answer = county.get(f"/trace/line/{line.ref}/{place}/", headers={"HX-Request": "true"})
            assert answer.status_code == (200 if line.state[place] else 404)
            if line.state[place]:
                html = answer.content.decode()
                seen[line.name, measure.name] = (value_shown(html, "value"), value_shown(html, "due"))
                assert seen[line.name, measure.name] == (line.done[place], line.due[place])
                assert measure.clause in html
                figure = figures.line_figure(actor=actor_of("county_org_dept", DISTRICT), line=line.pk, measure=place)
                assert recompute(figure.trace) == line.done[place]
                assert figure.note == ""
    # By hand: 248 workdays in 2026, two thirds of them 166.  Workdays in the village in August and September (make-up
    # day on the 20th, festival from the 25th to the 27th): 19 + 13 and 18 + 12.  Weeks to the 6th, 13th, 20th, 27th of
    # September with two days in the village: all but the third.
    assert seen == {
        ("何队员", "workday_share"): (32, 166),
        ("田书记", "workday_share_first_secretary"): (30, 166),
        ("农技员甲", "technician_days"): (12, 60),
        ("农信员乙", "weekly_days"): (3, 4),
        ("陈书记", "monthly_days"): (11, 10),
    }


def test_a_trace_says_whose_figure_it_is_by_which_rule_clause_and_version(cast: dict[str, Posting]) -> None:
    ledger = month_of(cast, SEPTEMBER)
    line = LedgerLine.objects.get(ledger=ledger, posting=cast["far"])
    place = [measure.name for measure in frozen_book(ledger).presence].index("monthly_days")
    html = browser(actor_of("county_org_dept", DISTRICT).user).get(f"/trace/line/{line.ref}/{place}/").content.decode()
    for text in (
        "陈书记 · 前进村 · 2026年9月台账",
        "本月：在村 11 = 11",
        "不少于 10 天",
        "DC-1.2.1-4",
        "关于从严管理脱贫攻坚帮扶力量的通知",
        "取自然日，休息日在村也算",
        frozen_book(ledger).presence[place].version[:12],
    ):
        assert text in html, text
    assert "<nav" in html, "without script the trace is a page of its own"


@pytest.mark.clause("DC-1.1.3-5")
def test_a_ledger_keeps_its_figures_when_the_calendar_changes_later(cast: dict[str, Posting]) -> None:
    ledger = month_of(cast, SEPTEMBER)
    line = LedgerLine.objects.get(ledger=ledger, posting=cast["member"])
    year = CalendarYear.objects.get(year=2026)
    year.content["days"] = year.content["days"].replace("H", "W")
    year.save()
    figure = figures.line_figure(actor=actor_of("county_org_dept", DISTRICT), line=line.pk, measure=0)
    assert (figure.trace["value"], figure.trace["due"]) == (line.done[0], 166)
    assert recompute(figure.trace) == line.done[0]
    assert figure.note == OUTDATED


def test_every_sum_of_a_township_ledger_is_the_sum_of_its_lines(cast: dict[str, Posting]) -> None:
    ledger = month_of(cast, SEPTEMBER)
    actor = actor_of("township_clerk", TOWNSHIP)
    totals = ledger.totals
    expected = {"people": 5, "posted": totals["posted"], "nights": totals["nights"]}
    expected |= {category: totals["counts"][INDEX_OF[category]] for category in CATEGORIES}
    for place in range(len(frozen_book(ledger).presence)):
        states = totals["states"][place]
        expected |= {f"state-{place}-{state}": states[state] for state in range(1, 6)}
        expected[f"bound-{place}"] = sum(states[1:])
    for what, value in expected.items():
        figure = figures.total_figure(actor=actor, ledger=ledger.pk, what=what)
        assert figure.trace["value"] == recompute(figure.trace) == value, what
    assert expected["in_village"] == sum(line.counts[0] for line in lines_of(ledger))
    assert expected["posted"] == 5 * 30


def test_a_days_figure_names_the_very_days(cast: dict[str, Posting]) -> None:
    ledger = month_of(cast, SEPTEMBER)
    line = LedgerLine.objects.get(ledger=ledger, posting=cast["secretary"])
    page = browser(actor_of("county_org_dept", DISTRICT).user)
    html = page.get(f"/trace/line/{line.ref}/leave/").content.decode()
    assert "19至21日，共 3 天" in html
    assert value_shown(html, "value") == 3
    for category in CATEGORIES:
        figure = figures.days_figure(actor=actor_of("county_org_dept", DISTRICT), line=line.pk, category=category)
        assert recompute(figure.trace) == line.counts[INDEX_OF[category]]
    figure = figures.days_figure(actor=actor_of("county_org_dept", DISTRICT), line=line.pk, category="posted")
    assert recompute(figure.trace) == line.posted == 30
    shown = page.get(f"/ledgers/{ledger.pk}/").content.decode()
    assert re.search(rf'<a class="trace" href="/trace/line/{line.ref}/posted/"[^>]*>30</a>', shown)


def test_a_county_sum_is_made_of_its_townships_and_each_opens_its_own(cast: dict[str, Posting]) -> None:
    part = month_of(cast, SEPTEMBER)
    actor = actor_of("county_org_dept", DISTRICT)
    county = county_ledger_queue(actor=actor, area=DISTRICT, month=SEPTEMBER)
    county_ledger_fill(ledger=county.pk)
    county.refresh_from_db()
    figure = figures.total_figure(actor=actor, ledger=county.pk, what="in_village")
    assert figure.trace["value"] == recompute(figure.trace) == county.totals["counts"][0] == part.totals["counts"][0]
    assert [(term.label, term.url) for term in figure.terms] == [(part.name, f"/trace/total/{part.pk}/in_village/")]


def test_the_live_sheet_shows_the_figure_that_its_trace_gives() -> None:
    team = team_of(f"{WEEKS}201")
    member = posting_of(team, "李秀英")
    sheet_line_of(member, AUGUST, "V" * 20 + "T" * 2 + "R" * 9)
    sheet_line_of(member, SEPTEMBER, "V" * 10 + "M" * 3 + "L" * 17)
    clerk = browser(actor_of("township_clerk", WEEKS).user)
    [row] = clerk.get(f"/sheet/{WEEKS}/2026-09/data.json").json()["rows"]
    assert row["ytd"] == [[35, 220, 3], [30, 160, 3]]
    for place, (done, due, _) in enumerate(row["ytd"]):
        html = clerk.get(f"/trace/sheet/{member.pk}/2026-09/{place}/").content.decode()
        assert (value_shown(html, "value"), value_shown(html, "due")) == (done, due)
        figure = figures.sheet_figure(
            actor=actor_of("township_clerk", WEEKS), posting=member.pk, month=SEPTEMBER, measure=place
        )
        assert recompute(figure.trace) == done
    assert "李秀英" in clerk.get(f"/trace/sheet/{member.pk}/2026-09/0/").content.decode()


def test_a_unit_sees_a_line_and_its_quarter_only_after_it_was_fed_back() -> None:
    unit = unit_of("县水务局", "C621121")
    team = team_of(f"{WEEKS}201")
    posting_of(team, "王建国", "leader")
    member = posting_of(team, "李秀英", unit=unit)
    waiting = closed(WEEKS, AUGUST)
    liaison = actor_of("unit_liaison", unit, "联络员")
    drafted = LedgerLine.objects.get(ledger=waiting, posting=member)
    with entered(liaison.scope), pytest.raises(NotFound):
        figures.line_figure(actor=liaison, line=drafted.pk, measure=0)

    ledger = accepted(WEEKS, SEPTEMBER, {member: "V" * 20 + "T" * 4 + "R" * 6})
    line = LedgerLine.objects.get(ledger=ledger, posting=member)
    with entered(liaison.scope):
        figure = figures.line_figure(actor=liaison, line=line.pk, measure=1)
        assert recompute(figure.trace) == line.done[1]
        quarter = figures.quarter_figure(
            actor=liaison, posting=member.pk, year=2026, quarter=3, category="official_trip"
        )
    assert recompute(quarter.trace) == 4
    assert [term.label for term in quarter.terms] == ["2026年9月"], "August is not accepted yet"
    page = browser(liaison.user)
    assert page.get(f"/trace/line/{line.ref}/1/").status_code == 200
    assert page.get(f"/trace/line/{drafted.ref}/1/").status_code == 404
    assert page.get(f"/trace/total/{ledger.pk}/in_village/").status_code == 404
    assert page.get(f"/trace/quarter/{member.pk}/2026/5/in_village/").status_code == 404


def test_a_cadre_opens_his_own_figures_and_nobody_elses() -> None:
    team = team_of(f"{WEEKS}201")
    leader = posting_of(team, "王建国", "leader")
    member = posting_of(team, "李秀英")
    ledger = accepted(WEEKS, SEPTEMBER)
    own, other = (LedgerLine.objects.get(ledger=ledger, posting=who) for who in (member, leader))
    user = user_of("李秀英", person=person_key("李秀英"))
    page = browser(user)
    assert value_shown(page.get(f"/trace/line/{own.ref}/0/").content.decode(), "value") == own.done[0]
    assert page.get(f"/trace/line/{other.ref}/0/").status_code == 404
    assert page.get(f"/trace/line/{own.ref}/in_village/").status_code == 200
    actor = Actor(user, positions(user)[0])
    with entered(actor.scope):
        assert recompute(figures.line_figure(actor=actor, line=own.pk, measure=0).trace) == own.done[0]


def test_strangers_find_nothing_and_the_wrong_role_is_refused(cast: dict[str, Posting]) -> None:
    ledger = month_of(cast, SEPTEMBER)
    line = LedgerLine.objects.filter(ledger=ledger).first()
    assert line is not None
    paths = [
        f"/trace/line/{line.ref}/0/",
        f"/trace/line/{line.ref}/in_village/",
        f"/trace/total/{ledger.pk}/people/",
        f"/trace/sheet/{line.posting_id}/2026-09/0/",
        f"/trace/quarter/{line.posting_id}/2026/3/in_village/",
    ]
    strangers = [actor_of("township_clerk", WEEKS), actor_of("county_office", NIGHTS), actor_of("city_office", "C6211")]
    strangers.append(actor_of("unit_head", unit_of("别的单位", "C62")))
    for stranger in strangers:
        page = browser(stranger.user)
        answers = [page.get(path).status_code for path in paths]
        assert answers[:4] == [404] * 4
        assert answers[4] in (403, 404)
    team_leader = actor_of("team_leader", cast["member"].team, "何队长")
    with entered(team_leader.scope), pytest.raises(Forbidden):
        figures.line_figure(actor=team_leader, line=line.pk, measure=0)


@pytest.mark.parametrize(
    "path", ["line/0/0", "line/1/x", "total/1/state-9-1", "total/1/bound-99", "total/1/nobody", "sheet/1/2026-09/99"]
)
def test_what_does_not_exist_is_not_found(path: str) -> None:
    page = browser(actor_of("nation_office", "C").user)
    assert page.get(f"/trace/{path}/").status_code in (403, 404)

"""Around the grid: what is missing before the close, and the records that explain days."""

from __future__ import annotations

import pytest
import time_machine

from apps.attendance.compile import sheet_head
from apps.attendance.selectors import sheet_context
from apps.core.months import Month
from apps.reports.compile.words import short_words
from apps.rules.sheet import read_mark
from apps.teams.models import Team
from tests.desk.reading import page, plain
from tests.factories import actor_of, posting_of, team_of
from tests.reports.months import closed
from tests.world import browser

TOWNSHIP = "C511703108"
pytestmark = pytest.mark.usefixtures("nation")


@pytest.fixture
def team() -> Team:
    found = team_of(f"{TOWNSHIP}201", "石垭村")
    posting_of(found, "何队员")
    return found


@time_machine.travel("2026-10-08 09:00+08:00", tick=False)
def test_the_close_says_before_the_click_that_it_cannot_succeed(team: Team) -> None:
    clerk = browser(actor_of("township_clerk", TOWNSHIP).user)

    def part(month: str) -> str:
        html = page(clerk, f"/sheet/{TOWNSHIP}/{month}/")
        return html[html.index('id="sheet-close"') : html.index("</section>")]

    running = part("2026-10")
    assert "还缺 " in plain(running)
    assert 'class="btn btn-light is-early"' in running and "现在月结不会成功" in running
    assert "2026年10月尚未结束" in plain(running)
    closed(TOWNSHIP, Month(2026, 9))
    assert "sheet-close-button" not in part("2026-09")


@time_machine.travel("2026-10-08 09:00+08:00", tick=False)
@pytest.mark.parametrize(
    ("last", "words"), [("2026-10-09", "2026年10月8日至2026年10月9日"), ("2026-10-08", "2026年10月8日")]
)
def test_a_record_is_confirmed_with_its_days_in_words(team: Team, last: str, words: str) -> None:
    clerk = browser(actor_of("township_clerk", TOWNSHIP).user)
    body = {
        "posting": team.postings.get().pk,
        "kind": "official_trip",
        "first": "2026-10-08",
        "last": last,
        "reason": "到县里办理项目手续",
    }
    answer = clerk.post(f"/sheet/{TOWNSHIP}/2026-10/records/", body, follow=True)
    assert f"已登记何队员{words}的公务记录，考勤月表已相应锁定。" in answer.content.decode()


@pytest.mark.parametrize("township", ["C621121100", "C610822100", "C530129103", "C511703100"])
def test_the_grid_shows_the_signs_of_the_printed_ledger_and_reads_them(township: str) -> None:
    context = sheet_context(township, Month(2026, 9))
    sheet = context.book.sheet
    signs = {mark["code"]: mark["sign"] for mark in sheet_head(context)["marks"]}
    assert signs == {code: short_words(sheet)[code] for code in signs}
    assert len(set(signs.values())) == len(signs) > 5
    assert {code: read_mark(sign, sheet) for code, sign in signs.items()} == {code: code for code in signs}

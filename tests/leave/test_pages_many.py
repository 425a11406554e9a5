"""Lists that are longer than a page say so and go on."""

from __future__ import annotations

from datetime import date, timedelta

from tests.leave.conftest import Place
from tests.leave.people import granted, web

TUESDAY = date(2026, 9, 8)
MANY = 32  # two more than a page of the board


def test_everybody_who_is_or_will_be_away_is_listed_page_by_page(tongwei: Place) -> None:
    days = [TUESDAY + timedelta(days=7 * (number // 2) + 2 * (number % 2)) for number in range(MANY)]
    numbers = [granted(tongwei, "member", day, day).pk for day in days]
    clerk = web(tongwei.offices["township_clerk"])
    pages = [clerk.get(f"/leave/?current={number}").content.decode() for number in (1, 2)]
    shown = [{pk for pk in numbers if f'href="/leave/{pk}/"' in page} for page in pages]
    assert [len(found) for found in shown] == [30, 2]
    assert shown[0] | shown[1] == set(numbers)
    assert f"共 2 页，{MANY} 条" in pages[0]


def test_whoever_decides_sees_what_waits_for_him_however_much_waits_for_others(tongwei: Place) -> None:
    for number in range(MANY):
        day = TUESDAY + timedelta(days=7 * (number // 2) + 2 * (number % 2))
        tongwei.ask("member", day, day)  # the team's leader decides on those
    late = tongwei.ask("leader", date(2026, 9, 7), date(2026, 9, 7))
    page = web(tongwei.offices["township_secretary"]).get("/leave/").content.decode()
    assert f'href="/leave/{late.pk}/"' in page.split('data-testid="mine"')[1].split("</ul>")[0]
    assert f"共 2 页，{MANY} 条" in page

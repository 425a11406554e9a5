"""A county's roster: from the workbook to the rows, through the pages."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from apps.accounts.access import Actor
from apps.cadres.identity import id_decrypt, person_key
from apps.cadres.models import Cadre, DispatchUnit
from apps.core.tenancy import NATION, Scope, entered
from apps.jurisdictions.models import Village
from apps.teams.models import Posting, Team
from tests.factories import actor_of, posting_of, team_of, unit_of
from tests.reports.roster.books import BUREAU, COUNTY, XINHUA, book, id_of, person, upload

pytestmark = pytest.mark.usefixtures("reference")

MODELS = (Village, DispatchUnit, Team, Cadre, Posting)


def rows() -> dict[str, int]:
    with entered(Scope(area=NATION)):
        return {model.__name__: model._default_manager.count() for model in MODELS}


def preview(client: Client, content: bytes, name: str = "花名册.xlsx") -> Any:
    return client.post(reverse("reports:roster_preview"), {"file": upload(content, name)})


def token(response: Any) -> str:
    found = re.search(r'name="token" value="([^"]*)"', response.content.decode())
    return found[1] if found else ""


def confirm(client: Client, response: Any) -> Any:
    return client.post(reverse("reports:roster_confirm"), {"token": token(response)}, follow=True)


def imported(client: Client, content: bytes) -> str:
    """Upload and confirm; the text of the page that follows."""
    shown = preview(client, content)
    assert shown.status_code == 200, unescape(shown.content.decode())
    done = confirm(client, shown)
    assert done.status_code == 200
    return unescape(done.content.decode())


def tallies(response: Any) -> dict[str, tuple[int, int, int]]:
    return {label: (tally.new, tally.changed, tally.same) for label, tally in response.context["tallies"]}


def test_a_roster_becomes_villages_units_people_teams_and_postings(county: Client) -> None:
    content = book(
        villages=[XINHUA, ("平襄镇", "瓦石村", "621121100202", "非贫困村、软弱涣散村")],
        units=[BUREAU, ("某省税务局", "省级", "机关", "是", "")],
        people=[
            person(1),
            person(2, name="李秀英", village="621121100202", roles="队员", unit="某省税务局", first=date(2026, 3, 2)),
            person(1, village="瓦石村", roles="工作队员", first="2025/1/1", last="2026.2.28"),
        ],
    )
    shown = preview(county, content)
    assert tallies(shown) == {
        "村": (2, 0, 0), "派出单位": (2, 0, 0), "工作队": (2, 0, 0), "干部": (2, 0, 0), "派驻": (3, 0, 0)
    }  # fmt: skip
    assert rows() == dict.fromkeys(rows(), 0)
    assert "村新增 2、变更 0" in unescape(confirm(county, shown).content.decode())

    with entered(Scope(area=COUNTY)):
        village = Village.objects.get(area="C621121100202")
        assert (village.name, set(village.classes)) == ("瓦石村", {"non_poor", "weak_party"})
        assert {team.name for team in Team.objects.all()} == {"新华村驻村工作队", "瓦石村驻村工作队"}
        tax = DispatchUnit.objects.get(name="某省税务局")
        assert (tax.home_id, tax.level, tax.nature, tax.vertical) == ("C62", "provincial", "organ", True)
        wang = Cadre.objects.get(name="王建国")
        assert (wang.area, wang.person, wang.id_masked) == (
            COUNTY,
            person_key(id_of(1)),
            f"621121********{id_of(1)[-4:]}",
        )
        assert id_decrypt(wang.id_number, area=COUNTY, person=wang.person) == id_of(1)
        assert (wang.political_status, wang.rank, wang.phone) == ("party_member", "四级主任科员", "13900000000")
        assert wang.sort_key == "wang jian guo"
        spans = Posting.objects.filter(cadre=wang).order_by("first")
        assert [(p.area, p.roles, p.first, p.last, p.name) for p in spans] == [
            ("C621121100202", ["member"], date(2025, 1, 1), date(2026, 2, 28), "王建国"),
            ("C621121100201", ["leader", "first_secretary"], date(2026, 3, 1), None, "王建国"),
        ]
        li = Posting.objects.get(name="李秀英")
        assert (li.area, li.unit, li.first) == ("C621121100202", tax, date(2026, 3, 2))


def test_the_same_file_a_second_time_changes_nothing_and_says_so(county: Client) -> None:
    content = book(people=[person(1), person(2, name="李秀英", roles="队员")])
    imported(county, content)
    before = rows()
    shown = preview(county, content)
    assert [tally[:2] for tally in tallies(shown).values()] == [(0, 0)] * 5
    assert "完全一致" in unescape(shown.content.decode())
    assert token(shown) == ""
    assert rows() == before


def test_confirming_twice_imports_once(county: Client) -> None:
    shown = preview(county, book(people=[person(1)]))
    confirm(county, shown)
    before = rows()
    again = confirm(county, shown)
    assert again.status_code == 409
    assert "预览之后系统里的数据有变化" in unescape(again.content.decode())
    assert rows() == before


def test_one_wrong_cell_keeps_everything_out(county: Client) -> None:
    shown = preview(county, book(people=[person(1), person(2, name="李秀英", id_number=id_of(2)[:-1])]))
    assert shown.status_code == 422
    assert "第 3 行 B 列（身份证号）" in unescape(shown.content.decode())
    assert token(shown) == ""
    assert rows() == dict.fromkeys(rows(), 0)


def test_what_changes_is_shown_before_and_written_after(county: Client) -> None:
    came = "2024-03-01"
    imported(county, book(people=[person(1, first=came)]))
    changed = book(
        villages=[("平襄镇", "新华新村", "621121100201", "非贫困村")],
        units=[BUREAU, ("县林草局", "县级", "机关", "", "")],
        people=[person(1, first=came, village="新华新村", unit="县林草局", rank="", roles="队员", last="2026-10-31")],
    )
    shown = preview(county, changed)
    text = unescape(shown.content.decode())
    for words in (
        "村名：新华村 → 新华新村",
        "岗位：队长、第一书记 → 队员",
        "至今 → 2024-03-01至2026-10-31",
        "派出单位：改为县林草局",
    ):
        assert words in text
    confirm(county, shown)
    with entered(Scope(area=COUNTY)):
        posting = Posting.objects.get()
        assert (posting.roles, posting.last, posting.unit.name) == (["member"], date(2026, 10, 31), "县林草局")
        assert Cadre.objects.get().rank == "四级主任科员"  # an empty cell takes nothing away
        assert Team.objects.get().name == "新华新村驻村工作队"
    assert [tally[:2] for tally in tallies(preview(county, changed)).values()] == [(0, 0)] * 5


def test_a_registered_unit_is_not_changed_by_a_county(county: Client) -> None:
    unit_of("某省税务局", home="C62", level="provincial", nature="organ", vertical=True)
    shown = preview(county, book(units=[BUREAU, ("某省税务局", "省级", "事业单位", "否", "")], people=[person(1)]))
    assert "系统里登记的性质为机关、是垂直管理单位" in unescape(shown.content.decode())
    confirm(county, shown)
    unit = DispatchUnit.objects.get(name="某省税务局")
    assert (unit.nature, unit.vertical) == ("organ", True)


def test_a_county_cannot_import_into_another(county: Client) -> None:
    other = ("某镇", "某村", "621122100201", "非贫困村")
    assert preview(county, book(villages=[other])).status_code == 422
    shown = preview(county, book(villages=[("平襄镇", "某村", "621122100201", "非贫困村")]))
    assert "不在本县" in unescape(shown.content.decode())


@pytest.mark.parametrize("office_name", ["township_clerk", "city_office", "nation_office", "county_poverty_office"])
def test_only_the_countys_office_and_organisation_department_import(client: Client, office_name: str) -> None:
    area = {"township_clerk": "C621121100", "city_office": "C6211", "nation_office": "C"}.get(office_name, COUNTY)
    with entered(Scope(area=NATION)):
        user = actor_of(office_name, area, "别的人").user
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    for name in ("reports:roster", "reports:roster_template"):
        assert client.get(reverse(name)).status_code == 403
    assert preview(client, book(people=[person(1)])).status_code == 403
    assert client.post(reverse("reports:roster_confirm"), {"token": "x"}).status_code == 403
    assert rows() == dict.fromkeys(rows(), 0)


def test_no_page_shows_an_identity_number_not_even_in_its_source(county: Client) -> None:
    wrong = id_of(3)[:-1] + ("1" if id_of(3)[-1] != "1" else "2")
    contents = [
        book(people=[person(1)]),
        book(people=[person(1, name="王建军")]),
        book(people=[person(1), person(1, name="李秀英"), person(3, id_number=wrong)]),
        book(
            people=[
                person(1, name=id_of(1)),
                person(1, village=id_of(1), phone=id_of(1), first=id_of(1), roles=id_of(1)),
            ]
        ),
    ]
    for content in contents:
        shown = preview(county, content)
        text = shown.content.decode()
        assert id_of(1) not in text and wrong not in text
        if token(shown):
            text += confirm(county, shown).content.decode()
        assert not re.search(r"(?<![0-9A-Za-z_-])621121198001\d{5}", text)


def test_a_preview_belongs_to_one_person_and_one_hour(county: Client, client: Client, office: Actor) -> None:
    shown = preview(county, book(people=[person(1)]))
    with entered(Scope(area=NATION)):
        other = actor_of("county_org_dept", COUNTY, "周部长").user
    client.force_login(other, backend="django.contrib.auth.backends.ModelBackend")
    assert confirm(client, shown).status_code == 400
    client.force_login(office.user, backend="django.contrib.auth.backends.ModelBackend")
    with time_machine.travel("2026-11-22 10:30+08:00", tick=False):
        client.force_login(office.user, backend="django.contrib.auth.backends.ModelBackend")
        late = confirm(client, shown)
        assert late.status_code == 400 and "超过一小时" in unescape(late.content.decode())
    for forged in ("", "AAAA", "！", token(shown)[:-8] + "AAAAAAA="):
        assert client.post(reverse("reports:roster_confirm"), {"token": forged}).status_code == 400
    assert rows() == dict.fromkeys(rows(), 0)


def test_a_person_known_in_another_county_gets_a_row_of_his_own(county: Client) -> None:
    with entered(Scope(area="C610825")):
        away = posting_of(team_of("C610825100201"), "王建国", unit=unit_of("某局", home="C610825"))
        Cadre.objects.filter(pk=away.cadre_id).update(person=person_key(id_of(1)))
    imported(county, book(people=[person(1)]))
    with entered(Scope(area=NATION)):
        assert sorted(Cadre.objects.filter(person=person_key(id_of(1))).values_list("area", flat=True)) == [
            "C610825",
            COUNTY,
        ]

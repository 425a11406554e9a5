"""Ledgers as workbooks, against tables worked out by hand, and against what must not move them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO

import openpyxl
import pytest
import time_machine
from openpyxl.worksheet.worksheet import Worksheet

from apps.core.errors import Conflict
from apps.core.months import Month
from apps.ledgers.models import Ledger
from apps.ledgers.services.county import county_ledger_fill, county_queue
from apps.reports.compile.ledger import ledger_paper, ledger_workbook
from apps.reports.compile.ledger.build import equation
from apps.reports.selectors.snapshot import snapshot
from apps.teams.models import Posting
from tests.factories import actor_of, posting_of, team_of, unit_of
from tests.reports.months import accepted, closed

JULY, AUGUST = Month(2026, 7), Month(2026, 8)
# July 2026 begins on a Wednesday.  By hand: 1-3 in the village, the 2nd without the night, then
# trip, meeting, training, leave and absence from Monday the 6th, a worked Sunday on the 12th.
ODD = "VvV" + "RR" + "TMNLA" + "RV" + "VVVVVRR" * 2 + "VVVVV"


@pytest.fixture(autouse=True)
def september() -> Iterator[None]:
    with time_machine.travel("2026-09-03 09:00+08:00", tick=False):
        yield


def township(code: str = "C621121100", village: str = "201") -> tuple[Posting, Posting]:
    team = team_of(f"{code}{village}", "中林村")
    leader = posting_of(team, "赵队长", "leader", "first_secretary", unit=unit_of("县水务局", home=code[:7]))
    other = posting_of(team, "王建国", unit=unit_of("省发展改革委", home=code[:3]), first=date(2026, 7, 1))
    return leader, other


def opened(ledger: Ledger) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(ledger_workbook(snapshot(Ledger.objects.get(pk=ledger.pk)))))


def values(sheet: Worksheet) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def text_of(sheet: Worksheet) -> str:
    return "\n".join(str(cell) for row in values(sheet) for cell in row if cell is not None)


def heads(sheet: Worksheet) -> list[str]:
    """The heads of the two head rows as `group/head`."""
    found, group = [], ""
    for top, low in zip(values(sheet)[3], values(sheet)[4], strict=True):
        group = str(top) if top is not None else group
        found.append(f"{group}/{low}" if low is not None else group)
    return found


@pytest.mark.usefixtures("nation")
def test_a_townships_ledger_is_the_table_worked_out_by_hand() -> None:
    leader, other = township()
    ledger = accepted("C621121100", JULY, {other: ODD})
    sheet = opened(ledger)["月度台账"]
    assert sheet["A1"].value == "通渭县平襄镇驻村干部考勤月度台账（2026年7月）"
    assert sheet["A2"].value == "依据：《通渭县驻村帮扶工作队和到村任职第一书记管理实施办法》通办发〔2018〕35号"
    assert sheet["A3"].value == "台账编号：621121100-202607-01　　第1版　已审核通过　单位：天　共2人"
    row = dict(zip(heads(sheet), values(sheet)[6], strict=True))
    assert [row[head] for head in ("序号", "村", "姓名", "岗位", "派出单位")] == [
        2,
        "中林村",
        "王建国",
        "队员",
        "省发展改革委",
    ]
    days = [value for head, value in row.items() if head.split("/")[0].isdigit()]
    assert "".join(map(str, days)) == "村△村休休差会训假脱休村" + "村村村村村休休" * 2 + "村村村村村"
    # 23 workdays less the five of 6 to 10 July, and Sunday the 12th: 19 in the village; 8 - 1 days of rest.
    kinds = {head.split("/")[1]: value for head, value in row.items() if head.startswith("各类天数/")}
    assert kinds == {
        "在村": 19,
        "公差": 1,
        "会议": 1,
        "培训": 1,
        "抽调": None,
        "请假": 1,
        "休息": 7,
        "脱岗": 1,
        "单位抽回": None,
    }
    assert (row["派驻天数"], row["月度等式"], row["住宿夜数"]) == (31, "19+1+1+1+1+7+1=31", 18)
    # 184 of 365 days in post: ceil(220 × 184 / 365) = 111; 19 + trip + meeting + training = 22.
    assert [row[f"年驻村（工作日）/{head}"] for head in ("累计", "应达", "状态")] == [22, 111, "进行中"]
    assert [row[f"在村（天）/{head}"] for head in ("累计", "应达", "状态")] == [19, 81, "进行中"]
    assert row["备注"] == "脱岗1天"
    assert values(sheet)[5][2] == "赵队长"
    sums = dict(zip(heads(sheet), values(sheet)[7], strict=True))
    assert (sums["各类天数/在村"], sums["派驻天数"], sums["各类天数/休息"]) == (42, 62, 15)
    assert leader.pk != other.pk


@pytest.mark.usefixtures("nation")
def test_the_foot_names_who_signed_and_leaves_places_for_those_who_have_not() -> None:
    _, other = township()
    text = text_of(opened(closed("C621121100", JULY, {other: ODD}))["月度台账"])
    assert "月结确认（经办人）：township_clerk-C621121100　2026年9月3日" in text
    assert "乡镇党委书记审签（乡镇党委书记）：　　　　　　　　　　　　年　　月　　日　　（盖章）" in text
    signed = accepted("C621121100", AUGUST)
    text = text_of(opened(signed)["月度台账"])
    assert "乡镇党委书记审签（乡镇党委书记）：township_secretary-C621121100　2026年9月3日　　（盖章）" in text
    assert "县领导小组办公室审核（县级驻村办）：county_office-C621121　2026年9月3日　　（盖章）" in text
    assert "TW-13-2　《通渭县驻村帮扶工作队和到村任职第一书记管理实施办法》第十三条：年驻村满220个工作日" in text
    assert f"内容摘要（sha256）：{signed.hash}" in text


@pytest.mark.usefixtures("nation")
def test_the_sheet_prints_as_the_paper_form_does() -> None:
    township()
    ledger = closed("C621121100", JULY)
    sheet = opened(ledger)["月度台账"]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 8)
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$4:$5", "D6")
    assert sheet.print_area and sheet.sheet_properties.pageSetUpPr.fitToPage
    foot = sheet.oddFooter
    assert ledger.hash in foot.left.text and "第1版" in foot.left.text and "&P" in foot.right.text
    saturday, monday = sheet["I6"], sheet["K6"]
    assert (saturday.value, saturday.fill.fgColor.rgb, monday.fill.fill_type) == ("休", "FFE3E6EA", None)


@pytest.mark.usefixtures("nation")
@pytest.mark.clause("TW-18-1")
def test_the_weekly_summary_adds_up_to_the_month() -> None:
    _, other = township()
    sheet = opened(closed("C621121100", JULY, {other: ODD}))["驻村天数周汇总"]
    rows = values(sheet)
    weeks = ["第1周（1—5日）", "第2周（6—12日）", "第3周（13—19日）", "第4周（20—26日）", "第5周（27—31日）"]
    assert [head for head in rows[2][4:] if head] == [*weeks, "全月合计"]
    # By hand (stationed, of these in the village): 3 days; trip, meeting, training and the Sunday; then 5, 5, 5.
    assert rows[5][2:] == ["王建国", "队员", 3, 3, 4, 1, 5, 5, 5, 5, 5, 5, 22, 19]
    assert "TW-18-1" in str(rows[1][0])


@pytest.mark.usefixtures("nation")
@pytest.mark.clause("TW-18-2")
def test_the_bulletin_tells_the_month_in_sentences() -> None:
    _, other = township()
    sheet = opened(closed("C621121100", JULY, {other: ODD}))["考勤情况通报"]
    text = text_of(sheet)
    assert "2026年第7期　　2026年9月3日" in text
    assert "在册驻村干部2人，派驻合计62天，其中在村42天、公差1天、会议1天、培训1天、请假1天、休息15天、脱岗1天" in text
    assert "脱岗：王建国（中林村）1天。" in text
    assert "请假：王建国（中林村）1天。" in text
    # 赵队长 is posted for the whole year and has 23 days; 153 dates are left from August: 176 < 220.
    assert "年驻村：进行中1人　余下天数已不够1人；须重点关注：赵队长（中林村）23/220工作日。" in text
    assert [1, "中林村", 2, 42, 1, 1, 1, 0, 1, 15, 1, 0, 62] in values(sheet)


@pytest.mark.usefixtures("nation")
@pytest.mark.parametrize("code", ["C610828111", "C530129105", "C511703100"])
def test_other_packs_ask_for_no_weekly_summary_and_get_none(code: str) -> None:
    township(code)
    full = dict.fromkeys(Posting.objects.all(), "V" * 31)
    assert opened(closed(code, JULY, full)).sheetnames == ["月度台账"]


@pytest.mark.usefixtures("nation")
def test_a_ledger_stays_as_it_was_frozen_when_people_and_marks_change() -> None:
    _, other = township()
    ledger = accepted("C621121100", JULY, {other: ODD})
    before = values(opened(ledger)["月度台账"])
    Posting.objects.filter(pk=other.pk).update(name="改了名", roles=["agri_technician"], last=date(2026, 7, 20))
    assert values(opened(ledger)["月度台账"]) == before


@pytest.mark.usefixtures("nation")
@pytest.mark.clause("TW-21-2")
def test_the_countys_ledger_has_its_townships_and_everybody_in_them() -> None:
    _, first = township()
    _, second = township("C621121101")
    one = accepted("C621121100", JULY, {first: ODD})
    two = accepted("C621121101", JULY, {second: "V" * 31})
    queued = county_queue(area="C621121", month=JULY, by="孙主任")
    with pytest.raises(Conflict, match="还没有编成"):
        snapshot(queued)
    county_ledger_fill(ledger=queued.pk)
    book = opened(queued)
    assert book.sheetnames == ["乡镇汇总", "人员明细"]
    rows = values(book["乡镇汇总"])
    assert rows[0][0] == "通渭县到岗及履职情况台账（2026年7月）"
    assert [row[1:4] for row in rows[4:6]] == [["平襄镇", 2, 42], ["马营镇", 2, 54]]
    assert [row[-1] for row in rows[4:6]] == [one.hash, two.hash]
    assert rows[6][2:4] == [4, 96]
    people = values(book["人员明细"])
    assert [(row[1], row[3]) for row in people[5:9]] == [
        ("平襄镇", "赵队长"),
        ("平襄镇", "王建国"),
        ("马营镇", "赵队长"),
        ("马营镇", "王建国"),
    ]
    assert "汇总编制（经办人）：孙主任" in text_of(book["乡镇汇总"])


@pytest.mark.usefixtures("nation")
def test_the_sums_of_the_paper_are_those_of_the_ledger() -> None:
    _, other = township()
    ledger = closed("C621121100", JULY, {other: ODD})
    paper = ledger_paper(snapshot(ledger))
    kept = [kind.place for kind in paper.kinds]
    assert paper.sums.counts == [ledger.totals["counts"][place] for place in kept]
    assert (paper.sums.posted, paper.sums.stayed) == (ledger.totals["posted"], ledger.totals["nights"])


@pytest.mark.parametrize(
    ("counts", "posted", "text"),
    [([21, 0, 2, 8], 31, "21+2+8=31"), ([10], 31, "10+空21=31"), ([0, 0], 5, "空5=5"), ([20, 12], 31, "20+12≠31")],
)
def test_the_month_equation_is_written_out(counts: list[int], posted: int, text: str) -> None:
    assert equation(counts, posted) == text


@pytest.mark.usefixtures("nation")
def test_names_in_a_ledger_never_become_formulas() -> None:
    team = team_of("C621121100201", "－村")
    posting_of(team, "=HYPERLINK(1)", unit=unit_of("@单位"))
    ledger = closed("C621121100", JULY, {})
    book = opened(ledger)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert not [cell.value for cell in cells if str(cell.value).lstrip()[0] in "=+-@＝＋－＠"]
    assert "'=HYPERLINK(1)" in {cell.value for cell in cells}
    assert actor_of("township_clerk", "C621121100")

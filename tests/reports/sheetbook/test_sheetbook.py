"""The offline workbook: what goes out comes back, and nothing is saved that was not looked at."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from apps.attendance.models import SheetLine
from apps.attendance.selectors import sheet_context, sheet_rows
from apps.attendance.services import LineEdit, sheet_save
from apps.core.errors import BadInput
from apps.core.months import Month
from apps.reports.sheetbook.difference import Difference, difference, edits_of
from apps.reports.sheetbook.export import sheet_workbook
from apps.reports.sheetbook.reading import read_book
from apps.reports.sheetbook.token import carry, opened
from tests.factories import actor_of, posting_of, team_of

pytestmark = pytest.mark.usefixtures("nation")
APRIL = Month(2026, 4)
TOWNSHIP = "C621121100"
FIRST_DAY = 6  # column F


@pytest.fixture
def people() -> dict[str, int]:
    team = team_of("C621121100201")
    return {name: posting_of(team, name).pk for name in ("李秀英", "王建国", "赵＝一")}


def _export() -> Workbook:
    rows = sheet_rows(area=TOWNSHIP, month=APRIL, with_year=False)
    content = sheet_workbook(sheet_context(TOWNSHIP, APRIL), rows, "平襄镇")
    return openpyxl.load_workbook(BytesIO(content))


def _upload(book: Workbook) -> SimpleUploadedFile:
    stream = BytesIO()
    book.save(stream)
    return SimpleUploadedFile("四月.xlsx", stream.getvalue())


def _difference(book: Workbook, area: str = TOWNSHIP, month: Month = APRIL) -> Difference:
    reading = read_book(_upload(book), area=area, month=month)
    rows = sheet_rows(area=area, month=month, with_year=False)
    return difference(sheet_context(area, month), rows, reading)


def _row(sheet: Worksheet, name: str) -> int:
    return next(number for number in range(4, sheet.max_row + 1) if sheet.cell(number, 3).value == name)


def _type(book: Workbook, name: str, day: int, text: object) -> None:
    sheet = book["考勤月表"]
    sheet.cell(_row(sheet, name), FIRST_DAY + day - 1).value = text  # type: ignore[assignment]


def _save(found: Difference, mine: frozenset[tuple[int, int]] = frozenset()) -> None:
    clerk = actor_of("township_clerk", TOWNSHIP, "文书")
    edits = edits_of(found.changes, found.versions, mine)
    sheet_save(actor=clerk, area=TOWNSHIP, month=APRIL, edits=edits)


def test_an_untouched_export_changes_nothing(people: dict[str, int]) -> None:
    found = _difference(_export())
    assert (found.changes, found.problems) == ([], [])


def test_the_workbook_shows_the_month_with_lists_and_locks(people: dict[str, int]) -> None:
    book = _export()
    sheet = book["考勤月表"]
    assert book.sheetnames == ["考勤月表", "填写说明", "系统"]
    assert book["系统"].sheet_state == "veryHidden"
    assert sheet.freeze_panes == "D4"
    assert sheet.cell(3, FIRST_DAY).value == "1 三"
    assert sheet.cell(3, FIRST_DAY + 29).value == "30 四"
    assert "V,T,M,N,S,L,R,A,D,v" in sheet.data_validations.dataValidation[0].formula1
    row = _row(sheet, "李秀英")
    # 4 to 6 April 2026 is the festival; the 7th is a Tuesday.
    assert [sheet.cell(row, FIRST_DAY + day - 1).value for day in (3, 4, 5, 6, 7)] == ["V", "R", "R", "R", "V"]
    assert not sheet.cell(row, FIRST_DAY).protection.locked
    assert sheet.cell(row, 3).protection.locked


def test_edited_cells_come_back_as_a_difference_and_are_saved_as_previewed(people: dict[str, int]) -> None:
    book = _export()
    _type(book, "李秀英", 7, "公差")
    _type(book, "王建国", 8, "l")
    found = _difference(book)
    assert {(change.name, change.day, change.was, change.will) for change in found.changes} == {
        ("李秀英", 7, "V", "T"),
        ("王建国", 8, "V", "L"),
    }
    assert not SheetLine.objects.exists()
    user = actor_of("township_clerk", TOWNSHIP, "文书").user.pk
    carried = opened(carry(found, user=user, area=TOWNSHIP, month=APRIL), user=user, area=TOWNSHIP, month=APRIL)
    letters = [(each.posting, each.day, each.was, each.now, each.will) for each in found.changes]
    assert [(each.posting, each.day, each.was, each.now, each.will) for each in carried.changes] == letters
    assert carried.versions == found.versions
    _save(carried)
    marks = dict(SheetLine.objects.values_list("posting__name", "marks"))
    assert (marks["李秀英"][6], marks["王建国"][7]) == ("T", "L")
    assert "赵＝一" not in marks
    with pytest.raises(BadInput, match="已经失效"):
        opened(carry(found, user=user, area=TOWNSHIP, month=APRIL), user=user + 1, area=TOWNSHIP, month=APRIL)


def test_a_cell_changed_on_the_site_meanwhile_is_kept_unless_the_workbooks_is_chosen(people: dict[str, int]) -> None:
    book = _export()
    clerk = actor_of("township_clerk", TOWNSHIP, "别人")
    edit = LineEdit(people["李秀英"], 0, {7: ("V", "M")})
    sheet_save(actor=clerk, area=TOWNSHIP, month=APRIL, edits=[edit])
    _type(book, "李秀英", 7, "T")
    _type(book, "李秀英", 8, "L")
    found = _difference(book)
    [conflict] = found.conflicts
    assert (conflict.day, conflict.was, conflict.now, conflict.will, conflict.by) == (7, "V", "M", "T", "别人")
    _save(found)
    assert SheetLine.objects.get().marks[6:8] == "ML"
    _save(_difference(book), frozenset({(people["李秀英"], 7)}))
    assert SheetLine.objects.get().marks[6:8] == "TL"


def _remove_row(book: Workbook) -> None:
    book["考勤月表"].delete_rows(5)


def _double_row(book: Workbook) -> None:
    sheet = book["考勤月表"]
    for column in range(1, sheet.max_column + 1):
        sheet.cell(7, column).value = sheet.cell(4, column).value


def _extra_day(book: Workbook) -> None:
    book["考勤月表"].cell(3, FIRST_DAY + 30).value = "31 五"


def _two_people_in_one_row(book: Workbook) -> None:
    sheet = book["考勤月表"]
    for day in range(31, 40):
        sheet.cell(4, FIRST_DAY + day - 1).value = "V"


def _new_person(book: Workbook) -> None:
    sheet = book["考勤月表"]
    sheet.cell(7, 3).value = "新来的"
    sheet.cell(7, FIRST_DAY).value = "V"


def _rename(book: Workbook) -> None:
    book["考勤月表"].cell(4, 3).value = "张三"


def _formula(book: Workbook) -> None:
    book["考勤月表"].cell(4, FIRST_DAY).value = "=1+1"


def _merged_head(book: Workbook) -> None:
    book["考勤月表"].merge_cells("F3:G3")


def _no_system(book: Workbook) -> None:
    del book["系统"]


def _moved_column(book: Workbook) -> None:
    book["考勤月表"].cell(3, 2).value, book["考勤月表"].cell(3, 3).value = "姓名", "村"


def _unknown_mark(book: Workbook) -> None:
    book["考勤月表"].cell(4, FIRST_DAY + 1).value = "出差去了"


def _two_marks(book: Workbook) -> None:
    book["考勤月表"].cell(4, FIRST_DAY + 1).value = "在村 请假"


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (_remove_row, "少了1行"),
        (_double_row, "与第4行是同一个人"),
        (_extra_day, "4月只有30天"),
        (_two_people_in_one_row, "一行只能是一个人"),
        (_new_person, "导出时没有新来的"),
        (_rename, "姓名和编号不要改动"),
        (_formula, "公式"),
        (_merged_head, "合并"),
        (_no_system, "系统"),
        (_moved_column, "表头应为“村”"),
        (_unknown_mark, "看不懂“出差去了”"),
        (_two_marks, "一格只能填一项"),
    ],
)
def test_a_spoilt_workbook_says_what_is_wrong_and_saves_nothing(
    people: dict[str, int], spoil: Callable[[Workbook], None], says: str
) -> None:
    book = _export()
    spoil(book)
    try:
        problems = [f"{problem.where} {problem.message}" for problem in _difference(book).problems]
    except BadInput as error:
        problems = [error.message]
    assert any(says in problem for problem in problems), problems
    assert not SheetLine.objects.exists()


def test_another_township_or_month_is_named(people: dict[str, int]) -> None:
    book = _export()
    posting_of(team_of("C621121101201"), "别处的人")
    with pytest.raises(BadInput, match="别的乡镇"):
        _difference(book, area="C621121101")
    with pytest.raises(BadInput, match="不是同一个月"):
        _difference(book, month=Month(2026, 5))

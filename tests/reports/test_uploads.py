"""Files that are no workbook in order: each is refused with what is wrong and what to do."""

from __future__ import annotations

import io
import random
import resource
import time
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from xlsxwriter.workbook import Workbook

from apps.core.errors import BadInput
from apps.reports import uploads
from apps.reports.uploads import guarded_workbook

SHEET = "xl/worksheets/sheet1.xml"


def written(fill: Callable[[Workbook], None]) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    fill(book)
    book.close()
    return stream.getvalue()


def plain(book: Workbook) -> None:
    sheet = book.add_worksheet("村 & 组")
    sheet.write_row(0, 0, ["姓名", "数", "日期"])
    sheet.write_row(1, 0, ["王建国", 3])
    sheet.write_datetime(1, 2, date(2026, 3, 1), book.add_format({"num_format": "yyyy-mm-dd"}))


def changed(content: bytes, part: str, change: Callable[[bytes], bytes], *, extra: str = "") -> bytes:
    """The package with one part changed, or with another part added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
        if extra:
            new.writestr(extra, b"x")
    return stream.getvalue()


def with_part(name: str) -> bytes:
    return changed(written(plain), "", bytes, extra=name)


def formula(book: Workbook) -> None:
    plain(book)
    book.get_worksheet_by_name("村 & 组").write_formula("D2", "=1+1", None, 2)


def merged(book: Workbook) -> None:
    plain(book)
    book.get_worksheet_by_name("村 & 组").merge_range("D1:E1", "联系方式")


def tall(rows: int) -> Callable[[Workbook], None]:
    def fill(book: Workbook) -> None:
        book.add_worksheet("表").write_column(0, 0, [f"第{number}行" for number in range(rows)])

    return fill


def far(row: int, column: int) -> Callable[[Workbook], None]:
    def fill(book: Workbook) -> None:
        sheet = book.add_worksheet("表")
        sheet.write(0, 0, "甲")
        sheet.write(row, column, "乙")

    return fill


def many_cells(book: Workbook) -> None:
    sheet = book.add_worksheet("表")
    for row in range(19_000):
        sheet.write_row(row, 0, ["QQ"] * 5)


def repeated_text() -> bytes:
    """95,000 cells that all show one text of 800 kB: 76 GB for whoever copies it into every cell."""
    long = random.Random(1).randbytes(400_000).hex().encode()
    return changed(written(many_cells), "xl/sharedStrings.xml", lambda xml: xml.replace(b"QQ", long))


def hidden_far_cell() -> bytes:
    """A cell at the far corner, written so that no pattern finds it: 17 thousand million cells."""
    content = written(far(1_048_575, 16_383))
    return changed(
        content, SHEET, lambda xml: xml.replace(b'"XFD1048576"', b"'XFD1048576'").replace(b'"1048576"', b"'1048576'")
    )


def laughs() -> bytes:
    entities = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    head = b'<!DOCTYPE x [<!ENTITY l0 "ha">%s]><worksheet' % entities
    return changed(written(plain), SHEET, lambda xml: xml.replace(b"<worksheet", head, 1))


def external_entity() -> bytes:
    head = b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]><worksheet'
    return changed(written(plain), SHEET, lambda xml: xml.replace(b"<worksheet", head, 1))


def other_package(part: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr(part, "x")
    return stream.getvalue()


CASES: list[tuple[str, str, Callable[[], bytes]]] = [
    ("空.xlsx", "文件是空的", lambda: b""),
    ("旧.xls", "旧版 .xls 文件", lambda: uploads._OLE + b"\0" * 600),
    ("密码.xlsx", "设有打开密码", lambda: uploads._OLE + b"\0" * 600 + uploads._ENCRYPTED),
    ("名单.csv", "文本（CSV）文件", lambda: "姓名,村\n王建国,新华村\n".encode()),
    ("名单.xlsx", "文本（CSV）文件", lambda: "姓名,村\n王建国,新华村\n".encode("gb18030")),
    ("名单.xlsx", "文本（CSV）文件", lambda: "姓名,村\n王建国,新华村\n".encode("utf-16")),
    ("网页.xlsx", "网页或 XML 文件", lambda: b"<html><table><tr><td>1</td></tr></table></html>"),
    ("乱.xlsx", "不是 Excel 工作簿", lambda: random.Random(1).randbytes(3000)),
    ("半截.xlsx", "已经损坏", lambda: written(plain)[:3000]),
    ("宏.xlsm", "带宏的 .xlsm", lambda: written(plain)),
    ("改名.xlsx", "有宏或控件", lambda: with_part("xl/vbaProject.bin")),
    ("没后缀", "文件名应以 .xlsx 结尾", lambda: written(plain)),
    ("文档.xlsx", "不是 .xlsx 工作簿", lambda: other_package("word/document.xml")),
    ("二进制.xlsx", "不是 .xlsx 工作簿", lambda: with_part("xl/workbook.bin")),
    ("链接.xlsx", "外部链接", lambda: with_part("xl/externalLinks/externalLink1.xml")),
    ("对象.xlsx", "嵌有其他文件", lambda: with_part("xl/embeddings/oleObject1.bin")),
    ("公式.xlsx", "“村 & 组”D2 是公式", lambda: written(formula)),
    ("合并.xlsx", "“村 & 组”D1:E1 的表头是合并单元格", lambda: written(merged)),
    ("六万行.xlsx", "有 60,000 行", lambda: written(tall(60_000))),
    ("远行.xlsx", "有 1,048,576 行", lambda: written(far(1_048_575, 0))),
    ("远列.xlsx", "用到了第 XFD 列", lambda: written(far(1, 16_383))),
    ("列多.xlsx", "用到了第 GS 列，超过 200 列", lambda: written(far(1, 200))),
    ("笑.xlsx", "不允许的 XML 声明", laughs),
    ("外部.xlsx", "不允许的 XML 声明", external_entity),
    ("炸弹.xlsx", "解压后有 86 MB", lambda: changed(written(plain), SHEET, lambda xml: xml + b" " * 90_000_000)),
    ("大炸弹.xlsx", "解压后有 143 MB", lambda: changed(written(plain), SHEET, lambda xml: xml + b" " * 150_000_000)),
    ("部件.xlsx", "部件过多", lambda: parts(2_100)),
    ("长文.xlsx", "超出正常工作簿的范围", repeated_text),
    ("藏.xlsx", "超出正常工作簿的范围", hidden_far_cell),
]


def parts(number: int) -> bytes:
    stream = io.BytesIO(written(plain))
    with zipfile.ZipFile(stream, "a") as package:
        for each in range(number):
            package.writestr(f"xl/media/{each}.txt", "x")
    return stream.getvalue()


@pytest.mark.parametrize(("name", "said", "content"), CASES, ids=[f"{name} {said}" for name, said, _ in CASES])
def test_a_file_that_is_no_workbook_in_order_is_refused(name: str, said: str, content: Callable[[], bytes]) -> None:
    file = SimpleUploadedFile(name, content())
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begin = time.process_time()
    with pytest.raises(BadInput, match="请") as refusal:
        guarded_workbook(file)
    assert said in refusal.value.message
    assert time.process_time() - begin < 1, "the parent itself has little to do"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - own < 100_000, (
        "in kB: what is read is read by the child"
    )


def test_a_file_over_ten_megabytes_is_refused_unread() -> None:
    file = SimpleUploadedFile("大.xlsx", b"PK")
    file.size = 11 * 1024 * 1024
    with pytest.raises(BadInput, match="超过 10 MB"):
        guarded_workbook(file)
    assert file.tell() == 0


def test_values_come_as_they_stand() -> None:
    sheets = guarded_workbook(SimpleUploadedFile("好.xlsx", written(plain)))
    assert sheets == {"村 & 组": [["姓名", "数", "日期"], ["王建国", 3, date(2026, 3, 1)]]}


def test_only_the_sheets_asked_for_are_judged() -> None:
    def fill(book: Workbook) -> None:
        plain(book)
        book.add_worksheet("算").write_formula("A1", "=1+1")

    content = written(fill)
    assert list(guarded_workbook(SimpleUploadedFile("好.xlsx", content), sheets=["村 & 组"])) == ["村 & 组"]
    with pytest.raises(BadInput, match="公式"):
        guarded_workbook(SimpleUploadedFile("好.xlsx", content))
    with pytest.raises(BadInput, match="缺少工作表“干部”") as refusal:
        guarded_workbook(SimpleUploadedFile("好.xlsx", content), sheets=["干部", "村 & 组"])
    assert [each["sheet"] for each in refusal.value.details] == ["干部"]


def test_a_merged_title_above_the_heads_is_fine() -> None:
    def fill(book: Workbook) -> None:
        sheet = book.add_worksheet("表")
        sheet.merge_range("A1:C1", "考勤月表")
        sheet.write_row(1, 0, ["姓名", "1", "2"])

    content = written(fill)
    assert guarded_workbook(SimpleUploadedFile("好.xlsx", content), head=2)["表"][1] == ["姓名", "1", "2"]
    with pytest.raises(BadInput, match="A1:C1 的表头是合并单元格"):
        guarded_workbook(SimpleUploadedFile("好.xlsx", content))


def test_the_widest_and_tallest_allowed_are_read() -> None:
    assert len(guarded_workbook(SimpleUploadedFile("高.xlsx", written(tall(20_000))))["表"]) == 20_000
    assert len(guarded_workbook(SimpleUploadedFile("宽.xlsx", written(far(1, 199))))["表"][1]) == 200

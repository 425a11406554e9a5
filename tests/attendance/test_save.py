"""Saving a sheet: what is right is kept, what is wrong is answered cell by cell, nothing is half saved."""

from __future__ import annotations

import json
from datetime import date

import pytest
import time_machine

from apps.accounts.access import Actor
from apps.attendance.compile import sheet_payload
from apps.attendance.models import SheetLine
from apps.attendance.selectors import sheet_context, sheet_rows
from apps.attendance.services import LineEdit, sheet_save, span_record
from apps.core.errors import BadInput, Conflict, NotFound, Refused
from apps.core.months import Month
from apps.ledgers.services import month_close
from apps.teams.models import Posting
from tests.factories import actor_of, posting_of, team_of

APRIL = Month(2026, 4)
DACHUAN, KUNMING, TONGWEI, YULIN = "C511703100", "C530129103", "C621121100", "C610822100"


def _clerk(township: str = DACHUAN) -> Actor:
    return actor_of("township_clerk", township, f"文书{township}")


def _member(township: str = DACHUAN, name: str = "李秀英", **values: object) -> Posting:
    return posting_of(team_of(f"{township}201"), name, **values)  # type: ignore[arg-type]


def _cells(posting: Posting, month: Month = APRIL) -> str:
    context = sheet_context(posting.area[:10], month)
    return next(context.cells(row) for row in sheet_rows(area=posting.area, month=month) if row.posting == posting.pk)


def _save(actor: Actor, posting: Posting, cells: dict[int, str], version: int = 0, seen: str = "") -> object:
    shown = seen or _cells(posting)
    typed = {day: (shown[day - 1] if day <= len(shown) else "", text) for day, text in cells.items()}
    return sheet_save(actor=actor, area=posting.area[:10], month=APRIL, edits=[LineEdit(posting.pk, version, typed)])


@pytest.mark.usefixtures("nation")
@pytest.mark.parametrize(
    ("day", "text", "says"),
    [
        (31, "V", "4月没有31日"),
        (0, "V", "4月没有0日"),
        (3, "出差去了", "看不懂“出差去了”"),
        (3, "在村 休息", "一格只能填一项"),
        (3, "=1+1", "看不懂"),
        (3, "P", "本地规定的考勤表没有“P”这一项"),
        (3, "v", None),
    ],
)
def test_a_wrong_cell_is_answered_and_its_neighbour_is_kept(day: int, text: str, says: str | None) -> None:
    posting = _member()
    result = _save(_clerk(), posting, {2: "会议", day: text})
    if says is None:  # without nights a small v is just a V
        assert result.errors == []
    else:
        [error] = result.errors
        assert says in error.message
        assert (error.posting, error.day) == (posting.pk, day)
    assert _cells(posting)[1] == "M"
    assert _cells(posting)[2] == "V"


@pytest.mark.usefixtures("nation")
def test_words_letters_short_forms_and_full_width_letters_mean_the_same() -> None:
    posting = _member()
    result = _save(_clerk(), posting, {1: "公差", 2: "Ｔ", 7: "t", 8: " 假 ", 9: "√", 10: "休"})
    assert result.errors == []
    cells = _cells(posting)
    assert [cells[day - 1] for day in (1, 2, 7, 8, 9, 10)] == ["T", "T", "T", "L", "V", "R"]


@pytest.mark.usefixtures("nation")
def test_days_outside_the_posting_cannot_be_filled() -> None:
    posting = _member(first=date(2026, 4, 10), last=date(2026, 4, 20))
    result = _save(_clerk(), posting, {9: "V", 10: "L", 20: "L", 21: "V"})
    assert [(error.day, error.kept) for error in result.errors] == [(9, "-"), (21, "-")]
    assert "不在派驻期内" in result.errors[0].message
    cells = _cells(posting)
    assert cells[:9] == "-" * 9
    assert cells[9] == cells[19] == "L"
    assert cells[20:] == "-" * 10


@pytest.mark.usefixtures("nation")
def test_different_cells_of_two_people_merge_and_the_same_cell_conflicts() -> None:
    posting, first, second = _member(), _clerk(), actor_of("township_clerk", DACHUAN, "另一个文书")
    shown = _cells(posting)
    _save(first, posting, {2: "T", 3: "T"}, seen=shown)
    result = _save(second, posting, {3: "L", 7: "L"}, seen=shown)
    [conflict] = result.conflicts
    assert (conflict.day, conflict.mine, conflict.theirs, conflict.by) == (3, "L", "T", "文书C511703100")
    assert [_cells(posting)[day - 1] for day in (2, 3, 7)] == ["T", "T", "L"]


@pytest.mark.usefixtures("nation")
def test_sending_the_same_cells_again_changes_nothing() -> None:
    posting, clerk = _member(), _clerk()
    shown = _cells(posting)
    _save(clerk, posting, {2: "T"}, seen=shown)
    before = SheetLine.objects.get(posting=posting)
    result = _save(clerk, posting, {2: "T"}, seen=shown)
    assert (result.saved, result.errors, result.conflicts) == ([], [], [])
    assert SheetLine.objects.get(posting=posting).version == before.version == 1


@pytest.mark.usefixtures("nation")
def test_another_townships_people_are_not_found() -> None:
    stranger = _clerk("C511703104")
    posting = _member()
    with pytest.raises(NotFound):
        sheet_save(actor=stranger, area=DACHUAN, month=APRIL, edits=[LineEdit(posting.pk, 0, {2: ("V", "T")})])
    with pytest.raises(NotFound):
        sheet_save(actor=stranger, area="C511703104", month=APRIL, edits=[LineEdit(posting.pk, 0, {2: ("V", "T")})])
    assert not SheetLine.objects.exists()


@pytest.mark.usefixtures("nation")
@time_machine.travel("2026-05-03 09:00+08:00", tick=False)
@pytest.mark.clause("DC-1.1.3-4")
def test_a_closed_month_takes_no_more_entries() -> None:
    posting, clerk = _member(), _clerk()
    month_close(actor=clerk, area=DACHUAN, month=APRIL)
    with pytest.raises(Conflict, match="已月结"):
        _save(clerk, posting, {2: "T"})
    assert set(SheetLine.objects.get(posting=posting).marks) <= {"V", "R"}


@pytest.mark.usefixtures("nation")
@time_machine.travel("2026-05-03 09:00+08:00", tick=False)
@pytest.mark.clause("KM-9-4")
def test_where_days_are_entered_daily_a_gap_blocks_the_close_and_is_named() -> None:
    posting = _member(KUNMING)
    clerk = _clerk(KUNMING)
    assert set(_cells(posting)) == {"."}
    _save(clerk, posting, dict.fromkeys(range(1, 30), "V"))
    with pytest.raises(Refused) as refused:
        month_close(actor=clerk, area=KUNMING, month=APRIL)
    assert any("30日没有登记" in finding.message for finding in refused.value.findings)


@pytest.mark.usefixtures("nation")
@pytest.mark.clause("KM-9-1")
@pytest.mark.parametrize("township", [TONGWEI, KUNMING])
def test_a_day_in_the_village_without_the_night_is_kept_where_nights_are(township: str) -> None:
    posting = _member(township)
    _save(_clerk(township), posting, {1: "V", 2: "v", 3: "L"})
    line = SheetLine.objects.get(posting=posting)
    assert line.marks[:3] == "VVL"
    assert line.nights[:3] == "10 "
    assert _cells(posting)[:3] == "VvL"


@pytest.mark.usefixtures("nation")
@pytest.mark.clause("KM-9-15")
@pytest.mark.parametrize("township", [TONGWEI, KUNMING])
def test_a_day_back_at_the_unit_is_recorded_and_counts_towards_no_floor(township: str) -> None:
    posting = _member(township)
    clerk = _clerk(township)
    _save(clerk, posting, {1: "V", 2: "抽回", 3: "V"})
    context = sheet_context(township, APRIL)
    payload = sheet_payload(context, sheet_rows(area=township, month=APRIL), clerk, name="镇", missing=0)
    row = payload["rows"][0]
    assert row["counts"][10] == 1
    shown = next(done for done in row["ytd"] if done)
    assert shown[0] == row["counts"][0]


@pytest.mark.usefixtures("nation")
def test_a_record_locks_its_days_and_the_sheet_cannot_contradict_it() -> None:
    posting, clerk = _member(TONGWEI), _clerk(TONGWEI)
    _save(clerk, posting, {1: "L"})
    span_record(
        actor=clerk,
        posting=posting.pk,
        kind="training",
        first=date(2026, 4, 13),
        last=date(2026, 4, 15),
        reason="党校培训",
    )
    assert _cells(posting)[12:15] == "NNN"
    result = _save(clerk, posting, {14: "V", 16: "T"}, version=2)
    [error] = result.errors
    assert "已有记录“党校培训”" in error.message
    assert _cells(posting)[12:16] == "NNNT"
    with pytest.raises(Refused, match="已有公务记录"):
        span_record(
            actor=clerk,
            posting=posting.pk,
            kind="meeting",
            first=date(2026, 4, 15),
            last=date(2026, 4, 15),
            reason="会",
        )
    with pytest.raises(BadInput, match="早于"):
        span_record(
            actor=clerk,
            posting=posting.pk,
            kind="meeting",
            first=date(2026, 4, 22),
            last=date(2026, 4, 21),
            reason="会",
        )


@pytest.mark.usefixtures("nation")
@pytest.mark.clause("YL-7.2.3-2")
def test_other_duty_needs_a_stated_reason_before_it_counts() -> None:
    posting, clerk = _member(YULIN), _clerk(YULIN)
    result = _save(clerk, posting, {14: "其他公务", 15: "联系项目"})
    [error] = result.errors
    assert error.day == 14
    assert "须写明事由" in error.message
    span_record(
        actor=clerk,
        posting=posting.pk,
        kind="other_duty",
        first=date(2026, 4, 14),
        last=date(2026, 4, 14),
        reason="抗洪值守",
    )
    assert _cells(posting)[13:15] == "OP"


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b'{"rows": 1, "key": "x"}', json.dumps({"key": "k", "rows": [{"p": 1}]}).encode(), b"\xff\xfe"],
)
def test_a_save_of_another_shape_is_refused_in_words(body: bytes) -> None:
    from apps.attendance.forms import read_save

    with pytest.raises(BadInput, match="没有保存"):
        read_save(body)

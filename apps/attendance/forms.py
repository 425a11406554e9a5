"""The shape of what the sheet's page sends."""

from __future__ import annotations

from typing import Annotated

from django import forms
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from apps.attendance.models import SpanKind
from apps.attendance.services import LineEdit
from apps.core.errors import BadInput

Cell = Annotated[str, Field(max_length=40)]


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid")
    p: int
    v: int = Field(ge=0)
    cells: dict[int, tuple[Cell, Cell]] = Field(max_length=40)


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")
    key: str = Field(max_length=64)
    rows: list[_Row] = Field(max_length=500)


def read_save(body: bytes) -> list[LineEdit]:
    """The edits of a save request.  BadInput on any other shape."""
    try:
        parsed = _Body.model_validate_json(body)
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise BadInput(f"收到的内容不完整（{place}），没有保存；请刷新页面后再试。") from error
    return [LineEdit(row.p, row.v, row.cells) for row in parsed.rows]


class SpanForm(forms.Form):
    """A trip, a meeting, a training: who, what, from when to when."""

    posting = forms.IntegerField(label="人员", widget=forms.Select)
    kind = forms.ChoiceField(label="类别", choices=SpanKind.choices)
    first = forms.DateField(label="起", widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label="止", widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(label="事由", max_length=200)
    document = forms.CharField(label="依据文件", max_length=120, required=False)

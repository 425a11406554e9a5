"""The shape of what staffing's pages send."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms

from apps.core.http import number_asked
from apps.staffing.models import Channel, OpeningWhy, Outcome
from apps.staffing.selectors.asked import Asked
from apps.staffing.selectors.eligible import NO_RESERVE
from apps.staffing.selectors.openings import Sheet
from apps.staffing.services import Nominee, Paper
from apps.teams.models import PostRole

JOINED, GATE, FACT, WORD, TEXT = "joined.", "gate.", "fact.", "word.", "text."


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class UnitField(forms.ChoiceField):
    """A dispatch unit by its number, or none."""

    def clean(self, value: Any) -> int | None:
        return number_asked(super().clean(value) or "")


class OpeningForm(forms.Form):
    """A village waits for somebody."""

    area = forms.ChoiceField(label="村")
    roles = forms.MultipleChoiceField(
        label="岗位",
        choices=PostRole.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="由一个人兼任的几个岗位一起选。",
    )
    since = forms.DateField(label="缺岗起日", widget=DayInput)
    why = forms.ChoiceField(label="缺岗原因", choices=OpeningWhy.choices)
    unit = UnitField(label="由哪个单位选派", required=False, help_text="还没有定的先不选；没有选的，派出单位看不到。")
    due = forms.DateField(label="选派期限", required=False, widget=DayInput, help_text="县里定了期限的填写。")
    note = forms.CharField(label="说明", max_length=300, required=False)

    def offer(self, villages: list[tuple[str, str]], units: list[tuple[str, str]]) -> None:
        """The villages and units to choose from."""
        self.fields["area"].choices = villages  # type: ignore[attr-defined]
        self.fields["unit"].choices = [("", "暂不指定"), *units]  # type: ignore[attr-defined]


class AssignForm(forms.Form):
    """Who is to send somebody, and by when."""

    unit = UnitField(label="由哪个单位选派")
    due = forms.DateField(label="选派期限", required=False, widget=DayInput)

    def offer(self, units: list[tuple[str, str]]) -> None:
        self.fields["unit"].choices = units  # type: ignore[attr-defined]


class PlaceForm(forms.Form):
    """From which day on, in which team."""

    first = forms.DateField(label="到岗日", widget=DayInput)
    team = forms.IntegerField(required=False)


class NomineeForm(forms.Form):
    """Somebody who is put forward: himself, and of the rest only what the rules in force ask of this opening."""

    name = forms.CharField(label="姓名", max_length=40)
    id_number = forms.CharField(
        label="身份证号",
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="加密保存，页面只显示前6位和后4位。",
    )
    position = forms.CharField(label="现任职务", max_length=60, required=False)
    phone = forms.CharField(label="联系电话", max_length=20, required=False)
    channels = forms.MultipleChoiceField(
        label="选派渠道（至少一项）", choices=Channel.choices, widget=forms.CheckboxSelectMultiple
    )
    exception = forms.CharField(
        label="与一般规定不符的理由", max_length=300, required=False, help_text="核对后有黄色提示的，须写明理由。"
    )

    def __init__(self, sheet: Sheet, *args: Any, kept: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheet = sheet
        if kept:
            self.fields["id_number"].required = False
            self.fields["id_number"].help_text = "不改的留空；换人请撤回后另行提名。"
        for each in sheet.demands.facts:
            self.fields[FACT + each.name] = _field(each)
            if each.name == "health":
                self.fields["health_on"] = forms.DateField(label="身体条件确认日期", required=False, widget=DayInput())
        for index, word in enumerate(self.words):
            self.fields[f"{WORD}{index}"] = forms.BooleanField(label=word, required=False)
        for index, label in enumerate(sheet.texts):
            self.fields[f"{TEXT}{index}"] = forms.CharField(label=label, max_length=300, required=False)

    @property
    def words(self) -> tuple[str, ...]:
        """What the unit confirms."""
        return tuple(each.word for each in self.sheet.demands.confirmations if each.by_unit)

    def himself(self) -> Iterator[forms.BoundField]:
        return (self[name] for name in ("name", "id_number", "position", "phone", "channels"))

    def facts(self) -> Iterator[tuple[forms.BoundField, str]]:
        """The facts with the clauses that ask for them."""
        for each in self.sheet.demands.facts:
            yield self[FACT + each.name], each.clause
            if each.name == "health":
                yield self["health_on"], ""

    def confirmations(self) -> Iterator[tuple[forms.BoundField, str]]:
        clauses = {each.word: each.clause for each in self.sheet.demands.confirmations}
        for index, word in enumerate(self.words):
            yield self[f"{WORD}{index}"], clauses[word]

    def texts(self) -> Iterator[forms.BoundField]:
        return (self[f"{TEXT}{index}"] for index, _ in enumerate(self.sheet.texts))

    def nominee(self) -> Nominee:
        given = self.cleaned_data
        return Nominee(
            name=given["name"],
            id_number=given["id_number"],
            channels=frozenset(given["channels"]),
            facts={each.name: _plain(given[FACT + each.name]) for each in self.sheet.demands.facts},
            declared=frozenset(word for index, word in enumerate(self.words) if given[f"{WORD}{index}"]),
            health_on=given.get("health_on"),
            position=given["position"],
            phone=given["phone"],
            form={label: given[f"{TEXT}{index}"] for index, label in enumerate(self.sheet.texts)},
            exception=given["exception"],
        )


def _field(asked: Asked) -> forms.Field:
    told: dict[str, Any] = {"label": asked.label, "required": False}
    if asked.kind == "flag":
        return forms.BooleanField(**told)
    if asked.kind == "day":
        return forms.DateField(widget=DayInput(), **told)
    if asked.kind == "words":
        return forms.MultipleChoiceField(choices=asked.options, widget=forms.CheckboxSelectMultiple, **told)
    none = [(NO_RESERVE, "不是后备干部")] if asked.name == "reserve_rank" else []
    return forms.ChoiceField(choices=[("", "请选择"), *none, *asked.options], **told)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


class ActForm(forms.Form):
    """One act on a case; what was heard and judged comes beside it."""

    key = forms.CharField(max_length=40)
    outcome = forms.ChoiceField(choices=Outcome.choices, required=False)
    remark = forms.CharField(label="意见", max_length=300, required=False)
    paper_name = forms.CharField(label="负责人", max_length=60, required=False)
    paper_day = forms.DateField(label="日期", required=False)
    paper_document = forms.CharField(label="文号或会议", max_length=120, required=False)

    def paper(self) -> Paper | None:
        given = self.cleaned_data
        if not (given["paper_name"] or given["paper_day"] or given["paper_document"]):
            return None
        return Paper(given["paper_name"], given["paper_day"], given["paper_document"])


def joined_in(sent: Mapping[str, str]) -> dict[str, str]:
    """{body: what it said}."""
    return {key.removeprefix(JOINED): str(value)[:200] for key, value in sent.items() if key.startswith(JOINED)}


def gates_in(sent: Mapping[str, str]) -> dict[str, bool]:
    """{word: holds} of what was judged."""
    found = {key.removeprefix(GATE): value for key, value in sent.items() if key.startswith(GATE)}
    return {word: value == "yes" for word, value in found.items() if value in ("yes", "no")}


def faults(form: forms.Form) -> list[str]:
    """What is wrong with a form, each with the field's name."""
    return [
        f"{form.fields[name].label if name in form.fields else ''}：{error}"
        for name, errors in form.errors.items()
        for error in errors
    ]

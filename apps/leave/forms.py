"""What the pages of leave send."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms

from apps.leave.models import Counted, Judgement, Outcome
from apps.leave.services import Asked, Upload
from apps.leave.services.proofs import LARGEST, MOST

NUMBER = 2**63 - 1


class DayInput(forms.DateInput):
    """A day as the browser's own field wants it."""

    def __init__(self) -> None:
        super().__init__(attrs={"type": "date"}, format="%Y-%m-%d")


class FilesInput(forms.FileInput):
    """Several files at once: its value is a list."""

    allow_multiple_selected = True


class Files(forms.Field):
    """Files as they came in, one more than allowed and one byte longer than allowed at most: the service says what is
    wrong with them."""

    widget = FilesInput

    def clean(self, value: Any) -> list[Upload]:
        return [Upload(file.name or "", file.read(LARGEST + 1)) for file in (value or [])[: MOST + 1]]


class AskForm(forms.Form):
    """A request: who in which posting, of what kind, from when to when, why, and the papers."""

    posting = forms.IntegerField(label="派驻", max_value=NUMBER, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label="假别")
    first = forms.DateField(label="起（含当日）", widget=DayInput)
    last = forms.DateField(label="止（含当日）", widget=DayInput)
    reason = forms.CharField(label="事由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    whereabouts = forms.CharField(label="去向", max_length=100, required=False, help_text="请假期间在哪里、怎样联系。")
    exception = forms.CharField(
        label="超出一般规定的理由", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    proofs = Files(
        label="证明材料",
        required=False,
        widget=FilesInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png", "multiple": True}),
        help_text=f"PDF、JPG、PNG，最多{MOST}份，每份不超过{LARGEST // 1024 // 1024}MB；只有本人和审批人能打开。",
    )
    document = forms.CharField(
        label="纸质材料存放处", max_length=200, required=False, help_text="没有电子件时写明原件存在哪里。"
    )

    def offer(self, people: Sequence[tuple[int, str]], kinds: Sequence[str], *, choose: bool = False) -> None:
        """The postings to choose from (a single one only with `choose`) and the kinds."""
        cast(forms.ChoiceField, self.fields["kind"]).choices = [("", "请选择"), *((kind, kind) for kind in kinds)]
        if len(people) == 1 and not choose:
            self.fields["posting"].initial = people[0][0]
        else:
            self.fields["posting"].widget = forms.Select(choices=[("", "请选择"), *people])

    def asked(self) -> Asked:
        """The request as the services take it; of a valid form."""
        names = ("kind", "first", "last", "reason", "whereabouts", "exception", "document")
        return Asked(**{name: self.cleaned_data[name] for name in names})


class PlanForm(forms.Form):
    """What the preview of a request needs to know."""

    posting = forms.IntegerField(max_value=NUMBER)
    request = forms.IntegerField(max_value=NUMBER, required=False)
    kind = forms.CharField(max_length=20, required=False)
    first = forms.DateField(required=False)
    last = forms.DateField(required=False)


class ActForm(forms.Form):
    """One act on a request."""

    key = forms.CharField(max_length=40)
    matter = forms.CharField(max_length=20)
    outcome = forms.ChoiceField(choices=Outcome.choices, initial=Outcome.DONE, required=False)
    remark = forms.CharField(max_length=300, required=False)


class BackForm(forms.Form):
    """The day of a return."""

    back = forms.DateField(label="返岗日", widget=DayInput)
    remark = forms.CharField(max_length=300, required=False)
    confirmed_by = forms.CharField(max_length=60, required=False)


class JudgeForm(forms.Form):
    """What days after the end of a leave were."""

    judgement = forms.ChoiceField(label="认定", choices=Judgement.choices)
    reason = forms.CharField(label="理由", max_length=300)


class DeputyForm(forms.Form):
    """Who stands in for oneself, and when."""

    username = forms.CharField(label="代理人的登录名", max_length=150)
    first = forms.DateField(label="起（含当日）", widget=DayInput)
    last = forms.DateField(label="止（含当日）", widget=DayInput)
    reason = forms.CharField(label="原因", max_length=200, help_text="如：请假、外出学习。")


class RestForm(forms.Form):
    """One planned rest."""

    posting = forms.TypedChoiceField(label="人员", coerce=int)
    first = forms.DateField(label="起（含当日）", widget=DayInput)
    last = forms.DateField(label="止（含当日）", widget=DayInput)
    way = forms.ChoiceField(label="休假方式")

    def offer(self, people: Sequence[tuple[int, str]], ways: Sequence[str]) -> None:
        """The people and the ways to choose from."""
        cast(forms.ChoiceField, self.fields["posting"]).choices = [("", "请选择"), *people]
        cast(forms.ChoiceField, self.fields["way"]).choices = [("", "请选择"), *((way, way) for way in ways)]


class DueForm(forms.Form):
    """How many days are due to somebody in a year."""

    days = forms.IntegerField(label="应休天数", min_value=0, max_value=366, required=False)
    counted = forms.ChoiceField(label="计算单位", choices=Counted.choices)
    elsewhere = forms.IntegerField(
        label="其他已休天数", min_value=0, max_value=366, initial=0, help_text="没有在这里请假的，如派驻前在单位休的。"
    )
    basis = forms.CharField(label="依据", max_length=200, help_text="如单位核定的文件或登记表。")


def faults(form: Any) -> list[str]:
    """What is wrong with a form, each with the field's name."""
    found = []
    for name, errors in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        found += [f"{label}：{error}" if label else str(error) for error in errors]
    return found

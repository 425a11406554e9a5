"""The shape of what a village's page sends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from apps.jurisdictions.models import NeedKind, VillageClass


def _day(label: str, *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label, required=required, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class _Form(forms.Form):
    """One of several forms on a page: its ids begin with its name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"{type(self).__name__}-%s"} | kwargs)


class ClassForm(_Form):
    """A class from when to when."""

    kind = forms.ChoiceField(label="类别", choices=VillageClass.choices)
    first = _day("起", required=False)
    last = _day("止（最后一天，仍属这一类的不填）", required=False)


class MeasureForm(_Form):
    """A measured number from a day on."""

    name = forms.CharField(label="名称", max_length=40, widget=forms.TextInput(attrs={"list": "measures-offered"}))
    number = forms.DecimalField(label="数值", max_digits=14, decimal_places=2)
    first = _day("起")


class NeedForm(_Form):
    """A need from a day on."""

    kind = forms.ChoiceField(label="方面", choices=NeedKind.choices)
    text = forms.CharField(label="需求（不再需要的留空）", max_length=300, required=False)
    first = _day("登记日期")


class HelpingForm(_Form):
    """From when to when a unit helps; the units offered are the county's."""

    unit = forms.TypedChoiceField(label="单位", coerce=int)
    first = _day("起")
    last = _day("止（最后一天，仍在帮扶的不填）", required=False)

    def __init__(self, *args: Any, units: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = list(units)  # type: ignore[attr-defined]


class ReasonForm(_Form):
    """Why something is not as the rules want it in principle."""

    rule = forms.CharField(max_length=80)
    about = forms.CharField(max_length=300)
    text = forms.CharField(label="原因", min_length=4, max_length=300)


class ReductionForm(_Form):
    """A decision to get along with fewer people; the conditions and bodies offered are the rule's."""

    before = forms.IntegerField(label="原有人数", min_value=1, max_value=99)
    after = forms.IntegerField(label="缩减后人数", min_value=0, max_value=99)
    grounds = forms.MultipleChoiceField(label="具备的条件", required=False, widget=forms.CheckboxSelectMultiple)
    decided_by = forms.ChoiceField(label="决定机关")
    decided_on = _day("决定日期")
    reason = forms.CharField(label="理由", min_length=4, max_length=300)

    def __init__(self, *args: Any, grounds: Sequence[str], bodies: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grounds"].choices = [(each, each) for each in grounds]  # type: ignore[attr-defined]
        self.fields["decided_by"].choices = list(bodies)  # type: ignore[attr-defined]

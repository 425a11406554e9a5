"""The shape of what the pages of notices send."""

from __future__ import annotations

from typing import Any

from django import forms


def _day(label: str) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class _Form(forms.Form):
    """One of several forms on a page: its ids begin with its name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"{type(self).__name__}-%s"} | kwargs)


class PublishForm(forms.Form):
    """Which notice of a village, and the preview that was looked at."""

    record = forms.CharField(max_length=60)
    team = forms.IntegerField(required=False, max_value=2**63 - 1)
    seen = forms.CharField(max_length=64)


class DisplayForm(forms.Form):
    """When a notice was put up."""

    on = _day("张贴日期")


class WithdrawForm(forms.Form):
    """Why a notice is taken down."""

    reason = forms.CharField(label="撤下原因", max_length=200)


class ValueForm(forms.Form):
    """One field of a notice that is filled in once."""

    record = forms.CharField(max_length=60)
    label = forms.CharField(max_length=60)
    role = forms.CharField(max_length=20, required=False)
    value = forms.CharField(max_length=200, required=False)


class PublicationForm(_Form):
    """The plan as told to the village."""

    on = _day("公布日期")
    plan = forms.CharField(label="公布的计划事项", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    completion = forms.CharField(label="完成情况", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class DisclosureForm(_Form):
    """A matter that the village laid open; the kinds are the rule's."""

    kind = forms.ChoiceField(label="事项类别")
    on = _day("公开日期")
    evidence = forms.CharField(label="凭据存放处", max_length=200)

    def __init__(self, *args: Any, kinds: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind, kind) for kind in kinds]  # type: ignore[attr-defined]

"""The shapes of what the proposing pages send."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class OverrideForm(forms.Form):
    """What a value is to become, from when and by what authority."""

    value = forms.CharField(label="改为", max_length=500)
    since = forms.DateField(label="从哪一天起", widget=DAY, help_text="已月结的月份不受影响；未月结的按新的数计算。")
    clause = forms.CharField(
        label="依据的条款号",
        max_length=20,
        required=False,
        help_text="条款目录里的编号，可在“制度”页点开条款查对；没有条款的写下一栏。",
    )
    note = forms.CharField(
        label="依据的决定",
        max_length=200,
        required=False,
        help_text="哪一次会议、哪一份文件的决定，会作为依据显示在制度页上。",
    )

    def __init__(self, *args: Any, options: Sequence[tuple[str, str]] = (), many: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if options and not many:
            self.fields["value"].widget = forms.Select(choices=options, attrs={"class": "form-select"})
        elif options:
            words = "、".join(word for _, word in options)
            self.fields["value"].help_text = f"用顿号隔开。可用的有：{words}。"


class HeaderForm(forms.Form):
    """The document by which a county begins to have rules of its own."""

    title = forms.CharField(
        label="文件名称", max_length=150, help_text="本县还没有自己的规则包，请写这次修订所依据的文件。"
    )
    number = forms.CharField(label="文号", max_length=50, required=False)
    issuer = forms.CharField(label="制发机关", max_length=80)

"""The shape of what the pages of departures, handovers and party relations send."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from apps.core.http import number_asked
from apps.staffing.forms import DayInput
from apps.staffing.models import DepartureWhy, Part
from apps.staffing.selectors.ways import Way
from apps.staffing.services import Leaving, Paper

OTHER = "other"


class LeavingForm(forms.Form):
    """What one way of leaving asks for; fields that it does not ask for are left out."""

    ground = forms.ChoiceField(label="情形", widget=forms.RadioSelect, required=False)
    words = forms.CharField(label="其他情形（写明）", max_length=60, required=False)
    reason = forms.CharField(label="事由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    stated = forms.MultipleChoiceField(label="须认定的情况", widget=forms.CheckboxSelectMultiple, required=False)
    evidence = forms.CharField(
        label="证明材料", max_length=200, required=False, help_text="写明是什么材料、存放在哪里；不要写病情。"
    )
    helped_on = forms.DateField(label="教育帮助日期", required=False, widget=DayInput)
    helped = forms.CharField(label="教育帮助情况", max_length=300, required=False)
    promoted_on = forms.DateField(
        label="驻村期间提拔重用的日期", required=False, widget=DayInput, help_text="没有提拔重用的不填。"
    )
    decided_by = forms.CharField(label="决定机关", max_length=60, required=False)
    decided_on = forms.DateField(label="决定日期", required=False, widget=DayInput)
    number = forms.CharField(label="文号", max_length=80, required=False)
    last = forms.DateField(label="拟离岗日（最后一天在岗）", widget=DayInput)
    successor = forms.BooleanField(label="由派出单位另派人接替", required=False, initial=True)
    due = forms.DateField(
        label="另派人的期限", required=False, widget=DayInput, help_text="条文没有写期限，需要的可以自定。"
    )
    forced = forms.BooleanField(label="属强制调换", required=False)

    def __init__(self, way: Way, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.way = way
        grounds = way.grounds.grounds if way.grounds else None
        listed = {**grounds.accepted, **grounds.refused} if grounds else {}
        offered = [(key, each.label) for key, each in listed.items()]
        if grounds and grounds.open_list:
            offered.append((OTHER, "其他情形"))
        self.fields["ground"].choices = offered  # type: ignore[attr-defined]
        self.fields["stated"].choices = [(word, word) for word in way.stated]  # type: ignore[attr-defined]
        recall = way.why == DepartureWhy.RECALL
        wanted = {
            "ground": bool(offered),
            "words": bool(grounds and grounds.open_list),
            "stated": bool(way.stated),
            "evidence": way.grounds is not None,
            "helped_on": way.needs_help,
            "helped": way.needs_help,
            "promoted_on": way.asks_promotion,
            "decided_by": recall,
            "decided_on": recall,
            "number": recall,
            "successor": not way.sends,
            "due": way.recorded or way.sends,
            "forced": way.needs_help,
        }
        for name, asked in wanted.items():
            if not asked:
                del self.fields[name]

    def leaving(self) -> Leaving:
        """The request as the services take it; of a valid form."""
        given = self.cleaned_data
        ground = given.get("ground", "")
        plain = {
            name: given[name]
            for name in (
                "reason", "evidence", "helped_on", "helped", "promoted_on", "decided_by", "decided_on", "number", "last",
                "due", "forced",
            )
            if name in given
        }  # fmt: skip
        return Leaving(
            way=self.way.key,
            ground=given.get("words", "").strip() if ground == OTHER else ground,
            stated=frozenset(given.get("stated", ())),
            successor=given.get("successor", True),
            **plain,
        )


class ReceiverForm(forms.Form):
    """Who takes over: a posting, or the village."""

    posting = forms.ChoiceField(label="接收人", required=False)
    provisional = forms.BooleanField(label="接任者还没有确定，暂代接收", required=False)
    name = forms.CharField(label="村委会接收人", max_length=60, required=False)
    note = forms.CharField(label="没有接任者的情况", max_length=300, required=False)

    def clean_posting(self) -> int | None:
        return number_asked(self.cleaned_data["posting"])


class SignForm(forms.Form):
    """A signature, or one that was given on paper."""

    part = forms.ChoiceField(choices=Part.choices)
    paper_day = forms.DateField(label="签字日期", required=False)
    paper_document = forms.CharField(label="清单存放处", max_length=120, required=False)

    def paper(self) -> Paper | None:
        given = self.cleaned_data
        if not (given["paper_day"] or given["paper_document"]):
            return None
        return Paper("", given["paper_day"], given["paper_document"])


class RelationForm(forms.Form):
    """Where and when a party relation was moved."""

    moved_on = forms.DateField(label="转接日期", widget=DayInput)
    branch = forms.CharField(label="接收的村党组织", max_length=80)


class SecretaryForm(forms.Form):
    """Since when somebody leads the village's party organisation, and why."""

    first = forms.DateField(label="兼任起", widget=DayInput)
    reason = forms.CharField(label="选不出合格书记人选的情况", max_length=300)


class LastDayForm(forms.Form):
    last = forms.DateField(label="兼任止", widget=DayInput)


def texts_in(sent: Mapping[str, str], number: int) -> list[str]:
    """The items of a list as they were typed, in order."""
    return [str(sent.get(f"item-{place}", "")).replace("\0", "") for place in range(1, number + 1)]

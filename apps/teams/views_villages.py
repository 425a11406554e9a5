"""Villages: what each must have and has, and one village as of any day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from apps.accounts.access import require
from apps.accounts.middleware import ScopedRequest
from apps.core.errors import ApplicationError, BadInput, Forbidden, NotFound
from apps.core.tenancy import area_contains
from apps.jurisdictions.models import Village, VillageClass
from apps.jurisdictions.selectors import townships
from apps.rules.said_words import BODY_WORDS
from apps.teams.compile.ending import COUNTY
from apps.teams.compile.page import Shown, VillagePage, village_page
from apps.teams.compile.reductions import deciders_of, grounds_of
from apps.teams.compile.villages import TONES, WORDS, AreaSummary, VillageSummary, area_summary
from apps.teams.forms import ClassForm, HelpingForm, MeasureForm, NeedForm, ReasonForm, ReductionForm
from apps.teams.selectors import county_units
from apps.teams.services import (
    ReductionEntry,
    class_record,
    helping_record,
    measure_record,
    need_record,
    reason_record,
    reduction_record,
)

PAGE = 50


@require_GET
def villages(request: ScopedRequest) -> HttpResponse:
    """The villages in scope today, those with gaps first, fifty a page: by township, class, state or a part of the name."""
    require(request.actor, "village.view")
    scope = request.actor.scope.area or ""
    names = ("township", "kind", "state", "text")
    chosen = {key: request.GET.get(key, "").replace("\0", "").strip()[:40] for key in names}
    found, places = _summary(scope), list(townships(scope))
    page = Paginator([each for each in found.villages if _wanted(each, chosen)], PAGE)
    return render(
        request,
        "teams/villages.html",
        {
            "page": (shown := page.get_page(request.GET.get("page"))),
            "rows": [Shown(each, {place.code: place.name for place in places}) for each in shown],
            "together": [each for each in found.together if each.finding.severity != "notice"],
            "counts": [(kind, words, TONES[kind], found.number(kind)) for kind, words in WORDS.items()],
            "townships": places,
            "classes": VillageClass.choices,
            "states": WORDS.items(),
            "chosen": chosen,
            "query": urlencode({key: value for key, value in chosen.items() if value}),
            "today": timezone.localdate(),
        },
    )


def _summary(scope: str) -> AreaSummary:
    try:
        return area_summary(scope, timezone.localdate())
    except LookupError as error:
        raise NotFound("本地还没有发布规定，无法核对队伍配备；请联系系统管理员发布规则。") from error


def _wanted(each: VillageSummary, chosen: dict[str, str]) -> bool:
    state = each.state
    return (
        (not chosen["township"] or area_contains(chosen["township"], state.area))
        and (not chosen["kind"] or chosen["kind"] in state.classes)
        and (not chosen["state"] or chosen["state"] == each.kind)
        and chosen["text"] in state.name
    )


@require_GET
def village(request: ScopedRequest, area: str) -> HttpResponse:
    """One village as of `day` (today without it): its posts, people, classes, numbers, needs and what is missing."""
    return _page(request, area)


def _page(request: ScopedRequest, area: str, form: forms.Form | None = None) -> HttpResponse:
    """The village's page, with the form that could not be taken where it stands."""
    if not Village.objects.filter(area=area).exists():
        raise NotFound
    require(request.actor, "village.view", area)
    today = timezone.localdate()
    day = _day_asked(request.GET.get("day", "")) or today
    page = _village(area, day)
    may_edit = request.actor.may("village.edit") and day == today
    context = {"page": page, "day": day, "today": today, "may_edit": may_edit}
    if may_edit:
        initial = {"first": today}
        context["forms"] = {
            "classes": _kept(form, ClassForm) or ClassForm(),
            "measures": _kept(form, MeasureForm) or MeasureForm(initial=initial),
            "helpers": _kept(form, HelpingForm) or HelpingForm(initial=initial, units=county_units(area[:COUNTY])),
            "needs": _kept(form, NeedForm) or NeedForm(initial=initial),
            "reductions": _kept(form, ReductionForm) or _reduction_form(page),
        }
        context["reason"] = _kept(form, ReasonForm)
    return render(request, "teams/village.html", context, status=200 if form is None else 422)


def _village(area: str, day: date) -> VillagePage:
    try:
        return village_page(area, day)
    except LookupError as error:
        raise BadInput("这一天本地还没有发布的规定，请换一个日期。") from error


def _reduction_form(page: VillagePage, sent: QueryDict | None = None) -> ReductionForm | None:
    """The form of a decision to get along with fewer people; None where the rules know none for this village."""
    if page.reduction is None:
        return None
    bodies = [(body, BODY_WORDS.get(body, body)) for body in deciders_of(page.reduction)]
    return ReductionForm(sent, grounds=grounds_of(page.reduction), bodies=bodies)


def _kept(form: forms.Form | None, kind: type[forms.Form]) -> forms.Form | None:
    return form if isinstance(form, kind) else None


def _day_asked(text: str) -> date | None:
    """The day that a query asks for.  BadInput for everything that is no day of this millennium."""
    if not text:
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = date.min
    if found.year < 2000 or found.year > 2999 or len(text) != 10:
        raise BadInput("日期应写成 2026-10-01 的形式。")
    return found


def _saved(
    request: ScopedRequest, area: str, form: forms.Form, save: Callable[[dict[str, Any]], object], words: str
) -> HttpResponse:
    """Save a valid form and go back to the village; what is refused is said beside the form, nothing typed is lost."""
    if form.is_valid():
        try:
            save(form.cleaned_data)
        except (NotFound, Forbidden):
            raise
        except ApplicationError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, words)
            return redirect("teams:village", area=area)
    require(request.actor, "village.edit", area)
    return _page(request, area, form)


@require_POST
def classes(request: ScopedRequest, area: str) -> HttpResponse:
    """A class from when to when."""
    form = ClassForm(request.POST)
    return _saved(
        request, area, form, lambda told: class_record(actor=request.actor, area=area, **told), "已登记村类别。"
    )


@require_POST
def measures(request: ScopedRequest, area: str) -> HttpResponse:
    """A measured number."""
    form = MeasureForm(request.POST)
    return _saved(
        request, area, form, lambda told: measure_record(actor=request.actor, area=area, **told), "已登记村指标。"
    )


@require_POST
def needs(request: ScopedRequest, area: str) -> HttpResponse:
    """A need."""
    form = NeedForm(request.POST)
    return _saved(
        request, area, form, lambda told: need_record(actor=request.actor, area=area, **told), "已登记村需求。"
    )


@require_POST
def helpers(request: ScopedRequest, area: str) -> HttpResponse:
    """From when to when a unit helps."""
    form = HelpingForm(request.POST, units=county_units(area[:COUNTY]))
    return _saved(
        request, area, form, lambda told: helping_record(actor=request.actor, area=area, **told), "已登记帮扶单位。"
    )


@require_POST
def reasons(request: ScopedRequest, area: str) -> HttpResponse:
    """Why something is not as the rules want it in principle."""
    form = ReasonForm(request.POST)
    return _saved(
        request, area, form, lambda told: reason_record(actor=request.actor, area=area, **told), "已登记配备说明。"
    )


@require_POST
def reductions(request: ScopedRequest, area: str) -> HttpResponse:
    """A decision to get along with fewer people."""
    if not Village.objects.filter(area=area).exists():
        raise NotFound
    require(request.actor, "village.edit", area)
    form = _reduction_form(_village(area, timezone.localdate()), request.POST)
    if form is None:
        raise BadInput("本地现行规定没有写可以缩减选派人数。")
    return _saved(request, area, form, lambda told: _reduced(request, area, told), "已登记缩减决定。")


def _reduced(request: ScopedRequest, area: str, told: dict[str, Any]) -> None:
    entry = ReductionEntry(**told | {"grounds": tuple(told["grounds"])})
    reduction_record(actor=request.actor, area=area, entry=entry)

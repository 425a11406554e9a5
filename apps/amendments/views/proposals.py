"""Proposing: sending in a whole pack, or setting one value otherwise."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from apps.accounts.middleware import ScopedRequest
from apps.amendments.forms import HeaderForm, OverrideForm
from apps.amendments.models import Amendment
from apps.amendments.selectors import Offers
from apps.amendments.services import Header, Wish, amendment_override, amendment_upload, own_county
from apps.core.errors import ApplicationError, Forbidden
from apps.jurisdictions.selectors import pack_of

DONE = "已提出（第 {} 号）。请先试算，看清会改变什么，再请另一位同志确认。"


@require_http_methods(["GET", "POST"])
def upload(request: ScopedRequest) -> HttpResponse:
    """The upload form; a POST proposes the pack, or lists what is wrong with it by file and line."""
    area = own_county(request.actor)
    context: dict[str, Any] = {"pack": pack_of(area), "area": area, "reason": request.POST.get("reason", "")}
    if request.method == "POST":
        files = request.FILES.getlist("files")
        try:
            found = amendment_upload(actor=request.actor, files=files, reason=context["reason"])
        except Forbidden:
            raise
        except ApplicationError as error:
            return render(request, "amendments/upload.html", context | {"error": error}, status=error.status)
        return _proposed(request, found)
    return render(request, "amendments/upload.html", context)


@require_http_methods(["GET", "POST"])
def override(request: ScopedRequest) -> HttpResponse:
    """Choose a value in force (`topic`, `rule`, `field`) and say what it becomes; a POST proposes that."""
    area = own_county(request.actor)
    asked = request.POST if request.method == "POST" else request.GET
    try:
        offers = Offers(area, timezone.localdate())
    except LookupError as error:
        raise Http404 from error
    context = _chosen(offers, *(asked.get(name, "") for name in ("topic", "rule", "field")))
    field = context["field"]
    if field is not None:
        listed = isinstance(field.value, list)
        choice: dict[str, Any] = {"options": offers.options(context["rule"], field), "many": listed}
        form = OverrideForm(request.POST or None, **choice, initial={"value": context["words"]})
        header = None if offers.own else HeaderForm(request.POST or None)
        context |= {"form": form, "header": header}
        if request.method == "POST" and form.is_valid() and (header is None or header.is_valid()):
            found = _overridden(request, context, form, header)
            if found is not None:
                return _proposed(request, found)
    status = 400 if request.method == "POST" else 200
    return render(request, "amendments/override.html", context, status=status)


def _chosen(offers: Offers, topic: str, rule: str, name: str) -> dict[str, Any]:
    """What has been chosen so far and what there is to choose from."""
    offer = offers.rules.get(rule)
    if offer is not None:
        topic = offer.topic
    fields = offers.fields(rule)
    field = next((each for each in fields if each.name == name), None)
    if field is None and len(fields) == 1:
        field = fields[0]
    return {
        "offers": offers,
        "topics": offers.topics(),
        "topic": topic,
        "rules": offers.of_topic(topic) if topic else [],
        "rule": rule if offer else "",
        "offer": offer,
        "clause": offers.clauses.get(offer.standing.clause or "") if offer else None,
        "fields": [{"field": each, "words": offers.words(rule, each)} for each in fields],
        "field": field,
        "words": offers.words(rule, field) if field else "",
    }


def _overridden(
    request: ScopedRequest, context: dict[str, Any], form: OverrideForm, header: HeaderForm | None
) -> Amendment | None:
    """The proposal, or None with what is wrong told on the form."""
    wish = Wish(rule=context["rule"], field=context["field"].name, **form.cleaned_data)
    document = Header(**header.cleaned_data) if header else None
    try:
        return amendment_override(actor=request.actor, wish=wish, header=document)
    except Forbidden:
        raise
    except ApplicationError as error:
        form.add_error(None, error.message)
        for each in error.details:
            form.add_error("value", f"{each['message']}{each['instead']}")
        return None


def _proposed(request: ScopedRequest, found: Amendment) -> HttpResponse:
    messages.success(request, DONE.format(found.pk))
    return redirect("amendments:detail", amendment=found.pk)

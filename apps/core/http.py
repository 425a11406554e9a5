"""Small habits of views: errors told on the page one came from, months and places read from addresses."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, register_converter, reverse
from django.urls.converters import StringConverter, get_converters
from django.utils.http import url_has_allowed_host_and_scheme

from apps.core.errors import ApplicationError, BadInput, Forbidden, NotFound
from apps.core.months import Month

View = Callable[..., HttpResponse]


class MonthConverter:
    """`2026-10` in an address; from the year 2000, so that a month before and after it always exists."""

    regex = "2[0-9]{3}-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> Month:
        return Month.parse(value)

    def to_url(self, value: Month) -> str:
        return str(value)


class LineConverter:
    """A line of a ledger in an address: the number of the ledger and that of the posting."""

    regex = "[0-9]{1,18}-[0-9]{1,18}"

    def to_python(self, value: str) -> tuple[int, int]:
        ledger, _, posting = value.partition("-")
        return int(ledger), int(posting)

    def to_url(self, value: tuple[int, int]) -> str:
        return "{}-{}".format(*value)


class ClauseConverter(StringConverter):
    """The id of a clause in an address, as in `XX-1.1.3-4`."""

    regex = "[A-Z]{2}-[0-9A-Za-z.-]{1,17}"


class AreaConverter(StringConverter):
    """An area code in an address; whether it is in scope is asked by the service."""

    regex = "C[0-9]{2,12}"


CONVERTERS: dict[str, type[Any]] = {
    "month": MonthConverter,
    "area": AreaConverter,
    "clause": ClauseConverter,
    "line": LineConverter,
}


def converters_register() -> None:
    """Make `<month:…>`, `<area:…>`, `<clause:…>` and `<line:…>` known; called by every urls module that uses them, any number of times."""
    known = get_converters()
    for name, converter in CONVERTERS.items():
        if name not in known:
            register_converter(converter, name)


def month_asked(text: str) -> Month | None:
    """The month that a query asks for, None when it asks for none.  BadInput for everything that is no month of this
    millennium, so that a month before and after it always exists."""
    if text and not re.fullmatch(MonthConverter.regex, text):
        raise BadInput("月份应写成 2026-10 的形式。")
    return Month.parse(text) if text else None


def number_asked(text: str) -> int | None:
    """A whole number up to eighteen digits, None for every other text (also for digits that are no ASCII)."""
    return int(text) if re.fullmatch("[0-9]{1,18}", text) else None


def link_up(name: str, **at: object) -> str:
    """The address of a page of an app above, by its URL name; empty where that app does not serve it."""
    try:
        return reverse(name, kwargs=at)
    except NoReverseMatch:
        return ""


def back(request: HttpRequest, fallback: str) -> HttpResponse:
    """To the page the form was on, if it is one of ours, else to `fallback`."""
    target = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = fallback
    return redirect(target)


def told(fallback: str) -> Callable[[View], View]:
    """Decorator of form posts: what the service refuses is said on the page one came from.

    Services are atomic, so nothing is half saved.  NotFound (404) and Forbidden (403) go on to their own pages.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                return view(request, *args, **kwargs)
            except (NotFound, Forbidden):
                raise
            except ApplicationError as error:
                messages.error(request, error.message)
                return back(request, fallback)

        return inner

    return decorate

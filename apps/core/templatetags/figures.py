"""The two links that open in the dialog #trace (static/js/app.js): a shown value with its trace, and a clause."""

from __future__ import annotations

from django import template
from django.utils.html import format_html

from apps.core.http import link_up

register = template.Library()


@register.simple_tag
def traced(text: object, url: str, steps: str = "done", tone: str = "") -> str:
    """A shown value that opens its trace at `url`; as bare text where there is none.

    `steps` names the steps of the trace whose values are the numbers of `text`, in their order (`text` for a value
    that is words); `tone` adds classes.
    """
    if not url:
        return format_html('<span class="{}">{}</span>', tone, text) if tone else format_html("{}", text)
    tone = tone or ("muted" if text == 0 else "")
    classes = f"trace {tone}" if tone else "trace"
    return format_html('<a class="{}" href="{}" data-shows="{}">{}</a>', classes, url, steps, text)


@register.simple_tag
def clause(id: str | None, title: str = "") -> str:
    """A clause id that opens its text; nothing where there is no clause."""
    if not id:
        return ""
    at = link_up("jurisdictions:clause", clause=id)
    words = format_html(' title="{}"', title) if title else ""
    return format_html('<a class="clause" href="{}"{}>{}</a>', at, words, id)

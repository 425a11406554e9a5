"""What a rule says, as the shown value that opens its trace."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.html import format_html, format_html_join

from apps.core.templatetags.figures import traced
from apps.jurisdictions.law import NOTHING
from apps.rules.said import Line

register = template.Library()


@register.simple_tag
def said(lines: Sequence[Line | tuple[Line, bool]], url: str, part: str = "lines") -> str:
    """The lines of a rule; a line may come with whether it differs from other places.

    `part` names the lines of the trace that are shown: `lines`, or `told` with demand, people and open points.
    """
    pairs = [line if isinstance(line[1], bool) else (line, False) for line in lines]
    shown = format_html_join("", "{}", ((_line(line, differs=differs),) for line, differs in pairs))
    return traced(shown or NOTHING, url, part, "is-text")


def _line(line: Line, *, differs: bool) -> str:
    sign = format_html('<span aria-label="{}">△</span> ', "有出入") if differs else ""
    word = format_html("<b>{}</b> ", line.word) if line.word else ""
    tone = " is-different" if differs else ""
    return format_html('<p class="rule-line{}">{}{}{}</p>', tone, sign, word, line.text)

"""A paper of a few pages as a PDF from one template and its style.  Nothing is fetched (see Assets)."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.template.loader import render_to_string
from pypdf import PdfReader, PdfWriter
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from apps.reports.compile.ledger.pages import Assets


def sheet_pdf(template: str, context: dict[str, Any], *, title: str) -> bytes:
    """The PDF of `<template>.html` with `<template>.css`, both drawn with the context."""
    fonts, assets = FontConfiguration(), Assets()
    style = CSS(string=render_to_string(f"{template}.css", context), font_config=fonts, url_fetcher=assets)
    html = HTML(string=render_to_string(f"{template}.html", context), url_fetcher=assets)
    writer = PdfWriter()
    writer.append(PdfReader(BytesIO(html.write_pdf(stylesheets=[style], font_config=fonts))), import_outline=False)
    writer.add_metadata({"/Title": title, "/Producer": "驻村工作台"})
    out = BytesIO()
    writer.write(out)
    return out.getvalue()

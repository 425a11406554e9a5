"""A ledger as a PDF.  Slow and hungry: only a worker comes here.

WeasyPrint's time goes by the number of cells and grows faster than they do in one piece, so a ledger is set a few pages
at a time and merged, the days of a person are one cell of evenly spaced signs, neighbouring figures one cell with tabs,
and all lines are one drawing behind the table.  The collector of garbage is held meanwhile, because it would walk the
millions of live boxes again and again.  Source: security.md F6.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO

from django.template.loader import render_to_string
from pypdf import PdfReader, PdfWriter
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from apps.reports.compile.ledger.layout import HEADS, ROW, Layout, layout_of, stretches_of
from apps.reports.compile.ledger.paper import Paper, Row

_SIGN = 2.75  # millimetres, a day's sign
_DIGIT = 1.32  # millimetres, a digit

Progress = Callable[[int, int], None]


def ledger_pdf(paper: Paper, progress: Progress | None = None) -> bytes:
    """The PDF of a ledger; `progress(done, total)` is told after every part.

    Nothing is fetched (see Assets).
    """
    layout, writer, fonts = layout_of(paper), PdfWriter(), FontConfiguration()
    css, assets = _css(layout), Assets(grid=render_to_string("reports/pdf/grid.svg", {"grid": layout.grid}))
    stretches = stretches_of(paper.rows)
    for number, rows in enumerate(stretches, start=1):
        html = _html(paper, layout, rows, first=number == 1, last=number == len(stretches))
        writer.append(_set(html, css, assets, fonts), import_outline=False)
        if progress is not None:
            progress(number, len(stretches) + 1)
    _lay_feet(writer, paper, fonts)
    writer.add_metadata({"/Title": paper.title, "/Producer": "驻村工作台"})
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


class Assets(URLFetcher):
    """WeasyPrint's fetcher: what we drew ourselves, by name, and nothing else: no file, no network.

    ValueError for every other address; WeasyPrint then leaves the thing out.
    """

    def __init__(self, **drawings: str) -> None:
        super().__init__(allowed_protocols=())
        self._drawings = {f"paper:{name}": drawing.encode() for name, drawing in drawings.items()}

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """One of our drawings."""
        if url not in self._drawings:
            raise ValueError(f"refused: {url}")
        return URLFetcherResponse(url, self._drawings[url], {"Content-Type": "image/svg+xml"})


def _html(paper: Paper, layout: Layout, rows: Sequence[Row], *, first: bool, last: bool) -> str:
    printed = [layout.printed(row) for row in rows]
    context = {"paper": paper, "columns": layout.columns, "before": layout.before, "rows": printed}
    context |= {"counts": layout.columns.count("count")}
    return render_to_string("reports/pdf/part.html", {**context, "first": first, "last": last})


def _css(layout: Layout) -> str:
    gap = layout.widths["day"] - _SIGN
    context = {"grid": layout.grid, "widths": layout.widths.items(), "row": ROW, "head": HEADS[0], "low_head": HEADS[1]}
    for name, digits in (("count", 2), ("figure", 3)):
        size = layout.widths.get(name, 0)
        context |= {name: size, f"{name}_left": round((size - digits * _DIGIT) / 2, 3)}
    signs = {"sign": _SIGN, "gap": round(gap, 3), "half": round(gap / 2, 3)}
    return render_to_string("reports/pdf/paper.css", {**context, **signs})


def _set(html: str, css: str, assets: Assets, fonts: FontConfiguration) -> PdfReader:
    style = CSS(string=css, font_config=fonts, url_fetcher=assets)
    with _collector_held():
        content = HTML(string=html, url_fetcher=assets).write_pdf(stylesheets=[style], font_config=fonts)
    return PdfReader(BytesIO(content))


@contextmanager
def _collector_held() -> Iterator[None]:
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.collect()


def _lay_feet(writer: PdfWriter, paper: Paper, fonts: FontConfiguration) -> None:
    css = render_to_string("reports/pdf/foot.css", {"foot": paper.foot})
    html = render_to_string("reports/pdf/foot.html", {"pages": writer.pages})
    for page, foot in zip(writer.pages, _set(html, css, Assets(), fonts).pages, strict=True):
        page.merge_page(foot)
        page.compress_content_streams()

"""The floor of a printed ledger: WeasyPrint on the bare table, in one piece."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from weasyprint import HTML

from apps.reports.compile.ledger.paper import Paper, Row

_STYLE = """
@page { size: A3 landscape; margin: 10mm }
table { table-layout: fixed; width: 100%; border-spacing: 0 }
td, th { border: 0.5pt solid #000; font-size: 6pt }
"""


def table(paper: Paper) -> str:
    """The lines of a ledger as a page with nothing but their table: a cell per day and figure."""
    head = ["序号", "村", "姓名", "岗位", "派出单位", *(day.number for day in paper.days)]
    head += [kind.word for kind in paper.kinds] + ["在岗", *(measure.short for measure in paper.measures)]
    body = "".join(f"<tr>{_cells('td', _values(row))}</tr>" for row in paper.rows)
    return f"<style>{_STYLE}</style><table><thead><tr>{_cells('th', head)}</tr></thead><tbody>{body}</tbody></table>"


def _values(row: Row) -> list[object]:
    standings = ["" if each is None else f"{each.done}/{each.due}" for each in row.standings]
    return [row.number, row.village, row.name, row.roles, row.unit, *row.signs, *row.counts, row.posted, *standings]


def _cells(tag: str, values: Iterable[object]) -> str:
    return "".join(f"<{tag}>{escape(str(value))}</{tag}>" for value in values)


def printed(html: str) -> bytes:
    """The PDF of a page."""
    content: bytes = HTML(string=html).write_pdf()
    return content

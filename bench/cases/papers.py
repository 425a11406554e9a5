"""A printed ledger: from the job to the paper that can be downloaded."""

from __future__ import annotations

from collections.abc import Iterator

from apps.core.tenancy import NATION, Scope, entered
from apps.ledgers.models import Ledger
from apps.reports.compile.ledger import ledger_paper
from apps.reports.selectors.snapshot import snapshot
from bench import people
from bench.cases.compiles import COUNTY, LEDGER_TABLES, PEOPLE_TABLES, SEPTEMBER
from bench.ground import Scale, empty, sql
from bench.measure import Figure, paired
from bench.workers import compiled, printed, workers

TABLES = (*LEDGER_TABLES, *PEOPLE_TABLES, "reports_document")
RUNS = 3  # the floor takes a quarter of a minute


def run(scale: Scale) -> Iterator[Figure]:
    try:
        from bench.floors import papers  # noqa: PLC0415 - loads pango, which may be missing
    except OSError:
        return
    empty(*TABLES)
    people.people(scale.pdf, below=f"{COUNTY}%", per_township=scale.pdf)
    people.lines(SEPTEMBER)
    people.ledgers(SEPTEMBER)
    with workers(1):
        compiled(SEPTEMBER)
        with entered(Scope(area=NATION)):
            ledger = Ledger.objects.get()
            paper = ledger_paper(snapshot(ledger))
        html = papers.table(paper)
        yield paired(
            f"ledger_pdf_{scale.pdf}",
            lambda: printed(ledger.pk, ledger.area),
            lambda: papers.printed(html),
            target=0.5,
            n=min(scale.runs, RUNS),
            note=f"{len(paper.rows)}行，任务到文件",
            after=_check,
            warm=False,
        )
    empty(*TABLES)


def _check() -> None:
    """The paper is there; the next run makes it anew."""
    if not sql("SELECT 1 FROM reports_document WHERE length(content) > 10000"):
        raise RuntimeError("no paper was kept")
    empty("reports_document")

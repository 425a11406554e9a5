"""What a worker does for reports: it prints ledgers.  Run by the jobs of `ledgers`, under their claim and lease."""

from __future__ import annotations

from apps.core.tasks import AreaTask
from apps.ledgers.models import Job, Ledger
from apps.ledgers.services import job_fail
from apps.ledgers.services.jobs import job_progress
from apps.reports.compile.ledger import ledger_paper
from apps.reports.selectors.documents import stamp_of
from apps.reports.selectors.snapshot import snapshot
from apps.reports.services import document_store

NO_PRINTER = "服务器缺少 PDF 排版组件（pango），请联系管理员安装后再生成；Excel 台账不受影响。"


def document_print(task: AreaTask, job: Job) -> str:
    """Print the ledger that a job is about and keep it; a word for the job.

    Reads in one transaction, prints in none, keeps in another.  Run twice the second paper replaces the first.
    """
    try:
        from apps.reports.compile.ledger.pages import ledger_pdf  # noqa: PLC0415  (loads pango, which may be missing)
    except OSError:
        with task.within(job.area):
            job_fail(job=job.pk, message=NO_PRINTER)
        return "no printer"
    with task.within(job.area):
        ledger = Ledger.objects.get(pk=job.subject)
        paper, stamp = ledger_paper(snapshot(ledger)), stamp_of(ledger)

    def progress(done: int, total: int) -> None:
        with task.within(job.area):
            job_progress(job=job.pk, done=done, total=total)

    content = ledger_pdf(paper, progress)
    with task.within(job.area):
        document_store(ledger=ledger, stamp=stamp, content=content, by=job.by)
    return f"PDF 已生成（{len(content) // 1024 + 1} KB）"

"""What a worker does for reports: it prints.  Run by the jobs of `ledgers`, under their claim and lease."""

from __future__ import annotations

from apps.core.tasks import AreaTask
from apps.ledgers.models import Job
from apps.ledgers.services import job_fail
from apps.ledgers.services.jobs import job_progress
from apps.reports.models import DocumentKind
from apps.reports.selectors.subjects import job_kind, subject_of
from apps.reports.services import document_store

NO_PRINTER = "服务器缺少 PDF 排版组件（pango），请联系管理员安装后再生成；Excel 台账不受影响。"
KINDS = {job_kind(kind): kind for kind in DocumentKind.values}


def document_print(task: AreaTask, job: Job) -> str:
    """Print what a job is about and keep it; a word for the job.

    Reads in one transaction, prints in none, keeps in another.  Run twice the second paper replaces the first.
    """
    try:
        from apps.reports.compile.printing import PRINTERS  # noqa: PLC0415  (loads pango, which may be missing)
    except OSError:
        with task.within(job.area):
            job_fail(job=job.pk, message=NO_PRINTER)
        return "no printer"
    printer = PRINTERS[KINDS[job.kind]]
    with task.within(job.area):
        subject = subject_of(KINDS[job.kind], job.subject or 0)
        paper = printer.read(subject.pk)

    def progress(done: int, total: int) -> None:
        with task.within(job.area):
            job_progress(job=job.pk, done=done, total=total)

    content = printer.pdf(paper, progress)
    with task.within(job.area):
        document_store(subject=subject, content=content, by=job.by)
    return f"PDF 已生成（{len(content) // 1024 + 1} KB）"

"""A village's notice as a PDF."""

from apps.reports.compile.notice.pages import notice_pdf
from apps.reports.compile.notice.paper import notice_paper

__all__ = ["notice_paper", "notice_pdf"]

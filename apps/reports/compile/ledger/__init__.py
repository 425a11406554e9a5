"""A ledger on paper: as values, as a workbook, as pages."""

from apps.reports.compile.ledger.build import ledger_paper
from apps.reports.compile.ledger.workbook import ledger_workbook

__all__ = ["ledger_paper", "ledger_workbook"]

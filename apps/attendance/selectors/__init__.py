"""Reads of attendance."""

from apps.attendance.selectors.context import SheetContext, sheet_context
from apps.attendance.selectors.rows import SheetRow, sheet_rows
from apps.attendance.selectors.steps import SheetStep, missing, sheet_digest, sheet_steps

__all__ = [
    "SheetContext",
    "SheetRow",
    "SheetStep",
    "missing",
    "sheet_context",
    "sheet_digest",
    "sheet_rows",
    "sheet_steps",
]

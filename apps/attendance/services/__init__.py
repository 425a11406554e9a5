"""Writes of attendance."""

from apps.attendance.services.lines import lines_settle
from apps.attendance.services.save import CellConflict, CellError, LineEdit, SaveResult, sheet_save
from apps.attendance.services.sign import sheet_sign
from apps.attendance.services.spans import span_record, span_remove

__all__ = [
    "CellConflict",
    "CellError",
    "LineEdit",
    "SaveResult",
    "lines_settle",
    "sheet_save",
    "sheet_sign",
    "span_record",
    "span_remove",
]

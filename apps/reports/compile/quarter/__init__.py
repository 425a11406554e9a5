"""A dispatch unit's quarter: its people across counties, as data and as a workbook."""

from apps.reports.compile.quarter.rows import quarter_rows
from apps.reports.compile.quarter.workbook import quarter_workbook

__all__ = ["quarter_rows", "quarter_workbook"]

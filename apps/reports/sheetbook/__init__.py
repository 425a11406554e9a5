"""The township's month as an offline workbook: export, and import with a cell-by-cell difference."""

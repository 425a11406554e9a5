"""Papers made of plain data: workbooks and pages, as bytes."""

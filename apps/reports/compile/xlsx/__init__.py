"""How our workbooks are written."""

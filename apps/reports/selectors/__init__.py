"""Reads of reports: ledgers as frozen, and what was fed back to a dispatch unit."""

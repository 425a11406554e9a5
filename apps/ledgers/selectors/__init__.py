"""Reads of ledgers."""

"""Compiling ledgers: set-based, from sheet lines and rules to finished lines, in SQL made from the rule book."""

from apps.ledgers.compile.county import county_totals
from apps.ledgers.compile.township import ledgers_compile

__all__ = ["county_totals", "ledgers_compile"]

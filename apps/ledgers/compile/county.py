"""The county's ledger: made from the township ledgers that the county accepted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from apps.ledgers.models import Ledger


def county_totals(ledgers: Sequence[Ledger]) -> dict[str, Any]:
    """Sums over accepted township ledgers of one book: people, the 22 counts of days, posted days, nights, and per measure how
    many people stand in each state."""
    counts = [sum(column) for column in zip(*(ledger.totals["counts"] for ledger in ledgers), strict=True)]
    per_ledger = [ledger.totals["states"] for ledger in ledgers]
    states = [[sum(column) for column in zip(*measure, strict=True)] for measure in zip(*per_ledger, strict=True)]
    return {
        "counts": counts,
        "posted": sum(ledger.totals["posted"] for ledger in ledgers),
        "nights": sum(ledger.totals["nights"] for ledger in ledgers),
        "states": states,
    }


def county_parts(ledgers: Sequence[Ledger]) -> list[dict[str, Any]]:
    """Which township ledgers a county ledger was made from, with their hashes."""
    return [
        {
            "ledger": ledger.pk,
            "area": ledger.area,
            "name": ledger.name,
            "version": ledger.version,
            "people": ledger.people,
            "totals": ledger.totals,
            "hash": ledger.hash,
        }
        for ledger in ledgers
    ]


def county_hash(*, area: str, month: str, book: str, parts: Sequence[dict[str, Any]]) -> str:
    """sha256 over the identity of the county's month and the hashes of its parts, in order of area."""
    content = [area, month, book, [[part["area"], part["version"], part["hash"]] for part in parts]]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()

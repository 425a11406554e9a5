"""The reference data of the product, as `rules_publish` brings it: loaded once per run, never emptied."""

from __future__ import annotations

from django.conf import settings


def reference_load() -> None:
    """Divisions, calendars, clauses and the five packs."""
    from apps.jurisdictions.services import (
        calendars_load,
        clauses_load,
        divisions_load,
        shipped_packs_publish,
    )

    fixtures = settings.BASE_DIR / "fixtures"
    divisions_load(file=fixtures / "divisions" / "nation.csv")
    calendars_load(folder=fixtures / "calendar")
    clauses_load(folder=fixtures / "clauses")
    shipped_packs_publish(folder=fixtures / "rules")

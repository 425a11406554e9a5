"""Words of the pages."""

from __future__ import annotations

from apps.staffing.models import Case

MATTERS = {
    "selection": "选派",
    "replacement": "调整更换",
    "recall": "召回",
    "handover": "交接",
    "appointment": "任职",
}


def matter_word(case: Case) -> str:
    """What a case is about."""
    return MATTERS.get(case.matter, "其他事项")

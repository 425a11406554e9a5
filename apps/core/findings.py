"""What a rule says of a case.  Pure: no Django, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Severity = Literal["block", "warn", "notice"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One statement about one case.  `block` refuses, `warn` lets pass with a reason, `notice` informs.

    `clause` is a clause id, or None where the product itself (not a regulation) asks for it;
    `day` is the day of the month it is about, `inputs` the values it was drawn from.
    """

    code: str
    severity: Severity
    message: str
    clause: str | None = None
    day: int | None = None
    inputs: Mapping[str, Any] = field(default_factory=dict)

    def dump(self) -> dict[str, Any]:
        return asdict(self)


def blocking(findings: Iterable[Finding]) -> list[Finding]:
    """Only those that refuse."""
    return [finding for finding in findings if finding.severity == "block"]

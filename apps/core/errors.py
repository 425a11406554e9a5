"""The one tree of errors that a person may see; `core.middleware` turns it into answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from apps.core.findings import Finding


class ApplicationError(Exception):
    """Something a person can understand and act on.  `message` is Chinese: what is wrong and what to do."""

    status = 400
    code = "invalid"

    def __init__(self, message: str, *, details: Sequence[Mapping[str, Any]] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.details = list(details)


class NotFound(ApplicationError):
    """Not there, or not yours: the two are never told apart."""

    status = 404
    code = "not_found"

    def __init__(self, message: str = "没有找到这项内容，可能已被移动，或不在您的管理范围内。") -> None:
        super().__init__(message)


class Forbidden(ApplicationError):
    """In scope, but the role may not do this."""

    status = 403
    code = "forbidden"

    def __init__(self, message: str = "您当前的岗位不能办理这项业务，请切换岗位或联系管理员。") -> None:
        super().__init__(message)


class Conflict(ApplicationError):
    """The state moved on since the page was opened."""

    status = 409
    code = "conflict"


class BadInput(ApplicationError):
    """The shape of the input is wrong; `details` lists where."""

    status = 400
    code = "bad_input"


class Refused(ApplicationError):
    """A rule refuses; carries its findings with their clauses."""

    status = 422
    code = "refused"

    def __init__(self, message: str, findings: Sequence[Finding] = ()) -> None:
        super().__init__(message, details=[finding.dump() for finding in findings])
        self.findings = list(findings)


class NoScope(RuntimeError):
    """Tenant rows were asked for outside an entered scope: a programming error, never an empty list."""

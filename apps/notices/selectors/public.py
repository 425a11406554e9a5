"""What the public reads, without a login: one notice by its token.

The fourth place that enters a scope: a narrow one, in which row-level security shows the versions of this one notice
and no other row of any county.  Source: docs/decisions.md.
"""

from __future__ import annotations

from apps.core.tenancy import NOTICE_FORM, Scope, entered
from apps.notices.models import Notice


def notice_by_token(token: str) -> Notice | None:
    """The version in force of the notice with this token; None for every other text."""
    if not NOTICE_FORM.fullmatch(token):
        return None
    with entered(Scope(notice=token)):
        return Notice.objects.order_by("-version").first()

"""What a preview found, carried by the page to its confirmation; the file itself is kept nowhere.

Signed for one user, place and month, for an hour.  It holds letters of days and posting numbers, nothing else.
"""

from __future__ import annotations

from django.core import signing

from apps.core.errors import BadInput
from apps.core.months import Month
from apps.reports.sheetbook.difference import CellChange, Difference

LIFETIME = 3600  # seconds


def _salt(user: int, area: str, month: Month) -> str:
    return f"sheetbook|{user}|{area}|{month}"


def carry(found: Difference, *, user: int, area: str, month: Month) -> str:
    """The token, safe to stand in a form field."""
    content = {
        "changes": [[each.posting, each.day, each.was, each.now, each.will] for each in found.changes],
        "versions": [[posting, version] for posting, version in found.versions.items()],
    }
    return signing.dumps(content, salt=_salt(user, area, month), compress=True)


def opened(token: str, *, user: int, area: str, month: Month) -> Difference:
    """What `carry` put in; who and where the changes are it does not know.

    BadInput when it is another's, another month's, altered, or over an hour old.
    """
    try:
        content = signing.loads(token, salt=_salt(user, area, month), max_age=LIFETIME)
    except signing.BadSignature as error:
        raise BadInput("这次对照已经失效，请重新上传离线表。") from error
    return Difference(
        changes=[
            CellChange(posting, "", "", day, was, now, will, "") for posting, day, was, now, will in content["changes"]
        ],
        versions=dict(content["versions"]),
    )

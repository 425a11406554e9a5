"""What a preview read, carried by the page to its confirmation.

The file itself is kept nowhere.  The rows travel in the form, compressed and sealed (AES-GCM), not only signed: they hold
identity numbers, which a page must not show, not even in its source.  A token opens for the user, county and hour it was
made for.
"""

from __future__ import annotations

import base64
import binascii
import time
import zlib
from dataclasses import dataclass

from apps.accounts.access import Actor
from apps.cadres.sealing import Unsealable, seal, unseal
from apps.core.errors import BadInput
from apps.reports.roster.entries import Roster

LIFETIME = 3600  # seconds
_LARGEST = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Carried:
    """The rows that were previewed and the digest of what they would do."""

    roster: Roster
    digest: str


def carry(carried: Carried, *, actor: Actor, county: str) -> str:
    """The token, safe to stand in a form field."""
    content = "\n".join((str(int(time.time())), carried.digest, carried.roster.dump()))
    sealed = seal(zlib.compress(content.encode(), 1), bound_to=_bound(actor, county))
    return base64.urlsafe_b64encode(sealed).decode()


def opened(token: str, *, actor: Actor, county: str) -> Carried:
    """What `carry` put in.  BadInput when it was made for another person or county, altered, or over an hour ago."""
    try:
        sealed = base64.urlsafe_b64decode(token.encode())
        packed = unseal(sealed, bound_to=_bound(actor, county))
    except (Unsealable, binascii.Error, UnicodeEncodeError) as error:
        raise BadInput("这次预览已经失效，请重新上传文件。") from error
    made, digest, rows = zlib.decompressobj().decompress(packed, _LARGEST).decode().split("\n", 2)
    if not 0 <= time.time() - int(made) <= LIFETIME:
        raise BadInput("预览已超过一小时，请重新上传文件。")
    return Carried(Roster.load(rows), digest)


def _bound(actor: Actor, county: str) -> str:
    return f"roster|{actor.user.pk}|{county}"

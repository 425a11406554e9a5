"""AES-256-GCM under the installation's field key; what is sealed for one purpose opens for no other.

Layout of a sealed value: one byte key number, 12 bytes nonce, ciphertext with its 16-byte tag.  The key number lets a
later key live beside this one while old values are re-sealed.  Source: security.md P3.
"""

from __future__ import annotations

import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_KEY_NUMBER = 1
_NONCE = 12


class Unsealable(ValueError):
    """The value was sealed for something else, with another key, or altered."""


@lru_cache(maxsize=4)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)


def seal(plain: bytes, *, bound_to: str) -> bytes:
    """Encrypt; only the same `bound_to` opens it.  Two calls never give the same bytes."""
    nonce = os.urandom(_NONCE)
    return bytes([_KEY_NUMBER]) + nonce + _cipher(settings.FIELD_KEY).encrypt(nonce, plain, bound_to.encode())


def unseal(sealed: bytes, *, bound_to: str) -> bytes:
    """The plain bytes.  Raises Unsealable, which says nothing of the content."""
    if len(sealed) <= _NONCE or sealed[0] != _KEY_NUMBER:
        raise Unsealable("not a sealed value of this installation")
    try:
        return _cipher(settings.FIELD_KEY).decrypt(sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :], bound_to.encode())
    except InvalidTag as error:
        raise Unsealable("sealed for something else, or altered") from error

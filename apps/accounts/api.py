"""Who asks, for the interfaces of the apps above."""

from __future__ import annotations

from typing import cast

from rest_framework.request import Request

from apps.accounts.access import Actor


def actor_of(request: Request) -> Actor:
    """The user in the position that the middleware entered for this request."""
    return cast(Actor, request.actor)  # type: ignore[attr-defined]  # set by the middleware

"""Writes of this app: proposing a version of a rule pack, rehearsing it, deciding on it.  The only writer of Amendment."""

from apps.amendments.services.command import command_propose, command_publish
from apps.amendments.services.decide import (
    amendment_publish,
    amendment_refuse,
    amendment_rehearse,
    amendment_withdraw,
)
from apps.amendments.services.propose import Header, Wish, amendment_override, amendment_upload, own_county

__all__ = [
    "Header",
    "Wish",
    "amendment_override",
    "amendment_publish",
    "amendment_refuse",
    "amendment_rehearse",
    "amendment_upload",
    "amendment_withdraw",
    "command_propose",
    "command_publish",
    "own_county",
]

"""What must hold of a village's posts, whatever was done."""

from __future__ import annotations

from datetime import timedelta

from apps.teams.posts import Holder, post_on
from apps.teams.spans import contains

ONE = timedelta(days=1)


def answered(rows: list[Holder]) -> None:
    """Around every beginning and end each role has a holder or the day since when it has none."""
    edges = {row.first for row in rows} | {row.last + ONE for row in rows if row.last}
    for role in {role for row in rows for role in row.roles}:
        held = [row for row in rows if role in row.roles]
        for day in {near for edge in edges for near in (edge - ONE, edge)}:
            post = post_on(role, held, day, due=1)
            there = {row.posting for row in held if contains((row.first, row.last), day)}
            assert {each.posting for each in post.holders} == there
            past = [row.last for row in held if row.last and row.last < day]
            if there:
                assert (post.vacant_since, post.never) == (None, False)
            elif past:
                assert post.vacant_since == max(past) + ONE
            else:
                assert post.never

"""The way to the villages' posts.

Their gaps are worked out where they are looked at: judging all villages of a county takes longer than a landing page
may (the desk bench rose from 0.1 to 0.7 s with it).
"""

from __future__ import annotations

from django.urls import reverse

from apps.accounts.access import Actor
from apps.desk.selectors.items import Desk, WorkItem


def villages_desk(*, actor: Actor) -> Desk:
    """One line for those who keep the villages' facts.  No query."""
    if not actor.may("village.edit"):
        return Desk()
    text = "对照制度看各村岗位：谁在岗、哪里空缺、哪里要说明原因。"
    return Desk(ready=[WorkItem("各村岗位和配备", text, f"{reverse('teams:villages')}?state=gap", "打开")])

"""What every rule of every topic has: a name, a modality, a source, a time, and what its text leaves open.

The three silences stay apart: no rule at all (nothing is shown), `delegated_to` (the level below sets it), and
`left_open` (the text asks for something without saying it: no default is invented).  `presets` hold the reading
taken of an open text, by field; a county changes the field, not the program.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from pydantic import Field

from apps.rules.language.selectors import Selector
from apps.rules.language.values import Day
from apps.rules.terms import Cited
from apps.rules.vocabulary import Delegate, Modality


class Rule(Cited):
    """Base of all rules; `key` in the pack is its name.  In force from `since` (default: the pack's day) to `until`.

    `applies` says to whom or what; left out, to all that the rule can be about.  `changes` are partial rewrites from
    a day on: `{2026-01-01: {at_least: 3, clause: XX-1}}`; each says only what becomes different and cites it anew.
    `checked` is the day a person last read the rule against its source.  `like` is the rule (`construct.key`) that this
    one refers to (see `likes`).
    """

    label: str = Field(min_length=1)
    modality: Modality = "must"
    since: Day | None = None
    until: Day | None = None
    applies: Selector = Selector()
    delegated_to: Delegate | None = None
    presets: dict[str, str] = {}
    left_open: dict[str, str] = {}
    changes: dict[Day, dict[str, Any]] = {}
    checked: Day | None = None
    like: str | None = None

    def on(self, day: date) -> Self | None:
        """The rule as it stands on a day, None before its start and after its end.

        The reader has tried every change, so none fails here.
        """
        if (self.since is not None and day < self.since) or (self.until is not None and day > self.until):
            return None
        due = [since for since in self.changes if since <= day]
        return self.rewritten(max(due)) if due else self

    def on_top_of(self, above: Rule | None) -> Self:
        """What holds where the pack above has a rule of the same key: this one alone, unless its kind says otherwise."""
        return self

    def rewritten(self, since: date) -> Self:
        """This rule with all changes up to and including one of its days.  ValidationError where they do not fit."""
        raw = self.model_dump(mode="json", exclude={"changes"}, exclude_unset=True)
        for day in sorted(day for day in self.changes if day <= since):
            raw |= self.changes[day]
        return type(self).model_validate(raw)

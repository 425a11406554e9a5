"""Rules by reference and by analogy: a rule that says “like that one” (参照…执行) and only what is different.

    secretary_report: {like: duties.leader_report, label: 第一书记月报, roles: [first_secretary], clause: XX-9-1}

It takes over all that the other rule says on the day, changes, overrides and regimes included, except what it says
itself, field by field and whole.  Name, source and time are always its own; the other's clause stands in `see`.
Where the other does not hold, neither does this one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ConfigDict, Field

from apps.rules.language.rule import Rule

# What is never taken over: whose it is, when it holds, and where it comes from.
_OWN = {"label", "clause", "see", "note", "preset", "since", "until", "changes", "checked", "like"}


class Like(Rule):
    """A rule as written, before what it refers to is laid under it; the fields of its construct are not looked at yet."""

    model_config = ConfigDict(extra="allow", frozen=True)

    like: str = Field(pattern=r"^[a-z_]+\.[a-z][a-z0-9_]*$")

    def upon(self, other: Rule) -> Rule:
        """This rule with the other one under it, of the other's kind.  ValidationError where the fields do not fit."""
        theirs = other.model_dump(mode="json", exclude=_OWN, exclude_unset=True)
        mine = self.model_dump(mode="json", exclude={"changes"}, exclude_unset=True)
        see = (*self.see, *([other.clause] if other.clause else ()), *other.see)
        cited = [clause for clause in dict.fromkeys(see) if clause != self.clause]
        return type(other).model_validate(theirs | mine | {"see": cited})


def chain(name: str, written: Mapping[str, Rule]) -> Iterator[str]:
    """What a rule refers to, what that one refers to in turn, and so on, by name (`duties.x`), until one stands by itself
    or is not there.  A loop is closed once: the name that comes again is the last."""
    seen = {name}
    rule = written.get(name)
    while isinstance(rule, Like):
        yield rule.like
        if rule.like in seen:
            return
        seen.add(rule.like)
        rule = written.get(rule.like)


def referred(name: str, written: Mapping[str, Rule]) -> Rule | None:
    """A rule with everything that it refers to laid under it; None where that is not there or leads back to itself.

    `written` are rules by name, as they stand on the day.
    """
    names = [name, *chain(name, written)]
    rules = [written.get(each) for each in names]
    found = rules[-1]
    if found is None or len(set(names)) < len(names):
        return None
    for rule in reversed(rules[:-1]):
        found = rule.upon(found) if isinstance(rule, Like) else found
    return found


def moved(raw: Mapping[str, Any], constructs: tuple[str, ...]) -> dict[str, Any]:
    """The text of a pack with its rules by reference under `likes`, by name, apart from those that stand by themselves."""
    text, likes = dict(raw), dict(raw.get("likes") or {})
    for construct in constructs:
        rules = text.get(construct)
        if not isinstance(rules, dict):
            continue
        found = {key: rule for key, rule in rules.items() if isinstance(rule, dict) and "like" in rule}
        if found:
            text[construct] = {key: rule for key, rule in rules.items() if key not in found}
            likes |= {f"{construct}.{key}": rule for key, rule in found.items()}
    return text | ({"likes": likes} if likes else {})

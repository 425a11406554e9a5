"""The nodes of a formula: a closed set told apart by `op`, put together as a tree.  No expression strings, no loops.

A component is written short as its key, a number as itself:
{op: weighted, parts: [{of: regular, weight: 40}, {of: yearly, weight: 60}], whole: 100}
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StrictBool, StrictInt

from apps.rules.exact import Rounding
from apps.rules.language.bands import Bounds
from apps.rules.language.parts import Part, Whos
from apps.rules.language.rule import Rule
from apps.rules.language.selectors import Selector
from apps.rules.language.values import Number
from apps.rules.language.vocabularies import Key
from apps.rules.terms import Frozen
from apps.rules.vocabulary import Subject


class Constant(Frozen):
    """A number that stands in the text."""

    op: Literal["number"]
    value: Number


class Component(Frozen):
    """A declared component of the formula, by its key."""

    op: Literal["component"]
    name: Key


class Fold(Frozen):
    """All of them together.  With `whole`, the best marks of the components of a sum must add up to it."""

    op: Literal["sum", "product", "min", "max"]
    of: tuple[Node, ...] = Field(min_length=1)
    whole: Number | None = None


class Mean(Frozen):
    """The sum by the number of them; with `present_only` of those that there are (quarters in which one served)."""

    op: Literal["mean"]
    of: tuple[Node, ...] = Field(min_length=1)
    present_only: StrictBool = False


class Over(Frozen):
    """One number out of a component that is a list of numbers: the members of a team, the persons of a unit, the
    checks of a year.  No result for an empty list, but a `count` or `sum` of 0."""

    op: Literal["over"]
    of: Key
    how: Literal["sum", "mean", "min", "max", "count"]


class Weight(Part):
    """One part and its weight; parts of a year, of the assessing bodies, of the kinds of assessment."""

    of: Node
    weight: Number


class Weighted(Frozen):
    """The sum of part × weight ÷ `whole`.  Where a part is missing: no result (`refuse`), nought (`zero`), or the
    weights of the others stand for the whole (`reweigh`)."""

    op: Literal["weighted"]
    parts: tuple[Weight, ...] = Field(min_length=1)
    whole: Number = Decimal(1)
    missing: Literal["refuse", "zero", "reweigh"] = "refuse"


class Deduction(Part):
    """Points taken off, at most `cap` for this one."""

    of: Node
    cap: Number | None = None


class Deduct(Frozen):
    """A base less its deductions, each at most its own cap; not below `floor`."""

    op: Literal["deduct"]
    base: Node
    less: tuple[Deduction, ...] = Field(min_length=1)
    floor: Number | None = None


class Round(Frozen):
    """A value rounded by a mode to so many digits."""

    op: Literal["round"]
    of: Node
    mode: Rounding
    digits: StrictInt = Field(default=0, ge=0, le=6)


class Row(Bounds):
    """One band of a table and the number it stands for."""

    value: Number


class Table(Frozen):
    """The value of the band that holds the number; no result outside all bands."""

    op: Literal["table"]
    of: Node
    bands: tuple[Row, ...] = Field(min_length=1)


class Words(Frozen):
    """A number for each word of a component that is a word (a grade, a colour)."""

    op: Literal["words"]
    of: Key
    values: dict[str, Number] = Field(min_length=1)


class Votes(Frozen):
    """The points of each kind of vote × its votes, by all votes cast.  No result without a vote."""

    op: Literal["votes"]
    votes: dict[str, Node] = Field(min_length=1)
    points: dict[str, Number] = Field(min_length=1)


class Share(Frozen):
    """`of` ÷ `out_of`; `when_none` where `out_of` is nought (no result where it is not written)."""

    op: Literal["share"]
    of: Node
    out_of: Node
    when_none: Number | None = None


class Gate(Frozen):
    """`then` where the tested number lies in the bounds, `otherwise` where it does not (one veto, a cap)."""

    op: Literal["gate"]
    test: Node
    bounds: Bounds
    then: Node
    otherwise: Node


class ClassItems(Part):
    """The items for one class of person, post or village."""

    applies: Selector = Selector()
    of: Node


class ByClass(Frozen):
    """The most specific set of items that fits the case; no result where none does."""

    op: Literal["by_class"]
    cases: tuple[ClassItems, ...] = Field(min_length=1)


def _short(value: object) -> Any:
    if isinstance(value, str):
        return {"op": "component", "name": value}
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return {"op": "number", "value": value}
    return value


AnyNode = (
    Constant
    | Component
    | Fold
    | Mean
    | Over
    | Weighted
    | Deduct
    | Round
    | Table
    | Words
    | Votes
    | Share
    | Gate
    | ByClass
)
Node = Annotated[Annotated[AnyNode, Field(discriminator="op")], BeforeValidator(_short)]

for _model in (Fold, Mean, Weight, Weighted, Deduction, Deduct, Round, Table, Votes, Share, Gate, ClassItems, ByClass):
    _model.model_rebuild()


class ComponentText(Part):
    """One component: its name, who gives it (an assessing body), and between which numbers it must lie.

    With a `vocabulary` it is a word of that list; with `source` it is the number of another formula, a counter or an
    account of the pack.
    """

    label: str
    by: Whos = ()
    between: Bounds | None = None
    vocabulary: Key | None = None
    source: Key | None = None


class Formula(Rule):
    """A score of a `subject`.  `components` are all that may stand in `result`."""

    subject: Subject = "person"
    components: dict[Key, ComponentText] = {}
    result: Node


def children(node: AnyNode) -> tuple[tuple[tuple[str | int, ...], AnyNode], ...]:
    """The nodes directly below one, each with its path from there."""
    match node:
        case Fold() | Mean():
            return tuple((("of", index), below) for index, below in enumerate(node.of))
        case Weighted():
            return tuple((("parts", index, "of"), part.of) for index, part in enumerate(node.parts))
        case Deduct():
            less = tuple((("less", index, "of"), part.of) for index, part in enumerate(node.less))
            return ((("base",), node.base), *less)
        case Round() | Table():
            return ((("of",), node.of),)
        case Votes():
            return tuple((("votes", word), below) for word, below in node.votes.items())
        case Share():
            return ((("of",), node.of), (("out_of",), node.out_of))
        case Gate():
            return ((("test",), node.test), (("then",), node.then), (("otherwise",), node.otherwise))
        case ByClass():
            return tuple((("cases", index, "of"), part.of) for index, part in enumerate(node.cases))
        case _:
            return ()

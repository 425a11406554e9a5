"""Vocabularies: grades, colours and other lists of words as data, with their order, their bands and what they
count as in another vocabulary (the unit's yearly grade).  The program knows none of the words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal, Self

from pydantic import Field, StrictBool

from apps.core.findings import Finding
from apps.rules.language.bands import Bounds, band_faults, band_of
from apps.rules.language.parts import Fault, Part, part_faults, severity_of
from apps.rules.language.rule import Rule
from apps.rules.problems import Place, suggestion
from apps.rules.terms import Frozen

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=64)]


class Word(Frozen):
    """One word.  `also` are other ways to write it (合格 for 称职).

    With a `band` a score leads to it; `automatic: false` means that the score only opens the way (“可评为”) and who is
    not chosen gets the word `otherwise`.
    """

    word: str = Field(min_length=1)
    also: tuple[str, ...] = ()
    colour: str = ""
    band: Bounds | None = None
    automatic: StrictBool = True
    otherwise: str | None = None


class Mapped(Part):
    """What each word counts as in another vocabulary of the pack, by that vocabulary's key."""

    words: dict[str, str] = Field(min_length=1)


class Vocabulary(Rule):
    """A list of words.  `order` says whether it runs from the best or from the worst word, or not at all.

    In an `open_list` (“等”) other words may be used; with `reason` only together with a stated reason.  With `extends`
    its words stand before those of the list of the same key in the pack above, instead of hiding them.
    """

    kind: Literal["grades", "colours", "list"] = "list"
    order: Literal["best_first", "worst_first", "none"] = "none"
    words: tuple[Word, ...] = Field(min_length=1)
    open_list: StrictBool = False
    reason: StrictBool = True
    extends: StrictBool = False
    counts_as: dict[Key, Mapped] = {}

    def on_top_of(self, above: Rule | None) -> Self:
        if not self.extends or not isinstance(above, Vocabulary):
            return self
        own = {written for word in self.words for written in (word.word, *word.also)}
        more = tuple(word for word in above.words if word.word not in own)
        return self.model_copy(update={"words": (*self.words, *more)})

    def found(self, written: str) -> Word | None:
        """The word that is written so or may be written so."""
        return next((word for word in self.words if written == word.word or written in word.also), None)

    def place(self, written: str) -> int:
        """0 for the best word, rising to the worst.  ValueError for a word that is not in it or where none is better."""
        word = self.found(written)
        if word is None:
            raise ValueError(f"“{self.label}”里没有“{written}”。")
        if self.order == "none":
            raise ValueError(f"“{self.label}”不分高低。")
        place = self.words.index(word)
        return place if self.order == "best_first" else len(self.words) - 1 - place


def labels(vocabulary: Vocabulary) -> dict[str, str]:
    """What to call each word on a page: the first other way to write it, else itself (keys of events)."""
    return {word.word: word.also[0] if word.also else word.word for word in vocabulary.words}


def worse(vocabulary: Vocabulary, one: str, other: str) -> str:
    """The lower of two grades, as the vocabulary writes it."""
    lower = max((one, other), key=vocabulary.place)
    return _written(vocabulary, lower)


def at_or_below(vocabulary: Vocabulary, written: str) -> tuple[str, ...]:
    """A grade and all that are worse (“基本称职及以下”), from the better to the worse."""
    place = vocabulary.place(written)
    words = sorted((word.word for word in vocabulary.words), key=vocabulary.place)
    return tuple(words[place:])


def graded(vocabulary: Vocabulary, score: Decimal | int | Fraction, *, chosen: bool = False) -> str | None:
    """The word that a score leads to; None where no band holds it.

    A word that is not automatic is given only to who is `chosen` (within the quota, by the body that grades);
    others get what the vocabulary says for them.
    """
    banded = {word.band: word for word in vocabulary.words if word.band is not None}
    band = band_of(score, tuple(banded))
    if band is None:
        return None
    word = banded[band]
    return word.word if word.automatic or chosen else word.otherwise


def counted_as(vocabulary: Vocabulary, written: str, other: str) -> str | None:
    """What a word counts as in another vocabulary; None where the rules do not say."""
    word, mapped = vocabulary.found(written), vocabulary.counts_as.get(other)
    return None if word is None or mapped is None else mapped.words.get(word.word)


def admission(vocabulary: Vocabulary, written: str, reason: str = "") -> Finding | None:
    """What stands against the use of a word, or None.  A closed list by its modality, a missing reason as a block."""
    if vocabulary.found(written) is not None:
        return None
    inputs = {"word": written, "words": [word.word for word in vocabulary.words]}
    if not vocabulary.open_list:
        message = f"“{vocabulary.label}”里没有“{written}”。"
        return Finding("word_not_in_list", severity_of(vocabulary.modality), message, vocabulary.clause, inputs=inputs)
    if vocabulary.reason and not reason.strip():
        message = f"“{written}”不在“{vocabulary.label}”所列之中，要写明理由。"
        return Finding("word_needs_reason", "block", message, vocabulary.clause, inputs=inputs)
    return None


def faults(vocabularies: Mapping[str, Vocabulary]) -> Iterator[Fault]:
    """Faults of all vocabularies of a pack; paths begin with a vocabulary's key."""
    for key, vocabulary in vocabularies.items():
        yield from part_faults(vocabulary, (key,))
        yield from _repeated(key, vocabulary)
        yield from _banded(key, vocabulary)
        yield from _otherwise(key, vocabulary)
        for other, mapped in vocabulary.counts_as.items():
            yield from _mapping((key, "counts_as", other), vocabulary, vocabularies.get(other), mapped, vocabularies)


def _written(vocabulary: Vocabulary, written: str) -> str:
    word = vocabulary.found(written)
    return written if word is None else word.word


def _repeated(key: str, vocabulary: Vocabulary) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, word in enumerate(vocabulary.words):
        for written in (word.word, *word.also):
            if written in seen:
                yield (key, "words", index), f"“{written}”写了两次。", "请只留一个。"
            seen.add(written)


def _banded(key: str, vocabulary: Vocabulary) -> Iterator[Fault]:
    banded = [(index, word.band) for index, word in enumerate(vocabulary.words) if word.band is not None]
    if not banded:
        return
    if vocabulary.order == "none":
        yield (key, "order"), "按分数定等次，却没有写次序。", "请写 order: best_first 或 worst_first。"
        return
    if len(banded) != len(vocabulary.words):
        yield (key, "words"), "有的等次写了 band，有的没有写。", "请给每个等次都写 band，或都不写。"
        return
    rising = banded[::-1] if vocabulary.order == "best_first" else banded
    for index, message, instead in band_faults([band for _, band in rising]):
        yield (key, "words", rising[index][0], "band"), message, instead


def _otherwise(key: str, vocabulary: Vocabulary) -> Iterator[Fault]:
    words = [word.word for word in vocabulary.words]
    for index, word in enumerate(vocabulary.words):
        place: Place = (key, "words", index, "otherwise")
        if not word.automatic and word.otherwise is None:
            yield place, f"“{word.word}”不是到分就给，却没写不给时是什么等次。", "请补上 otherwise: 等次。"
        elif word.automatic and word.otherwise is not None:
            yield place, f"“{word.word}”到分就给，otherwise 用不上。", "请写 automatic: false，或删去 otherwise。"
        elif word.otherwise is not None and (word.otherwise not in words or word.otherwise == word.word):
            others = [other for other in words if other != word.word]
            yield place, f"没有另一个叫“{word.otherwise}”的等次。", suggestion(word.otherwise, others)


def _mapping(
    path: Place,
    vocabulary: Vocabulary,
    other: Vocabulary | None,
    mapped: Mapped,
    vocabularies: Mapping[str, Vocabulary],
) -> Iterator[Fault]:
    if other is None:
        yield path, f"没有叫“{path[-1]}”的词表。", suggestion(str(path[-1]), vocabularies)
        return
    words, theirs = [word.word for word in vocabulary.words], [word.word for word in other.words]
    for word in words:
        if word not in mapped.words:
            yield (*path, "words"), f"没有写“{word}”对应什么。", "请给每个词都写上对应的词。"
    for word, target in mapped.words.items():
        if word not in words:
            yield (*path, "words", word), f"“{vocabulary.label}”里没有“{word}”。", suggestion(word, words)
        if target not in theirs:
            yield (*path, "words", word), f"“{other.label}”里没有“{target}”。", suggestion(target, theirs)

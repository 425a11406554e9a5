"""What is wrong with a pack, in words for the clerk who wrote it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

Place = tuple[str | int, ...]


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One fault: the file, its line (from 1), where in the rules, what is wrong, what to write instead."""

    file: str
    line: int
    where: str
    message: str
    instead: str

    def __str__(self) -> str:
        where = f"（{self.where}）" if self.where else ""
        return f"{self.file} 第 {self.line} 行{where}：{self.message}{self.instead}"


class PackError(ValueError):
    """A pack that cannot be used.  `problems` holds every fault found, by file and line; its text lists them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


def path_text(path: Place) -> str:
    """`presence › stationed_days › counts › 第 2 项`."""
    return " › ".join(f"第 {part + 1} 项" if isinstance(part, int) else str(part) for part in path)


LISTED = 20


def suggestion(written: str, allowed: Iterable[str]) -> str:
    """The closest of the allowed words, and all of them where they are few enough to read."""
    words = list(allowed)
    close = difflib.get_close_matches(written, words, n=3, cutoff=0.6)
    if len(words) > LISTED:
        return f"是不是 {'、'.join(close)}？" if close else "请到“制度”页查对。"
    if close:
        return f"是不是 {close[0]}？可用的有：{'、'.join(words)}。"
    return f"请改为其中之一：{'、'.join(words)}。"

"""The project's own Python files, read as syntax trees; `python -m tests.house.reading` prints their figures."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent.parent
PRODUCT = ("apps", "config", "devtools")
ALL = (*PRODUCT, "bench", "tests")

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One file: its path from the project's root, text and tree."""

    path: str
    text: str
    tree: ast.Module

    @property
    def lines(self) -> int:
        return self.text.count("\n")


@cache
def sources(folders: tuple[str, ...] = ALL, *, migrations: bool = False) -> tuple[Source, ...]:
    """Every Python file of these folders; migrations, which are written by a program, only when asked for."""
    found = []
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" in path.parts and not migrations:
                continue
            text = path.read_text(encoding="utf-8")
            found.append(Source(str(path.relative_to(ROOT)), text, ast.parse(text)))
    return tuple(found)


def functions(source: Source) -> Iterator[Function]:
    """Every function and method of a file, inner ones too."""
    for node in ast.walk(source.tree):
        if isinstance(node, Function):
            yield node


def length(function: Function) -> int:
    """Lines from `def` to the end, docstring included."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def classes(source: Source) -> Iterator[ast.ClassDef]:
    """Every class of a file."""
    return (node for node in ast.walk(source.tree) if isinstance(node, ast.ClassDef))


def figures() -> dict[str, float]:
    """What style.md counts, for the product's own folders."""
    files = sources(PRODUCT)
    lengths = [length(function) for source in files for function in functions(source)]
    return {
        "files": len(files),
        "file median": median(source.lines for source in files if source.lines),
        "file longest": max(source.lines for source in files),
        "functions": len(lengths),
        "function median": median(lengths),
        "function longest": max(lengths),
    }


if __name__ == "__main__":
    for name, value in figures().items():
        print(f"{name:18} {value:g}")

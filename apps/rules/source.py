"""YAML files to plain values that remember their lines.  No anchors, no tags, no key twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from apps.rules.catalogue import OWN
from apps.rules.problems import PackError, Place, Problem

LARGEST = 400_000
DEEPEST = 40  # parts inside parts; the deepest rule has a dozen


@dataclass
class Source:
    """The merged content of a pack's files; `lines` gives file and line of every path in it."""

    content: dict[str, Any] = field(default_factory=dict)
    lines: dict[Place, tuple[str, int]] = field(default_factory=dict)

    def place(self, path: Place) -> tuple[str, int]:
        """The file and line of a path, or of the nearest part around it that was written."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, ("pack.yaml", 1))

    def problem(self, path: Place, message: str, instead: str, *, where: str) -> Problem:
        return Problem(*self.place(path), where, message, instead)


def read_sources(folder: Path) -> Source:
    """All `*.yaml` of a folder as one mapping, but for the clauses it brings along.  PackError (Chinese) with every fault of form."""
    source, faults = Source(), list[Problem]()
    files = sorted(file for file in folder.glob("*.yaml") if file.name != OWN)
    if not any(file.name == "pack.yaml" for file in files):
        raise PackError(
            [Problem("pack.yaml", 1, "", f"文件夹 {folder.name} 里没有 pack.yaml。", "请写上代码、名称和适用行政区。")]
        )
    for file in files:
        try:
            _merge(source, file)
        except PackError as error:
            faults.extend(error.problems)
    if faults:
        raise PackError(faults)
    return source


def read_source(file: Path) -> Source:
    """One file as a mapping.  PackError (Chinese) with every fault of form."""
    source = Source()
    _merge(source, file)
    return source


def _merge(source: Source, file: Path) -> None:
    root = _compose(file)
    if not isinstance(root, yaml.MappingNode):
        raise _fault(file.name, 1, "文件应由“名称: 内容”组成。", "第一行可写 presence:、sheet: 或 ledger:。")
    faults = list[Problem]()
    reading = _Reading(file.name, source.lines, faults)
    for key, node in reading.pairs(root, ()):
        if key in source.content:
            faults.append(
                Problem(file.name, _line(node), str(key), "这一部分已在另一个文件里写过。", "请合并到一个文件。")
            )
            continue
        source.lines[(key,)] = (file.name, reading.key_line)
        source.content[key] = reading.value(node, (key,))
    if faults:
        raise PackError(faults)


def _compose(file: Path) -> yaml.Node:
    """The document's node tree; refuses what is too large, no UTF-8, no YAML, or uses anchors."""
    if file.stat().st_size > LARGEST:
        raise _fault(file.name, 1, "文件太大。", f"请分成几个不超过 {LARGEST // 1000} KB 的文件。")
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = file.read_bytes()[: error.start].count(b"\n") + 1
        raise _fault(file.name, line, "文件不是 UTF-8 编码。", "请用记事本“另存为”，编码选 UTF-8。") from error
    try:
        _walk(file, text)
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        instead = "请检查缩进（只用空格）、冒号后的空格和成对的括号、引号。"
        raise _fault(file.name, line, "YAML 写法有误，读到这里读不下去。", instead) from error
    except yaml.YAMLError as error:
        raise _fault(file.name, 1, "文件里有不能用的控制字符。", "请删去后重新保存。") from error
    if node is None:
        raise _fault(file.name, 1, "文件是空的。", "请写上内容或删去这个文件。")
    return node


def _walk(file: Path, text: str) -> None:
    """Refuses what must not be made into nodes: anchors, and parts nested deeper than any rule."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _fault(file.name, _line(event), "不能用 & 和 * 引用。", "请把内容再写一遍。")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise _fault(file.name, _line(event), "括号或缩进套得太深。", "请检查是不是漏了右括号。")


class _Reading:
    """Turns one file's nodes into values, noting lines and faults of form."""

    def __init__(self, file: str, lines: dict[Place, tuple[str, int]], faults: list[Problem]) -> None:
        self.file, self.lines, self.faults = file, lines, faults
        self.loader = yaml.SafeLoader("")
        self.key_line = 1

    def value(self, node: yaml.Node, path: Place) -> Any:
        if isinstance(node, yaml.MappingNode):
            found: dict[str, Any] = {}
            for key, child in self.pairs(node, path):
                self.lines[(*path, _part(key))] = (self.file, self.key_line)
                found[_part(key)] = self.value(child, (*path, _part(key)))
            return found
        if isinstance(node, yaml.SequenceNode):
            for index, child in enumerate(node.value):
                self.lines[(*path, index)] = (self.file, _line(child))
            return [self.value(child, (*path, index)) for index, child in enumerate(node.value)]
        return self.scalar(node)

    def pairs(self, node: yaml.MappingNode, path: Place) -> Iterator[tuple[Any, yaml.Node]]:
        """Keys with their nodes; a key that stands twice is a fault, the first one counts."""
        seen = set[Any]()
        for key_node, child in node.value:
            key = self.scalar(key_node) if isinstance(key_node, yaml.ScalarNode) else str(key_node.value)
            if key in seen:
                where = " › ".join(map(str, path))
                self.fault(key_node, f"“{key}”写了两次。", "请只留一个。", where)
                continue
            seen.add(key)
            self.key_line = _line(key_node)
            yield key, child

    def scalar(self, node: yaml.Node) -> Any:
        try:
            return self.loader.construct_object(node)
        except (ValueError, yaml.constructor.ConstructorError):
            self.fault(
                node, f"读不懂“{node.value}”。", "日期写成 2020-01-01 这样，且要真有这一天；文字两边可加引号。", ""
            )
            return node.value

    def fault(self, node: yaml.Node, message: str, instead: str, where: str) -> None:
        self.faults.append(Problem(self.file, _line(node), where, message, instead))


def _part(key: Any) -> str:
    """A key as pydantic names it in an error's place."""
    return key.isoformat() if hasattr(key, "isoformat") else str(key)


def _line(read: yaml.Node | yaml.Event) -> int:
    return read.start_mark.line + 1 if read.start_mark else 1


def _fault(file: str, line: int, message: str, instead: str) -> PackError:
    return PackError([Problem(file, line, "", message, instead)])

"""YAML as plain values with the line of every node.

Built from the parser's events, so that nothing is constructed that was not asked for: no aliases (bombs),
no tags (objects), bounded depth and size. Plain scalars follow YAML 1.2: `no` and `on` are words, dates
stay text.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from app.services.files.opening.limits import YAML_BYTES, YAML_DEPTH, YAML_NODES, Unreadable
from app.services.files.opening.plain_text import decoded
from quizzes.importers import Tree
from quizzes.problems import Path
from quizzes.refusals import N_

WORDS: dict[str, Any] = {"": None, "~": None, "null": None, "Null": None, "NULL": None}
WORDS |= {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,17})")
DECIMAL = re.compile(r"-?[0-9]{1,18}\.[0-9]{1,18}([eE][-+][0-9]{1,2})?")


def read_tree(data: bytes) -> Tree:
    """The one document of a YAML (or JSON) file, or Unreadable with the line."""
    if len(data) > YAML_BYTES:
        raise Unreadable("file_too_big", N_("Tệp quá lớn (nhiều nhất %(most)s MB)."), most=YAML_BYTES // 2**20)
    builder = _Builder()
    try:
        for event in yaml.parse(decoded(data), Loader=yaml.CSafeLoader):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        sentence = N_("Tệp YAML viết sai ở dòng này: %(detail)s")
        raise Unreadable("yaml_syntax", sentence, mark.line + 1 if mark else 1, detail=error.problem or "") from None
    except yaml.YAMLError:
        raise Unreadable("yaml_syntax", N_("Tệp YAML có ký tự không đọc được.")) from None
    return Tree(builder.value, builder.lines)


class _Builder:
    """Takes events one by one; `stack` holds the open lists and maps, so nesting costs no recursion."""

    def __init__(self) -> None:
        self.value: Any = None
        self.lines: dict[Path, int] = {}
        self.stack: list[tuple[Any, Path]] = []
        self.keys: list[str | None] = []
        self.documents = 0

    def take(self, event: Any) -> None:
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise Unreadable("yaml_alias", N_("Không dùng được & và * (tham chiếu) trong tệp."), line)
        if getattr(event, "tag", None) not in (None, "!"):
            raise Unreadable("yaml_tag", N_("Không dùng được thẻ kiểu ! trong tệp."), line)
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise Unreadable("yaml_documents", N_("Mỗi tệp chỉ chứa một tài liệu YAML."), line)
        elif isinstance(event, yaml.ScalarEvent):
            self._scalar(event, line)
        elif isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
            self._open([] if isinstance(event, yaml.SequenceStartEvent) else {}, line)
        elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            self.stack.pop()
            self.keys.pop()

    def _open(self, container: Any, line: int) -> None:
        if len(self.stack) >= YAML_DEPTH:
            raise Unreadable("yaml_depth", N_("Tệp lồng quá nhiều tầng."), line)
        path = self._put(container, line)
        self.stack.append((container, path))
        self.keys.append(None)

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        if self.stack and isinstance(self.stack[-1][0], dict) and self.keys[-1] is None:
            if event.value in self.stack[-1][0]:
                raise Unreadable("yaml_twice", N_("Mục “%(name)s” viết hai lần."), line, name=event.value[:60])
            self.keys[-1] = event.value
        else:
            self._put(_plain(event.value) if event.implicit[0] and not event.style else event.value, line)

    def _put(self, value: Any, line: int) -> Path:
        """Put a value where the document stands; its path."""
        if len(self.lines) >= YAML_NODES:
            raise Unreadable("yaml_size", N_("Tệp có quá nhiều mục."), line)
        path: Path = ()
        if not self.stack:
            self.value = value
        else:
            container, above = self.stack[-1]
            if isinstance(container, list):
                path = (*above, len(container))
                container.append(value)
            else:
                key = self.keys[-1]
                if key is None:
                    raise Unreadable("yaml_key", N_("Tên mục phải là chữ."), line)
                path = (*above, key)
                container[key] = value
                self.keys[-1] = None
        self.lines[path] = line
        return path


def _plain(text: str) -> Any:
    """The value of an unquoted word."""
    if text in WORDS:
        return WORDS[text]
    if WHOLE.fullmatch(text):
        return int(text)
    return float(text) if DECIMAL.fullmatch(text) else text


def write_tree(tree: Any) -> str:
    """YAML that people can edit and `read_tree` reads back the same."""
    written = yaml.dump(tree, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)
    return str(written)


class _Dumper(yaml.SafeDumper):
    """Without anchors: an object that stands twice is written twice."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

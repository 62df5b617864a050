"""Reading a template's TOML files, with the line number of every table and key for messages.

Files are untrusted input: their size, depth and numbers are bounded before anything is built from them.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ftroi.atomic import read_plain
from ftroi.errors import UNWRITABLE, Finding, TemplateError
from ftroi.termsheet.schema import ExamplesTable, ExampleTable, Table

_Model = TypeVar("_Model", bound=Table)
_HEADER = re.compile(r"^\s*\[\[?\s*([^\]\s]+)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*([A-Za-z0-9_\"-]+)\s*=")

MOST_BYTES = 1_000_000
"""The largest file that is read, far above any term sheet."""

_MOST_LINES, _LONGEST_LINE, _LARGEST = 20_000, 4_000, 1e300
"""Bounds that keep the parser's memory small: a long dotted key would become a nested table for each of its parts."""


@dataclass(frozen=True)
class TomlFile:
    """One parsed file: its name within the template, its tables, and the line numbers of tables and keys."""

    name: str
    tables: dict[str, Any]
    places: dict[str, int]

    def where(self, table: str, key: str = "") -> str:
        """The place of a table or key for a message, "file:line: [table]"."""
        line = self.places.get(f"{table}.{key}") or self.places.get(table)
        place = f"{self.name}:{line}" if line else self.name
        return f"{place}: [{table}]" if table else place

    def model(self, kind: type[_Model], table: str, value: object, findings: list[Finding]) -> _Model | None:
        """Validate one table; returns None, and adds to the findings, if it is invalid."""
        try:
            return kind.model_validate(value)
        except ValidationError as error:
            findings.extend(self._finding(table, one) for one in error.errors())
            return None

    def _finding(self, table: str, error: ErrorDetails) -> Finding:
        steps = [str(step) for step in error["loc"] if not str(step).endswith(("Table", "]"))]
        key = ".".join(steps)
        where = self._place(table, steps)
        if error["type"] == "extra_forbidden":
            return Finding(where, f"unknown key '{key}'", "remove it, or see the file's JSON Schema")
        if error["type"] == "missing":
            return Finding(where, f"'{key}' is missing", "add it")
        return Finding(where, f"'{key}': {error['msg'].removeprefix('Value error, ')}", "correct it")

    def _place(self, table: str, steps: list[str]) -> str:
        return self.where(table, steps[0] if steps else "") if table or not steps else self.place(steps)

    def place(self, steps: list[str]) -> str:
        """The place, "file:line", of a key in a file that is one table; ``steps`` is the path of keys to it."""
        paths = (".".join(steps[:depth]) for depth in range(len(steps), 0, -1))
        line = next((self.places[path] for path in (*paths, f".{steps[0]}") if path in self.places), None)
        return f"{self.name}:{line}" if line else self.name


def read_toml(folder: Path, name: str) -> TomlFile:
    """Read one file of a template.

    Raises TemplateError if it is missing, too large, or not valid TOML.
    """
    try:
        text = read_plain(folder / name, MOST_BYTES).decode("utf-8")
        if what := _too_deep(text):
            raise TemplateError(Finding(name, what, "split it"))
        return TomlFile(name, _checked_value(tomllib.loads(text)), dict(_line_numbers(text)))
    except OSError as error:
        cure = "check the template's folder"
        raise TemplateError(Finding(name, f"cannot be read ({error.strerror})", cure)) from None
    except UnicodeDecodeError:
        raise TemplateError(Finding(name, "is not UTF-8 text", "save it as UTF-8")) from None
    except RecursionError:
        raise TemplateError(Finding(name, "is nested too deep", "write tables of their own")) from None
    except ValueError as error:  # also that of a number of thousands of digits
        raise TemplateError(Finding(name, f"is not valid TOML: {error}", "correct it there")) from None


def _too_deep(text: str) -> str:
    """What would exhaust the memory before the parser ends; "" for an ordinary file."""
    if text.count("\n") > _MOST_LINES:
        return f"has more than {_MOST_LINES:,} lines"
    longest = max(map(len, text.split("\n")))
    return f"has a line of {longest:,} characters" if longest > _LONGEST_LINE else ""


def _checked_value(value: Any) -> Any:  # noqa: ANN401 - whatever TOML holds
    """The value unchanged; raises ValueError for a number that is not finite, or a text that no cell can hold."""
    if isinstance(value, dict):
        return {_checked_value(key): _checked_value(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_checked_value(one) for one in value]
    if isinstance(value, str) and (odd := UNWRITABLE.search(value)):
        raise ValueError(f"a text holds the sign U+{ord(odd[0]):04X}, which no workbook can hold")
    if isinstance(value, int | float) and not isinstance(value, bool) and not abs(value) <= _LARGEST:
        raise ValueError(f"a number is not between -{_LARGEST:g} and {_LARGEST:g}")
    return value


def _line_numbers(text: str) -> Iterator[tuple[str, int]]:
    """The line number of each table, and of each key as "table.key"; a list's tables are "list.0", "list.1", ..."""
    table = ""
    counts: Counter[str] = Counter()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            table = header[1].replace('"', "")
            if line.lstrip().startswith("[["):
                counts[table] += 1
                table = f"{table}.{counts[table] - 1}"
            yield table, number
        elif key := _KEY.match(line):
            yield f"{table}.{key[1]}", number


def read_examples(folder: Path) -> tuple[ExampleTable, ...]:
    """Read the worked examples of a template.

    Raises TemplateError with every finding.
    """
    findings: list[Finding] = []
    found: list[ExampleTable] = []
    for path in sorted((folder / "examples").glob("*.toml")):
        file = read_toml(folder, f"examples/{path.name}")
        examples = file.model(ExamplesTable, "", file.tables, findings)
        found.extend(() if examples is None else examples.example)
    if findings:
        raise TemplateError(*findings)
    return tuple(found)

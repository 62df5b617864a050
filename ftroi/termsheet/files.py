"""Reading a template's TOML files, with the place of every table for messages."""

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

from ftroi.errors import Finding, TemplateError
from ftroi.termsheet.schema import ExamplesTable, ExampleTable, Table

_Model = TypeVar("_Model", bound=Table)
_HEADER = re.compile(r"^\s*\[\[?\s*([^\]\s]+)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*([A-Za-z0-9_\"-]+)\s*=")

MOST_BYTES = 4_000_000
"""A larger file is no term sheet."""


@dataclass(frozen=True)
class TomlFile:
    """One file: its name within the template, its tables, and where each stands."""

    name: str
    tables: dict[str, Any]
    places: dict[str, int]

    def where(self, table: str, key: str = "") -> str:
        """Give "file:line: [table]" for a message."""
        line = self.places.get(f"{table}.{key}") or self.places.get(table)
        place = f"{self.name}:{line}" if line else self.name
        return f"{place}: [{table}]" if table else place

    def model(self, kind: type[_Model], table: str, value: object, findings: list[Finding]) -> _Model | None:
        """Read one table into its model; what is wrong is added to the findings."""
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
        """The place of a key in a file that is one table: that of the deepest part of it that has a line."""
        paths = (".".join(steps[:depth]) for depth in range(len(steps), 0, -1))
        line = next((self.places[path] for path in (*paths, f".{steps[0]}") if path in self.places), None)
        return f"{self.name}:{line}" if line else self.name


def read_toml(folder: Path, name: str) -> TomlFile:
    """Read one file of a template.

    Raises TemplateError where it is missing, too large or no TOML.
    """
    path = folder / name
    try:
        if path.stat().st_size > MOST_BYTES:
            raise TemplateError(Finding(name, "the file is too large for a term sheet", "split it"))
        text = path.read_text(encoding="utf-8")
        return TomlFile(name, tomllib.loads(text), dict(_places(text)))
    except OSError as error:
        cure = "check the template's folder"
        raise TemplateError(Finding(name, f"cannot be read ({error.strerror})", cure)) from None
    except UnicodeDecodeError:
        raise TemplateError(Finding(name, "is not UTF-8 text", "save it as UTF-8")) from None
    except tomllib.TOMLDecodeError as error:
        raise TemplateError(Finding(name, f"is not valid TOML: {error}", "correct it there")) from None


def _places(text: str) -> Iterator[tuple[str, int]]:
    """The line number of each table, and of each key as "table.key"; of a list's tables as "list.0", "list.1", ..."""
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

"""The registry's examples, taken apart as a spreadsheet program would."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from ftroi.functions.arguments import Rows
from ftroi.functions.registry import Function
from ftroi.functions.risk_answers import RISK
from ftroi.resources import templates_folder
from ftroi.workbook.schema import AS_OF, GATES, INPUTS

PENDING = {name for name, answer in RISK.items() if answer.__name__ == "_not_yet"}
"""The functions that keep their place, and say that they are not in this version."""


def taken_apart(function: Function, named: Mapping[str, Rows]) -> list[Any]:
    """The arguments of a function's example, with the named ranges' values; what it calls must be the function."""
    tree = ast.parse(function.example.removeprefix("="), mode="eval").body
    assert isinstance(tree, ast.Call)
    assert isinstance(tree.func, ast.Name)
    assert tree.func.id == function.name
    return [named[one.id] if isinstance(one, ast.Name) else ast.literal_eval(one) for one in tree.args]


def ranges_in(path: Path) -> dict[str, Rows]:
    """The named ranges of a workbook, with the values that it was saved with."""
    book = load_workbook(path, data_only=True)
    found = {}
    for name in (INPUTS, GATES, AS_OF):
        ((sheet, area),) = book.defined_names[name].destinations
        cells = book[sheet][area]
        rows = cells if isinstance(cells, tuple) else ((cells,),)
        found[name] = tuple(tuple(cell.value for cell in row) for row in rows)
    return found


@cache
def shipped() -> dict[str, Rows]:
    """The named ranges of templates/fine_tuning.xlsx."""
    return ranges_in(templates_folder() / "fine_tuning.xlsx")

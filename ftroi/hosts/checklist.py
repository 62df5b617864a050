"""A workbook for checking the functions in a spreadsheet program: each call with its result and the expected value.

It is the workbook of a ready-made plan, so that it has ``FT_Inputs`` and the other named ranges. Each function is
called as in its example in the registry, once with the inputs and once without.
"""

from __future__ import annotations

import ast
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ftroi.functions.arguments import Rows
from ftroi.functions.call import call
from ftroi.functions.registry import FUNCTIONS
from ftroi.plan import Plan
from ftroi.workbook.schema import AS_OF, GATES, INPUTS, RISK_FIGURES
from ftroi.workbook.sheets.checklist import Call, checklist_writer
from ftroi.workbook.write import write_workbook
from ftroi.workbook.xlsx.macros import Macros
from ftroi.workbook.xlsx.package_parts import Parts, open_parts

_LAST_INPUTS = re.compile(rf"(, )?{INPUTS}\)$")


def write_checklist(plan: Plan, path: Path, spelling: str, macros: Macros | None = None) -> None:
    """Write a plan's workbook with the checklist; ``spelling`` and ``macros`` as for ``write_workbook``.

    A file at ``path`` is overwritten. Raises what ``write_workbook`` raises.
    """
    beside = checklist_writer(plan, list(calls(_ranges(plan))), spelling)
    write_workbook(plan, path, beside=beside, spelling=spelling, macros=macros)


def calls(named: Mapping[str, Rows]) -> Iterator[Call]:
    """All calls with their expected answers, computed from the values of the workbook's named ranges."""
    book = _Named(named)
    for function in FUNCTIONS.values():
        formula = function.example.removeprefix("=")
        expected = call(function.name, _arguments(formula, named), book)
        for variant in dict.fromkeys((formula, _LAST_INPUTS.sub(")", formula))):
            yield Call(function.name, function.help, variant, expected)


def _arguments(formula: str, named: Mapping[str, Rows]) -> list[object]:
    """The arguments of a formula, parsed as a Python call; names are those of ranges."""
    tree = ast.parse(formula, mode="eval").body
    arguments = tree.args if isinstance(tree, ast.Call) else []
    return [
        named[argument.id] if isinstance(argument, ast.Name) else ast.literal_eval(argument) for argument in arguments
    ]


@dataclass(frozen=True)
class _Named:
    """The workbook of the calling cell, as its named ranges."""

    ranges: Mapping[str, Rows]
    days_offset: int = 0

    def range_named(self, name: str) -> Rows | None:
        """The values of a named range; None where the workbook has no such name."""
        return self.ranges.get(name)


def _ranges(plan: Plan) -> dict[str, Rows]:
    """The values of the named ranges of a plan's workbook, as a spreadsheet program passes them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.xlsx"
        write_workbook(plan, path)
        with open_parts(path) as parts:
            return {name: rows for name in (INPUTS, GATES, AS_OF, RISK_FIGURES) if (rows := _rows(parts, name))}


def _rows(parts: Parts, name: str) -> Rows:
    area = parts.area_named(name)
    return () if area is None else tuple(tuple(cell.value for cell in row) for row in parts.cells(area))

"""The values that a spreadsheet program holds in a workbook's named ranges, and edits of them."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import load_workbook

from ftroi.errors import FtroiError
from ftroi.functions.arguments import Rows, Scalar
from ftroi.functions.session import cells_in
from ftroi.plan import Plan
from ftroi.plan.resolve import in_force
from ftroi.workbook.schema import AS_OF, GATES, INPUTS
from ftroi.workbook.write import write_workbook
from tests.support.edited import small_plan
from tests.support.parity_gates import with_gates


@cache
def plan() -> Plan:
    """A plan of four options with gates that were filled in."""
    return with_gates(small_plan(), seed=7)


@cache
def ranges() -> dict[str, Rows]:
    """The values in the plan's workbook by the names of their ranges."""
    return ranges_of(plan())


def ranges_of(wanted: Plan) -> dict[str, Rows]:
    """Write a plan's workbook, and give its values by the names of their ranges."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "plan.xlsx"
        write_workbook(wanted, path)
        book = load_workbook(BytesIO(path.read_bytes()), data_only=True)
    found = {}
    for name in (INPUTS, GATES, AS_OF):
        sheet, area = book.defined_names[name].attr_text.split("!")
        cells = book[sheet.strip("'")][area.replace("$", "")]
        rows = cells if isinstance(cells, tuple) else ((cells,),)
        found[name] = tuple(tuple(cell.value for cell in row) for row in rows)
    return found


def inputs() -> Rows:
    """The values of FT_Inputs."""
    return ranges()[INPUTS]


class Workbook:
    """A workbook of some named ranges; its days count from 1900."""

    days_offset = 0

    def __init__(self, **named: Rows) -> None:
        self._named = named or ranges()

    def range_named(self, name: str) -> Rows | None:
        return self._named.get(name)


def place(rows: Rows, key: Scalar, header: str) -> tuple[int, int]:
    """The row and column of a cell of FT_Inputs, by its row's first cell and its block's header."""
    headers: tuple[Scalar, ...] = ()
    for number, row in enumerate(rows):
        if row[0] in ("setting", "name", "own cost"):
            headers = row
        if row[0] == key:
            return number, headers.index(header)
    raise KeyError(key)


def edited(rows: Rows, key: Scalar, header: str, value: Scalar) -> Rows:
    """FT_Inputs with another value in one cell, and live cells as the spreadsheet then computes them."""
    return recalculated(typed(rows, key, header, value))


def typed(rows: Rows, key: Scalar, header: str, value: Scalar) -> Rows:
    """FT_Inputs with another value in one cell, and all others as they were."""
    row, column = place(rows, key, header)
    line = (*rows[row][:column], value, *rows[row][column + 1 :])
    return (*rows[:row], line, *rows[row + 1 :])


def recalculated(rows: Rows) -> Rows:
    """FT_Inputs with the live cells that belong to it; as it is where no plan can be read in it."""
    try:
        read = cells_in({INPUTS: rows}).plan
    except FtroiError:
        return rows
    first = place(rows, "name", "live")[0]
    column = rows[first].index("live")
    return tuple(
        (*row[:column], live(read, str(row[0])), *row[column + 1 :]) if row[0] in read.entries else row for row in rows
    )


def live(of: Plan, name: str) -> float:
    """What the live cell of an assumption shows."""
    return in_force(of, name, of.settings.option, of.settings.case)

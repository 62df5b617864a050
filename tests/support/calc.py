"""LibreOffice Calc with the extension of the FT_ functions, as a person has installed it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ftroi.functions.question import Answer
from ftroi.functions.registry import FUNCTIONS
from ftroi.hosts.office import extension_parts
from tests.support.office import ALWAYS_RECALCULATE, Document, Office

EVERYTHING = 0x1F
"""What is cleared of cells: values, dates, texts, comments and formulas."""

PROBE = "Probe"
"""The sheet that formulas are typed into; documents get it when it is first wanted."""


@contextmanager
def calc(
    folder: Path,
    parts: Mapping[str, bytes] | None = None,
    settings: str = ALWAYS_RECALCULATE,
    variables: Mapping[str, str] | None = None,
) -> Iterator[Office]:
    """LibreOffice with the extension, or with other parts of it; ftroi's logs and register stand in `folder`."""
    unpack(folder / "bundled" / "ftroi", extension_parts() if parts is None else parts)
    running = Office(folder / "bundled", {"FTROI_HOME": str(folder / "home"), **(variables or {})}, settings)
    try:
        yield running
    finally:
        running.close()


def unpack(folder: Path, parts: Mapping[str, bytes]) -> None:
    """Write an extension's files into a folder."""
    for name, content in parts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def probe(document: Document) -> Any:
    """The sheet for formulas, made if need be behind all others."""
    sheets = document.Sheets
    if not sheets.hasByName(PROBE):
        sheets.insertNewByName(PROBE, sheets.Count)
    return sheets.getByName(PROBE)


def asked(document: Document, formula: str, place: str = "A1") -> float | str:
    """Type a formula into a cell and give what the cell shows: a number, or a text (also that of an error)."""
    cell = probe(document).getCellRangeByName(place)
    cell.Formula = formula
    return shown(cell)


def column(document: Document, formulas: Sequence[str]) -> Any:
    """Type formulas below each other into the probe, in one stroke; give their cells."""
    area = probe(document).getCellRangeByPosition(0, 0, 0, len(formulas) - 1)
    area.setFormulaArray(tuple((formula,) for formula in formulas))
    return area


def results(area: Any) -> list[float | str]:
    """What a column of cells shows."""
    return [shown(area.getCellByPosition(0, row)) if one is None else one for row, (one,) in enumerate(area.DataArray)]


def shown(cell: Any) -> float | str:
    """A cell's number, or its text where it is none or an error."""
    (value,) = cell.getDataArray()[0]
    return str(cell.String) if value is None else value


def filled(document: Document, formula: str, rows: int, columns: int) -> Answer:
    """Enter an array formula in a range of the probe, and give the table; all around it has to be blank."""
    area = probe(document).getCellRangeByPosition(0, 0, columns - 1, rows - 1)
    area.setArrayFormula(formula)
    found = area.getDataArray()
    area.clearContents(EVERYTHING)
    return cut_out(found)


def cut_out(found: Any) -> Answer:
    """The table in a range: its headers and its first column have no blanks, and there are none around it."""
    width, height = (sum(one != "" for one in line) for line in (found[0], [row[0] for row in found]))
    around = (*(row[width:] for row in found), *found[height:])
    assert {one for row in around for one in row} <= {""}
    return tuple(row[:width] for row in found[:height])


def formula_of(function: str, arguments: Sequence[Any]) -> str:
    """The text of a call as a person types it; None is an argument left out, `Ranged` a range or a name."""
    texts = [literal(one) for one in arguments]
    while texts and not texts[-1]:
        texts.pop()
    assert len(arguments) <= len(FUNCTIONS[function].arguments)
    return f"={function}({';'.join(texts)})"


class Name(str):
    """A name or an address, which is typed without quotation marks."""

    __slots__ = ()


def literal(value: Any) -> str:
    """An argument as it is typed."""
    if value is None:
        return ""
    if isinstance(value, Name):
        return str(value)
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    return repr(value)

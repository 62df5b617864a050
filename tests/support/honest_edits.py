"""What an honest person does to a workbook in a spreadsheet, and what sheet, engine and functions then say.

An edit is a list of steps, each a word and what it is done to; `tests/honest/edits.toml` holds them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ftroi.errors import FtroiError
from ftroi.functions.call import ERROR, call
from ftroi.plan import calculate
from ftroi.workbook.layout.workbook import ASSUMPTIONS
from ftroi.workbook.reading.file import read_workbook
from ftroi.workbook.schema import CHECKS_FAILED, INPUTS
from ftroi.workbook.sheets.registry import layout_of
from tests.support.edited import fine_tuning_by_id, small_plan
from tests.support.office import Document, Office, star

LIST = Path(__file__).parents[1] / "honest" / "edits.toml"
SAME, TOLD = "same", "told"


@dataclass(frozen=True)
class Edit:
    """One edit: its steps, and what each of the three has to say: "same" as the others, or that it is "told"."""

    name: str
    kind: str
    steps: tuple[tuple[Any, ...], ...]
    engine: str
    functions: str
    sheet: str
    says: str


@dataclass(frozen=True)
class Answers:
    """The TCO of the option shown as each of the three has it (None where it is told), and what was told."""

    figures: Mapping[str, float | None]
    words: str


def edits() -> list[Edit]:
    """The edits of the list, in its order."""
    table = tomllib.loads(LIST.read_text(encoding="utf-8"))
    return [
        Edit(
            one["name"], one["kind"], tuple(map(tuple, one["do"])), one.get("engine", SAME),
            one.get("functions", SAME), one.get("sheet", SAME), one.get("says", ""),
        )
        for one in table["edit"]
    ]  # fmt: skip


# --- doing it ----------------------------------------------------------------------------------------------


def do(document: Document, steps: tuple[tuple[Any, ...], ...]) -> None:
    """Do the steps one after the other, as at a keyboard."""
    for word, *given in steps:
        STEPS[word](document, *given)


def _sheet(document: Document, name: str = ASSUMPTIONS) -> Any:
    return document.Sheets.getByName(name)


def _cell(document: Document, key: str, header: str) -> Any:
    at = layout_of(small_plan()).assumptions
    if header == "value":
        return _sheet(document).getCellByPosition(at.setting_column, at.settings[key])
    return _sheet(document).getCellByPosition(_columns()[header], at.rows[key])


def _columns() -> Mapping[str, int]:
    return {"name": 0, **layout_of(small_plan()).assumptions.columns}


def _put(cell: Any, content: Any) -> None:
    if isinstance(content, str) and content.startswith("="):
        cell.Formula = content
    elif isinstance(content, str):
        cell.String = content
    else:
        cell.Value = float(content)


def _type(document: Document, key: str, header: str, content: Any) -> None:
    _put(_cell(document, key, header), content)


def _clear(document: Document, key: str, header: str) -> None:
    _cell(document, key, header).String = ""


def _swap(document: Document, one: str, other: str) -> None:
    first, second = _cell(document, one, "name"), _cell(document, other, "name")
    first.String, second.String = second.String, first.String


def _header(document: Document, header: str, content: str) -> None:
    at = layout_of(small_plan()).assumptions
    _sheet(document).getCellByPosition(_columns()[header], at.header).String = content


def _insert_row(document: Document, key: str) -> None:
    _sheet(document).Rows.insertByIndex(layout_of(small_plan()).assumptions.rows[key], 1)


def _insert_column(document: Document, sheet: str, column: int) -> None:
    _sheet(document, sheet).Columns.insertByIndex(column, 1)


def _delete_row(document: Document, key: str) -> None:
    _sheet(document).Rows.removeByIndex(layout_of(small_plan()).assumptions.rows[key], 1)


def _own_cost(document: Document, slot: int, header: str, content: Any) -> None:
    at = layout_of(small_plan()).assumptions
    column = 0 if header == "number" else at.own_columns[header]
    _put(_sheet(document).getCellByPosition(column, at.own_costs[slot - 1]), content)


def _point(document: Document, name: str, address: str) -> None:
    document.NamedRanges.getByName(name).setContent(f"${ASSUMPTIONS}.{address}")


def _forget(document: Document, name: str) -> None:
    document.NamedRanges.removeByName(name)


def _rename(document: Document, sheet: str, to: str) -> None:
    _sheet(document, sheet).Name = to


def _copy(document: Document, sheet: str, to: str) -> None:
    document.Sheets.copyByName(sheet, to, document.Sheets.Count)


def _new_sheet(document: Document, name: str) -> None:
    document.Sheets.insertNewByName(name, document.Sheets.Count)
    _sheet(document, name).getCellByPosition(0, 0).Formula = f"={ASSUMPTIONS}.A1"


def _type_over(document: Document, option: str, name: str, content: Any) -> None:
    """Type over a cell of an option's sheet that has a name."""
    sheet = _sheet(document, layout_of(small_plan()).sheets[option])
    _put(sheet.NamedRanges.getByName(name).getReferredCells().getCellByPosition(0, 0), content)


def _choose(document: Document, name: str, content: str) -> None:
    document.NamedRanges.getByName(name).getReferredCells().getCellByPosition(0, 0).String = content


def _replace_all(document: Document, old: str, new: str) -> None:
    sheet = _sheet(document)
    wanted = sheet.createReplaceDescriptor()
    wanted.SearchString, wanted.ReplaceString = old, new
    sheet.replaceAll(wanted)


def _colour(document: Document, key: str, header: str) -> None:
    _cell(document, key, header).CellBackColor = 0xFFFF00


def _hide(document: Document, key: str) -> None:
    at = layout_of(small_plan()).assumptions
    _sheet(document).Rows.getByIndex(at.rows[key]).IsVisible = False


def _merge(document: Document, one: str, other: str) -> None:
    at = layout_of(small_plan()).assumptions
    first, last = sorted((at.rows[one], at.rows[other]))
    _sheet(document).getCellRangeByPosition(at.columns["base"], first, at.columns["base"], last).merge(True)  # noqa: FBT003 - UNO's


STEPS: dict[str, Callable[..., None]] = {
    "type": _type, "clear": _clear, "swap keys": _swap, "header": _header, "insert row": _insert_row,
    "insert column": _insert_column, "delete row": _delete_row, "own cost": _own_cost, "point name": _point,
    "delete name": _forget, "rename sheet": _rename, "copy sheet": _copy, "new sheet": _new_sheet,
    "type over": _type_over, "choose": _choose, "replace all": _replace_all, "colour": _colour, "hide row": _hide,
    "merge": _merge,
}  # fmt: skip


# --- asking the three --------------------------------------------------------------------------------------


def ask(office: Office, document: Document, saved: Path) -> Answers:
    """Ask sheet, functions and engine for the TCO of the option shown; the document is saved for the engine."""
    office.recalculate(document)
    told: list[str] = []
    figures = {"sheet": _of_sheet(document, told), "functions": _of_functions(document, told)}
    office.save(document, saved)
    figures["engine"] = _of_engine(saved, told)
    return Answers(figures, "\n".join(told))


def _of_sheet(document: Document, told: list[str]) -> float | None:
    """The figure of the option's own sheet; None where a check fails, or no figure is there."""
    try:
        failed = document.NamedRanges.getByName(CHECKS_FAILED).getReferredCells().getCellByPosition(0, 0)
        shown = document.NamedRanges.getByName("FT_Option").getReferredCells().getCellByPosition(0, 0).String
        sheet = _sheet(document, layout_of(small_plan()).sheets[shown])
        cell = sheet.NamedRanges.getByName("tco").getReferredCells().getCellByPosition(0, 0)
    except (star("container.NoSuchElementException"), KeyError, AttributeError):
        told.append("sheet: a name or a sheet is gone")
        return None
    if failed.getError() or failed.Value or cell.getError():
        told.append(f"sheet: {failed.String} checks failed")
        return None
    return float(cell.Value)


def _of_functions(document: Document, told: list[str]) -> float | None:
    try:
        rows = document.NamedRanges.getByName(INPUTS).getReferredCells().getDataArray()
    except (star("container.NoSuchElementException"), AttributeError):
        told.append("functions: FT_Inputs is gone")
        return None
    found = call("FT_TCO", [rows])
    if isinstance(found, float):
        return found
    told.append(f"functions: {found}")
    assert str(found).startswith(ERROR)
    return None


def _of_engine(saved: Path, told: list[str]) -> float | None:
    """The engine's figure from the saved file; None where it is refused, or a warning tells of something."""
    try:
        reading = read_workbook(saved, fine_tuning_by_id)
        figure = calculate(reading.plan).number("tco", reading.plan.settings.option)
    except FtroiError as error:
        told.append(f"engine: {error}")
        return None
    told.extend(f"engine: {warning}" for warning in reading.warnings)
    return None if reading.warnings else figure

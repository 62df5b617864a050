"""The steps of honest edits, each done to an open workbook as at a keyboard: what `tests/honest/edits.toml` names."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from typing import Any

from ftroi.workbook.layout.workbook import ASSUMPTIONS
from ftroi.workbook.schema import GATE_HEADERS, GATES
from ftroi.workbook.sheets.registry import layout_of
from tests.support.edited import small_plan
from tests.support.office import Document, property_values, struct, used_area

VALUES, FORMULAS = 1 | 2 | 4, 16  # com.sun.star.sheet.CellFlags: numbers, dates and texts; formulas


def do(document: Document, steps: tuple[tuple[Any, ...], ...]) -> None:
    """Do the steps one after the other, as at a keyboard."""
    for word, *given in steps:
        STEPS[word](document, *given)


def sheet_of(document: Document, name: str = ASSUMPTIONS) -> Any:
    return document.Sheets.getByName(layout_of(small_plan()).sheets.get(name, name))


def cells_named(owner: Any, name: str) -> Any:
    """The cells of a name, of the document or of a sheet."""
    return owner.NamedRanges.getByName(name).getReferredCells()


def _cell(document: Document, key: str, header: str) -> Any:
    at = layout_of(small_plan()).assumptions
    if header == "value":
        return sheet_of(document).getCellByPosition(at.setting_column, at.settings[key])
    return sheet_of(document).getCellByPosition(_columns()[header], at.rows[key])


def _columns() -> Mapping[str, int]:
    return {"name": 0, **layout_of(small_plan()).assumptions.columns}


def _placed(text: str) -> str:
    """A formula or an address with the row of each {key} in it; {first} and {last} are those of FT_Inputs."""
    at = layout_of(small_plan()).assumptions
    rows = {"first": at.settings_header, "last": at.last_row, **at.settings, **at.rows}
    return re.sub(r"\{(\w+)\}", lambda match: str(rows[match[1]] + 1), text)


def _put(cell: Any, content: Any) -> None:
    if isinstance(content, str) and content.startswith("="):
        cell.Formula = _placed(content)
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
    sheet_of(document).getCellByPosition(_columns()[header], at.header).String = content


def _insert_row(document: Document, key: str) -> None:
    sheet_of(document).Rows.insertByIndex(layout_of(small_plan()).assumptions.rows[key], 1)


def _insert_column(document: Document, sheet: str, column: int) -> None:
    sheet_of(document, sheet).Columns.insertByIndex(column, 1)


def _delete_row(document: Document, key: str) -> None:
    sheet_of(document).Rows.removeByIndex(layout_of(small_plan()).assumptions.rows[key], 1)


def _own_cost(document: Document, slot: int, header: str, content: Any) -> None:
    at = layout_of(small_plan()).assumptions
    column = 0 if header == "number" else at.own_columns[header]
    _put(sheet_of(document).getCellByPosition(column, at.own_costs[slot - 1]), content)


def _point(document: Document, name: str, address: str) -> None:
    document.NamedRanges.getByName(name).setContent(f"${ASSUMPTIONS}.{_placed(address)}")


def _cut_name(document: Document, name: str) -> None:
    """Let a name end a row earlier."""
    named = document.NamedRanges.getByName(name)
    area = named.getReferredCells().RangeAddress
    sheet = document.Sheets.getByIndex(area.Sheet)
    cut = sheet.getCellRangeByPosition(area.StartColumn, area.StartRow, area.EndColumn, area.EndRow - 1)
    named.setContent(cut.AbsoluteName)


def _forget(document: Document, name: str) -> None:
    document.NamedRanges.removeByName(name)


def _rename(document: Document, sheet: str, to: str) -> None:
    sheet_of(document, sheet).Name = to


def _copy(document: Document, sheet: str, to: str) -> None:
    document.Sheets.copyByName(sheet_of(document, sheet).Name, to, document.Sheets.Count)


def _new_sheet(document: Document, name: str) -> None:
    document.Sheets.insertNewByName(name, document.Sheets.Count)
    sheet_of(document, name).getCellByPosition(0, 0).Formula = f"={ASSUMPTIONS}.A1"


def _type_over(document: Document, option: str, name: str, content: Any) -> None:
    """Type over a cell of an option's sheet that has a name."""
    _put(cells_named(sheet_of(document, option), name).getCellByPosition(0, 0), content)


def _type_at(document: Document, sheet: str, place: str, content: Any) -> None:
    _put(sheet_of(document, sheet).getCellRangeByName(_placed(place)), content)


def _formulas_to_values(document: Document, sheet: str) -> None:
    """Paste a whole sheet over itself as values only."""
    used = used_area(sheet_of(document, sheet))
    used.setDataArray(used.getDataArray())


def _gate(document: Document, gate: str, header: str, content: Any) -> None:
    area = cells_named(document, GATES)
    ids = [row[0] for row in area.getDataArray()]
    _put(area.getCellByPosition(GATE_HEADERS.index(header), ids.index(gate)), content)


def _choose(document: Document, name: str, content: str) -> None:
    cells_named(document, name).getCellByPosition(0, 0).String = content


def _move(document: Document, key: str, header: str, to: str) -> None:
    """Cut a cell and paste it elsewhere on the sheet."""
    sheet = sheet_of(document)
    target = sheet.getCellRangeByName(_placed(to)).CellAddress
    sheet.moveRange(target, _cell(document, key, header).RangeAddress)


def _copy_cell(document: Document, key: str, header: str, to: str) -> None:
    """Copy a cell, and paste it into the same column of another row."""
    sheet_of(document).copyRange(_cell(document, to, header).CellAddress, _cell(document, key, header).RangeAddress)


def _sort(document: Document, first: str, last: str, width: int) -> None:
    """Sort the rows between two keys by their keys, over so many columns."""
    at = layout_of(small_plan()).assumptions
    area = sheet_of(document).getCellRangeByPosition(0, at.rows[first], width - 1, at.rows[last])
    field = struct("table.TableSortField")
    field.Field, field.IsAscending = 0, False
    fields = sys.modules["uno"].Any("[]com.sun.star.table.TableSortField", (field,))
    sys.modules["uno"].invoke(area, "sort", (property_values(SortFields=fields, ContainsHeader=False),))


def _clear_column(document: Document, header: str) -> None:
    at = layout_of(small_plan()).assumptions
    rows, column = sorted(at.rows.values()), _columns()[header]
    for row in rows:
        sheet_of(document).getCellByPosition(column, row).String = ""


def _clear_row(document: Document, key: str) -> None:
    at = layout_of(small_plan()).assumptions
    area = sheet_of(document).getCellRangeByPosition(0, at.rows[key], at.last_column, at.rows[key])
    area.clearContents(VALUES | FORMULAS)


def _delete_column(document: Document, header: str) -> None:
    sheet_of(document).Columns.removeByIndex(_columns()[header], 1)


def _hide_column(document: Document, header: str) -> None:
    sheet_of(document).Columns.getByIndex(_columns()[header]).IsVisible = False


def _hide_sheet(document: Document, sheet: str) -> None:
    sheet_of(document, sheet).IsVisible = False


def _delete_sheet(document: Document, sheet: str) -> None:
    document.Sheets.removeByName(sheet_of(document, sheet).Name)


def _first_sheet(document: Document, sheet: str) -> None:
    document.Sheets.moveByName(sheet_of(document, sheet).Name, 0)


def _protect(document: Document, sheet: str) -> None:
    sheet_of(document, sheet).protect("")


def _comment(document: Document, key: str, header: str, text: str) -> None:
    sheet_of(document).Annotations.insertNew(_cell(document, key, header).CellAddress, text)


def _forget_properties(document: Document) -> None:
    """What a document inspector does: no comment is left in the file's properties."""
    document.DocumentProperties.Description = ""


def _name_again(document: Document, name: str, key: str, header: str) -> None:
    """Define a name of one's own."""
    cell = _cell(document, key, header)
    document.NamedRanges.addNewByName(name, cell.AbsoluteName, cell.CellAddress, 0)


def _replace_all(document: Document, old: str, new: str) -> None:
    sheet = sheet_of(document)
    wanted = sheet.createReplaceDescriptor()
    wanted.SearchString, wanted.ReplaceString = old, new
    sheet.replaceAll(wanted)


def _colour(document: Document, key: str, header: str) -> None:
    _cell(document, key, header).CellBackColor = 0xFFFF00


def _hide(document: Document, key: str) -> None:
    at = layout_of(small_plan()).assumptions
    sheet_of(document).Rows.getByIndex(at.rows[key]).IsVisible = False


def _merge(document: Document, one: str, other: str) -> None:
    at = layout_of(small_plan()).assumptions
    first, last = sorted((at.rows[one], at.rows[other]))
    sheet_of(document).getCellRangeByPosition(at.columns["base"], first, at.columns["base"], last).merge(True)  # noqa: FBT003 - UNO's


STEPS: dict[str, Callable[..., None]] = {
    "type": _type, "clear": _clear, "swap keys": _swap, "header": _header, "insert row": _insert_row,
    "insert column": _insert_column, "delete row": _delete_row, "own cost": _own_cost, "point name": _point,
    "delete name": _forget, "rename sheet": _rename, "copy sheet": _copy, "new sheet": _new_sheet,
    "type over": _type_over, "choose": _choose, "replace all": _replace_all, "colour": _colour, "hide row": _hide,
    "merge": _merge, "cut name": _cut_name, "type at": _type_at, "formulas to values": _formulas_to_values,
    "gate": _gate, "move": _move, "copy cell": _copy_cell, "sort": _sort, "clear column": _clear_column,
    "clear row": _clear_row, "delete column": _delete_column, "hide column": _hide_column, "hide sheet": _hide_sheet,
    "delete sheet": _delete_sheet, "first sheet": _first_sheet, "protect": _protect, "comment": _comment,
    "forget properties": _forget_properties, "name": _name_again,
}  # fmt: skip

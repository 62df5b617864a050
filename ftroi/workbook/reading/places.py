"""The check that inputs are in the cells to which the sheet's formulas refer.

The engine and the functions find an input by its key and header; the sheet's formulas find it by its address. Both find
the same input as long as keys and headers are in the order in which they were written: rows may be inserted, but not
reordered. This is checked before any value is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ftroi.termsheet import Template
from ftroi.workbook.layout.assumptions import assumption_sections
from ftroi.workbook.reading.blocks import NAME_MANAGER, Block, Notebook
from ftroi.workbook.schema import (
    AFTER_OPTIONS,
    ASSUMPTION,
    BEFORE_OPTIONS,
    OWN_COST,
    OWN_COST_HEADERS,
    OWN_COST_SLOTS,
    RATE_SETTINGS,
    SETTING,
    SETTING_HEADERS,
    SETTINGS,
)
from ftroi.workbook.xlsx.addresses import address
from ftroi.workbook.xlsx.cells import Cell, Sheets

_CURE = "undo the move, or take a backup: the sheet's formulas look by place, the engine by name"


def check_places(blocks: Mapping[str, Block], template: Template, sheets: Sheets, notes: Notebook) -> None:
    """Find keys and headers of FT_Inputs that stand where no formula looks for them.

    A saved file tells by its names which row the sheet takes for an assumption; without names it is told by the order.
    """
    rows = [member.name for _, members in assumption_sections(template) for member in members]
    headers = (*BEFORE_OPTIONS, *template.options, *AFTER_OPTIONS)
    if any(sheets.area_named(row.key) for row in blocks[ASSUMPTION].rows):
        _check_names(blocks[ASSUMPTION], rows, sheets, notes)
    else:
        check_order({row.key: row.first for row in blocks[ASSUMPTION].rows}, rows, notes)
    check_order({row.key: row.first for row in blocks[SETTING].rows}, (*SETTINGS, *RATE_SETTINGS), notes)
    for mark, wanted in ((SETTING, SETTING_HEADERS), (ASSUMPTION, headers), (OWN_COST, OWN_COST_HEADERS)):
        check_order(blocks[mark].headers, wanted, notes)
    _check_option_headers(blocks[ASSUMPTION], notes)
    _check_own_costs(blocks[OWN_COST], notes)


def _check_names(block: Block, known: list[str], sheets: Sheets, notes: Notebook) -> None:
    """Find names of assumptions that point at another cell than the one in force in the assumption's own row."""
    # Of a row that stands twice the first is the assumption's own; the second is a finding of its own.
    own = {row.key: row for row in reversed(block.rows)}
    for row in (own[key] for key in known if key in own):
        area, live = sheets.area_named(row.key), row.cells["live"]
        if area is None:
            notes.warn(live, row.key, "its name is missing, by which formulas find it", f"define it ({NAME_MANAGER})")
            continue
        place = address(area.first_row - 1, area.first_column - 1)
        if area.sheet != notes.sheet or place != live.address:
            cure = f"point it at {live.address} again ({NAME_MANAGER}): formulas go by the name"
            notes.find(live, row.key, f"its name points at {area.sheet}!{place}", cure)


def check_order(found: Mapping[str, Cell], wanted: Iterable[str], notes: Notebook) -> None:
    """Find the first of some cells that stands in another order than is wanted; unknown ones are left alone."""
    expected = [key for key in wanted if key in found]
    for key, other in zip((key for key in found if key in expected), expected, strict=False):
        if key != other:
            notes.find(found[key], key, f"stands where '{other}' belongs", _CURE)
            return


def _check_option_headers(block: Block, notes: Notebook) -> None:
    """Find columns of options that have lost their header."""
    for cell in block.nameless(BEFORE_OPTIONS[-1], AFTER_OPTIONS[0]):
        what = "an option's column has no header, and its figures would not be read"
        notes.find(cell, ASSUMPTION, what, "write the option's id, or remove the whole column")


def _check_own_costs(block: Block, notes: Notebook) -> None:
    """Find slots that are missing or have lost their number: the sheet counts them, and nobody else."""
    header = next(iter(block.headers.values()))
    for cells in block.keyless:
        filled = [name for name in OWN_COST_HEADERS[1:] if name in cells and not cells[name].is_empty]
        if filled:
            what = "an own cost without its number in the first column would not be read"
            notes.find(cells[filled[0]], OWN_COST, what, "write a number there that no other row has")
    if len(block.rows) < OWN_COST_SLOTS and not block.keyless:
        what = f"only {len(block.rows)} of at least {OWN_COST_SLOTS} rows for own costs are inside FT_Inputs"
        notes.find(header, OWN_COST, what, "extend FT_Inputs to the last of them, or put the rows back")

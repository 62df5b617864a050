"""Reading the entries on the sheet Gates: thresholds, evidence with its dates, waivers, and the day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TypeVar

from ftroi.dates import calendar_day
from ftroi.errors import Finding
from ftroi.language import did_you_mean
from ftroi.plan import GateEntry
from ftroi.termsheet import Template
from ftroi.workbook.reading.blocks import NAME_MANAGER, Notebook, Row, by_key, read_block
from ftroi.workbook.reading.cell_values import day_typed, figure_typed, text_typed
from ftroi.workbook.reading.places import check_order
from ftroi.workbook.schema import AS_OF, FORMER_NAMES, GATE, GATE_HEADERS, GATES, TYPED_GATE_HEADERS
from ftroi.workbook.xlsx.cells import Area, Cell, Sheets

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class GateEntries:
    """What was typed by gate, and the day on which evidence is judged; None in a workbook without it."""

    gates: dict[str, GateEntry]
    as_of: date | None


def read_gates(sheets: Sheets, template: Template, notes: Notebook) -> GateEntries:
    """Read FT_GateTable and FT_AsOf; a workbook made before there were gates has neither, and no entries.

    What cannot be read is a finding in ``notes``, with its cell.
    """
    area, of_day = _area(GATES, sheets, notes), _area(AS_OF, sheets, notes)
    own = notes.about(area.sheet if area else "")
    gates = {} if area is None else _entries(sheets, area, template, own)
    as_of = None if of_day is None else _as_of(sheets, of_day, own)
    notes.findings.extend(own.findings)
    notes.warnings.extend(own.warnings)
    notes.places.update(own.places)
    return GateEntries(gates, as_of)


def _area(name: str, sheets: Sheets, notes: Notebook) -> Area | None:
    """The cells of a name; where it points nowhere, what people typed there is lost, which is a warning."""
    text = sheets.names.get(name) or sheets.names.get(FORMER_NAMES.get(name, ""))
    area = None if text is None else Area.read(text)
    if text is not None and (area is None or not sheets.has_sheet(area.sheet)):
        what = f"points at no cells ({text}), and what was typed there is not read"
        notes.warnings.append(Finding(name, what, f"point it at them again ({NAME_MANAGER})"))
        return None
    return area


def _as_of(sheets: Sheets, area: Area, notes: Notebook) -> date | None:
    ((cell, *_), *_) = sheets.cells(area)
    if cell.is_empty:
        return None
    number = notes.take(partial(day_typed, offset=sheets.days_offset), cell, AS_OF)
    return None if number is None else calendar_day(number)


def _entries(sheets: Sheets, area: Area, template: Template, notes: Notebook) -> dict[str, GateEntry]:
    block = read_block(GATE, list(sheets.cells(area)), notes)
    if notes.findings:
        return {}
    entries = {}
    rows = by_key(block, notes)
    check_order({name: row.first for name, row in rows.items()}, template.gates, notes)
    check_order(block.headers, GATE_HEADERS, notes)
    for name in (gate for gate in template.gates if gate not in rows):
        header = next(iter(block.headers.values()))
        what = f"has no row inside {GATES}, and nothing that was typed for it is read"
        notes.warn(header, name, what, f"extend {GATES} to it ({NAME_MANAGER}), or let 'ftroi regenerate' put it back")
    for name, row in rows.items():
        if all(row.cells[header].is_empty for header in TYPED_GATE_HEADERS):
            continue
        if name not in template.gates:
            cure = did_you_mean(name, template.gates) or "write a gate's id, or clear the row"
            notes.find(row.first, GATE, f"no gate '{name}'", cure)
        entries[name] = _entry(row, notes, sheets.days_offset)
    return entries


def _entry(row: Row, notes: Notebook, days_offset: int) -> GateEntry:
    def take(read: Callable[[Cell], _Value], header: str) -> _Value | None:
        cell = row.cells[header]
        return None if cell.is_empty else notes.take(read, cell, f"{row.key}, {header}")

    def day_of(header: str) -> date | None:
        number = take(partial(day_typed, offset=days_offset), header)
        return None if number is None else calendar_day(number)

    return GateEntry(
        threshold=take(figure_typed, "own threshold"),
        figure=take(figure_typed, "evidence figure"),
        set_on=day_of("set on"),
        set_by=take(text_typed, "set by") or "",
        evidence_on=day_of("evidence on"),
        evidence_until=day_of("evidence until"),
        waiver=take(text_typed, "waiver") or "",
    )

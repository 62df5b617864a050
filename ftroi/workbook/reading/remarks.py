"""Reading remarks beside the inputs: owners, review dates, notes, and the Log.

They do not affect results, so that nothing here is a finding: unexpected contents of a cell are kept as text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from ftroi.dates import calendar_day
from ftroi.plan import LogEntry, Remark
from ftroi.plan.provenance import stated_bases
from ftroi.termsheet import Template
from ftroi.workbook.reading.cell_values import UnreadableError, day, words_of
from ftroi.workbook.reading.ranges import RANGE_HEADERS, Beside
from ftroi.workbook.schema import LOG_HEADERS, REMARK_HEADERS
from ftroi.workbook.xlsx.cells import Cell
from ftroi.workbook.xlsx.package_parts import Parts

LOG_SHEET = "Log"


def cells_beside(headers: Sequence[Cell], rows: Sequence[Sequence[Cell]], width: int) -> Beside:
    """The cells right of FT_Inputs, which is ``width`` columns wide, that people may write into, and stated ranges."""
    places = {str(cell.value).strip().casefold(): column for column, cell in enumerate(headers) if column >= width}
    known = {header: places[header] for header in (*REMARK_HEADERS, *RANGE_HEADERS) if header in places}
    return {row[0].address: {header: row[column] for header, column in known.items()} for row in rows}


def read_remark(template: Template, name: str, beside: Mapping[str, Cell], offset: int) -> Remark:
    """What people wrote beside an assumption; what the template states there is not theirs."""
    stated = list(stated_bases(template, name))

    def typed(header: str) -> str:
        text = words_of(beside.get(header))
        return "" if text in {getattr(basis, header) for basis in stated} else text

    checked = _day(beside.get("checked"), offset)
    return Remark(
        owner=words_of(beside.get("owner")),
        review_by=_day(beside.get("review by"), offset),
        source=typed("source"),
        evidence=typed("evidence"),
        checked=None if checked in {basis.checked for basis in stated} else checked,
        note=typed("note"),
    )


def read_log(parts: Parts) -> tuple[LogEntry, ...]:
    """The entries of the Log, in order; a workbook without that sheet or its headers has none."""
    if not parts.has_sheet(LOG_SHEET):
        return ()
    return tuple(_log_entries(parts.filled(LOG_SHEET), parts.days_offset))


def _log_entries(cells: Mapping[tuple[int, int], Cell], offset: int) -> Iterator[LogEntry]:
    rows: dict[int, dict[int, Cell]] = {}
    for (row, column), cell in sorted(cells.items()):
        rows.setdefault(row, {})[column] = cell
    places: dict[str, int] = {}
    for line in rows.values():
        if not places:
            texts = {words_of(cell): column for column, cell in line.items()}
            places = texts if set(LOG_HEADERS) <= texts.keys() else {}
            continue
        day, what, was, now, by, why = (line.get(places[header]) for header in LOG_HEADERS)
        if any(cell is not None and not cell.is_empty for cell in (day, what, was, now, by, why)):
            figures = (_figure_or_text(was), _figure_or_text(now))
            yield LogEntry(_day(day, offset), words_of(what), *figures, words_of(by), words_of(why))


def _figure_or_text(cell: Cell | None) -> str | float:
    return cell.value if cell is not None and isinstance(cell.value, float) else words_of(cell)


def _day(cell: Cell | None, offset: int) -> date | str | None:
    if cell is None or cell.value is None or cell.is_empty:
        return None
    try:
        return calendar_day(day(cell, offset))
    except UnreadableError:
        return words_of(cell)

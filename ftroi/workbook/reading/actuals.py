"""Reading the actual costs that a workbook stores: amounts, the frozen baseline, and rules that users may change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import TypeVar

from ftroi.dates import calendar_day
from ftroi.errors import Finding, WorkbookError
from ftroi.plan.billed import EFFECTS, PROMISED, Actuals, Baseline, Billed, Described, Mapped
from ftroi.workbook.reading.cell_values import UnreadableError, day, figure, whole
from ftroi.workbook.schema import (
    ACTUALS,
    ACTUALS_SHEET,
    ACTUALS_STAMP,
    BASELINE,
    BILL_COLUMN_HEADERS,
    BILL_COLUMNS,
    BILLED_HEADERS,
    MAPPED_PATTERNS,
    MAPPING,
    MAPPING_HEADERS,
    NOT_ASSIGNED,
)
from ftroi.workbook.xlsx.cells import Cell, Sheets

_AGAIN = "undo what was typed there, or take the dated copy of the workbook and read the bills again"

One = TypeVar("One")


def read_actuals(sheets: Sheets) -> Actuals | None:
    """What the sheets Actuals and Mapping keep; None in a workbook without them.

    Raises WorkbookError with every cell that cannot be read: an amount is never left out.
    """
    if ACTUALS_STAMP not in sheets.names:
        return None
    reader = _Reader(sheets)
    found = reader.actuals()
    if reader.findings:
        raise WorkbookError(*reader.findings)
    return found


class _Reader:
    """Reads the tables and collects what is wrong with them."""

    def __init__(self, sheets: Sheets) -> None:
        self._sheets = sheets
        self.findings: list[Finding] = []

    def actuals(self) -> Actuals | None:
        head = {_text(row[0]): row[-1] for row in self._table(ACTUALS_STAMP)}
        approved = self._day(head.get("approved_on"))
        months = self._baseline()
        if approved is None or months is None:
            self.findings = self.findings or [_lost(ACTUALS_STAMP)]
            return None
        print_ = head.get("fingerprint")
        return Actuals(
            Baseline(
                approved, _text(head.get("approved_by")), _text(head.get("option")), _text(head.get("digest")), months,
                None if print_ is None or not isinstance(print_.value, float) else print_.value,
                {key: self._figure(head[key]) for key in PROMISED if key in head and not head[key].is_empty},
            ),
            self._whole(head.get("to_date")), _text(head.get("basis")),
            tuple(self._billed()), tuple(self._rules()),
            {key: self._figure(head[key]) for key in EFFECTS if key in head and not head[key].is_empty},
            tuple(self._mappings()),
        )  # fmt: skip

    def _table(self, name: str) -> list[list[Cell]]:
        area = self._sheets.area_named(name) if name in self._sheets.names else None
        if area is None or not self._sheets.has_sheet(area.sheet):
            self.findings.append(_lost(name))
            return []
        return list(self._sheets.cells(area))

    def _baseline(self) -> Mapping[str, tuple[float, ...]] | None:
        rows = self._table(BASELINE)
        if not rows:
            return None
        names = [_text(cell) for cell in rows[0]]
        columns = zip(names[1:], list(zip(*rows[1:], strict=True))[1:], strict=True)
        return {name: tuple(self._figure(cell) for cell in column) for name, column in columns if name}

    def _billed(self) -> Iterator[Billed]:
        for row in self._rows(ACTUALS, BILLED_HEADERS):
            read: dict[str, str | float | int | date | None] = {}
            for field in fields(Billed):
                cell = row.get(field.name)
                kind = field.type
                read[field.name] = (
                    self._day(cell) if kind == "date" else self._whole(cell) if kind == "int"
                    else self._figure(cell) if kind == "float" else _text(cell)
                )  # fmt: skip
            if read["category"] == NOT_ASSIGNED:
                read["category"] = ""
            yield Billed(**read)  # type: ignore[arg-type]  # each is of its field's kind, or a finding

    def _rules(self) -> Iterator[Mapped]:
        for row in self._rows(MAPPING, MAPPING_HEADERS):
            texts = {header: _text(cell) for header, cell in row.items()}
            patterns = {name: texts[name] for name in MAPPED_PATTERNS if texts.get(name)}
            yield Mapped(
                texts.get("rule", ""), patterns, texts.get("category", ""), texts.get("option", ""),
                texts.get("note", ""),
            )  # fmt: skip

    def _mappings(self) -> Iterator[Described]:
        for row in self._rows(BILL_COLUMNS, BILL_COLUMN_HEADERS) if BILL_COLUMNS in self._sheets.names else ():
            yield Described(*(_text(row[header]) for header in BILL_COLUMN_HEADERS))

    def _rows(self, name: str, headers: Sequence[str]) -> Iterator[dict[str, Cell]]:
        """The filled rows of a table, by header."""
        rows = self._table(name)
        places = {_text(cell): place for place, cell in enumerate(rows[0])} if rows else {}
        if missing := [header for header in headers if header not in places]:
            if rows:
                what = f"has no column {', '.join(missing)}"
                self.findings.append(Finding(f"{ACTUALS_SHEET} ({name})", what, _AGAIN))
            return
        for row in rows[1:]:
            if any(not cell.is_empty for cell in row):
                yield {header: row[places[header]] for header in headers}

    def _figure(self, cell: Cell | None) -> float:
        return 0.0 if cell is None else self._tried(lambda: figure(cell), cell, 0.0)

    def _whole(self, cell: Cell | None) -> int:
        return 0 if cell is None else self._tried(lambda: whole(cell), cell, 0)

    def _day(self, cell: Cell | None) -> date | None:
        def read(cell: Cell) -> date | None:
            return calendar_day(day(cell, self._sheets.days_offset))

        return None if cell is None else self._tried(lambda: read(cell), cell, None)

    def _tried(self, read: Callable[[], One], cell: Cell, otherwise: One) -> One:
        try:
            return read()
        except UnreadableError as error:
            self.findings.append(Finding(f"{ACTUALS_SHEET}!{cell.address}", error.what, _AGAIN))
            return otherwise


def _lost(name: str) -> Finding:
    return Finding(f"{ACTUALS_SHEET} ({name})", "the name of the table is missing, or points nowhere", _AGAIN)


def _text(cell: Cell | None) -> str:
    if cell is None or cell.value is None or cell.is_error:
        return ""
    value = cell.value
    return f"{value:.15g}" if isinstance(value, float) else str(value)

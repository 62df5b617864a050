"""Writing what the add-in gives on the sheet Risk: figures of the option shown beside the stamped ones.

All of them rest on one simulation, which the add-in makes anew when an input has changed.
"""

from __future__ import annotations

from ftroi.termsheet.simulated_names import BEATS_REFERENCE, measure_names_in_sentences
from ftroi.workbook.cached_values import stored
from ftroi.workbook.context import Book
from ftroi.workbook.layout.risk import LABEL, LIVE_CELL, LIVE_MARK, LIVE_ROW, NAME, STAMPED_CELL, UNIT
from ftroi.workbook.references.engine import NOT_APPLICABLE
from ftroi.workbook.references.simulation import OF_DRAWS, RiskFormulas
from ftroi.workbook.schema import RISK_SHEET
from ftroi.workbook.xlsx.add_in_calls import NOT_LOADED, percentile_formula, probability_formula
from ftroi.workbook.xlsx.addresses import fixed

_HEADERS = {
    LABEL: "The option shown, live with the add-in", NAME: "Share of lives below", UNIT: "", LIVE_CELL: "Live",
    STAMPED_CELL: "Stamped", LIVE_MARK: "",
}  # fmt: skip


def write_live(book: Book) -> None:
    """Write the rows of what the add-in gives, below their headers."""
    style = book.styles.of
    for column, text in _HEADERS.items():
        role = "header number" if column >= LIVE_CELL else "header"
        book.sheet(RISK_SHEET).write_text(LIVE_ROW, column, text, style(role))
    for row, name in enumerate(book.layout.risk.live, start=LIVE_ROW + 1):
        _write_row(book, row, name)


def _write_row(book: Book, row: int, name: str) -> None:
    cells, style, formulas = book.sheet(RISK_SHEET), book.styles.of, RiskFormulas(book.plan.template, book.layout)
    number = style("calculated right", "percent" if name == BEATS_REFERENCE else "whole")
    stamped = _stamped(book, name)
    cells.write_string(row, LABEL, _label(book, name), style("indented"))
    if name == BEATS_REFERENCE:
        cells.write_string(row, UNIT, OF_DRAWS, style("grey unit"))
    else:
        cells.write_formula(row, UNIT, formulas.currency(), style("grey unit"), book.plan.settings.currency)
        cells.write_number(row, NAME, _share(name), style("calculated right", "percent"))
    cells.write_formula(row, LIVE_CELL, _call(book, name, row), number, NOT_LOADED)
    cells.write_formula(row, STAMPED_CELL, formulas.figure(name), number, "" if stamped is None else stored(stamped))
    cells.write_formula(row, LIVE_MARK, formulas.live_mark(row), style("grey unit"), NOT_APPLICABLE)


def _stamped(book: Book, name: str) -> float | None:
    simulated = book.plan.simulated
    return None if simulated is None else simulated.number(name, book.plan.settings.option)


def _call(book: Book, name: str, row: int) -> str:
    if name == BEATS_REFERENCE:
        return probability_formula(book.layout.risk.names.gain, book.spelling)
    return percentile_formula(name.partition(".p")[0], fixed(row, NAME), book.spelling)


def _share(name: str) -> float:
    """The share of lives below a percentile, such as 0.9 for "tco.p90"."""
    return int(name.partition(".p")[2]) / 100


def _label(book: Book, name: str) -> str:
    words = measure_names_in_sentences(book.plan.template)
    measure, _, at = name.rpartition(".p")
    gain = words[book.layout.risk.names.gain]
    return f"P({gain} against the baseline > 0)" if name == BEATS_REFERENCE else f"{words[measure]}, {at}th percentile"

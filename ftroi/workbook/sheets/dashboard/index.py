"""Writing the index of the workbook's sheets on the Dashboard."""

from __future__ import annotations

from ftroi.workbook.context import Book, link_to
from ftroi.workbook.layout.dashboard import LABEL, TOLD
from ftroi.workbook.layout.workbook import (
    ANNUAL,
    ASSUMPTIONS,
    CHECKS_SHEET,
    COMPARE,
    DASHBOARD,
    FUNCTIONS_SHEET,
    LOG,
    SOURCES,
)
from ftroi.workbook.schema import GATES_SHEET, RISK_SHEET

_SHEETS = {
    DASHBOARD: "this page",
    ASSUMPTIONS: "all that is typed: settings, assumptions with sources, own costs",
    COMPARE: "every measure of every option, and what is compared by month",
    ANNUAL: "the option shown by year, with capitalisation and tax",
    RISK_SHEET: "how sure it is: percentiles, odds and what moves it, as simulated by the command line",
    GATES_SHEET: "the go/no-go gates, their evidence, and the rule of the verdict",
    SOURCES: "where the numbers were read",
    LOG: "what was changed, when and by whom",
    CHECKS_SHEET: "fifteen reconciliations; where one fails there is no verdict",
    FUNCTIONS_SHEET: "help on the FT_ functions: how each is called, what it gives, an example",
}


def write_index(book: Book) -> None:
    """Write a link to every sheet, with what stands there."""
    cells, style, rows = book.sheet(DASHBOARD), book.styles.of, book.layout.dashboard.sheets
    cells.write_string(min(rows.values()) - 2, LABEL, "Sheets", style("block"))
    options = book.plan.template.options
    told = {sheet: options[option].description for option, sheet in book.layout.sheets.items()} | _SHEETS
    for sheet, row in rows.items():
        cells.write_url(row, LABEL, link_to(sheet), style("jump"), sheet)
        cells.write_string(row, TOLD, told[sheet], style("grey"))

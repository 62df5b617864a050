"""Writing the verdict on top of the Dashboard: one sentence, a colour and a word for its kind, its reasons."""

from __future__ import annotations

from ftroi.plan import give_verdict, judge_plan
from ftroi.workbook import gates_layout as at
from ftroi.workbook.blocks import GATES_SHEET, VERDICT, VERDICT_CODE
from ftroi.workbook.book import Book
from ftroi.workbook.dashboard_layout import LABEL, REASON_ROWS, VERDICT_COLUMNS, VERDICT_ROW
from ftroi.workbook.grid import fixed, prefix
from ftroi.workbook.layout import DASHBOARD
from ftroi.workbook.verdict_formulas import VerdictFormulas


def write_verdict(book: Book) -> None:
    """Write the verdict with the workbook's names for its sentence and its code."""
    cells, style, formulas = book.sheet(DASHBOARD), book.styles.of, VerdictFormulas(book.layout)
    results = book.cached.results
    verdict = give_verdict(book.plan, results, judge_plan(book.plan, results))
    first, last = VERDICT_COLUMNS
    sentence, code = (VERDICT_ROW, first), (VERDICT_ROW, last + 1)
    for column in range(first + 1, last + 1):
        cells.write_blank(VERDICT_ROW, column, None, style("verdict"))  # the sentence runs on over the bar
    cells.write_formula(*sentence, formulas.verdict(at.SENTENCE), style("verdict"), verdict.sentence)
    cells.write_formula(*code, formulas.verdict(at.CODE), style("grey right"), verdict.code)
    cells.set_row(VERDICT_ROW, _HEIGHT)
    for name, (colour, ink) in book.styles.verdict.items():
        rule = {"type": "formula", "criteria": f'={fixed(*code)}="{name}"', "format": _fill(book, colour, ink)}
        cells.conditional_format(*sentence, VERDICT_ROW, last, rule)
    book.name_cell(VERDICT, DASHBOARD, *sentence)
    book.name_cell(VERDICT_CODE, DASHBOARD, *code)
    conditions = "; ".join(verdict.conditions)
    values = (*verdict.by_name.values(), f"Conditions: {conditions}" if conditions else "")
    for row, formula, value in zip(REASON_ROWS, _reasons(book), values, strict=True):
        cells.write_formula(row, LABEL, formula, style("text"), value)


_HEIGHT = 54


def _reasons(book: Book) -> list[str]:
    gates, place = book.layout.gates, prefix(GATES_SHEET)
    told = f"{place}{fixed(gates.conditions, 1)}"
    reasons = [f"{place}{fixed(row, 1)}" for row in gates.reasons.values()]
    return [*reasons, f'IF({told}="","","Conditions: "&{told})']


def _fill(book: Book, colour: str, ink: str) -> object:
    return book.file.add_format({"bg_color": colour, "font_color": ink})

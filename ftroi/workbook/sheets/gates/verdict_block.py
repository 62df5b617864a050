"""Writing the rule of the verdict below the gates: figures, clauses, reasons, options, categories and break-evens."""

from __future__ import annotations

from collections.abc import Mapping

from ftroi.analysis import Judged
from ftroi.analysis.verdict import Decision
from ftroi.language.rules import Value
from ftroi.termsheet.rules import Cell, RuleText
from ftroi.workbook.cached_values import stored
from ftroi.workbook.context import Book
from ftroi.workbook.layout import gates as at
from ftroi.workbook.layout.gates import Grid
from ftroi.workbook.schema import GATES_SHEET
from ftroi.workbook.sheets.gates.verdict_formulas import VerdictFormulas
from ftroi.workbook.xlsx.number_formats import number_of_line

_PLAN_FIGURES = {
    "failed_checks": "Checks that failed",
    "failure": "What the first of them says",
    "against": "What the verdict compares the proposed option with",
}
_FACTS = {
    "option": "option", "label": "label", "phrase": "in sentences", "tuned": "tuned",
    "is_candidate": "proposed", "is_reference": "baseline",
    "is_nothing": "status quo", "category": "category", "category_label": "label",
    "move": "adds to the NPV against what decided", "break_even": "figure", "says": "in words", "today": "today",
    "at": "break-even",
}  # fmt: skip
_FLAGS = ("tuned", "is_candidate", "is_reference", "is_nothing")
_WRAPPED = ("says",)
_CLAUSE_ROLES = {at.HOLDS: "top right", at.CHOSEN: "top indented", at.AGAINST: "top indented"}


class VerdictBlock:
    """The block in the making."""

    def __init__(self, book: Book, gates: tuple[Judged, ...]) -> None:
        """Write into the sheet Gates of ``book``."""
        self._plan = book.plan
        self._results = book.cached.results
        self._rule = book.plan.template.how_to_decide
        self._layout = book.layout.gates
        self._cells = book.sheet(GATES_SHEET)
        self._style = book.styles.of
        self._formulas = VerdictFormulas(book.plan, book.layout)
        self._decision = Decision(book.plan, book.cached.results, gates)
        self._verdict = self._decision.verdict()

    def write(self) -> None:
        """Write the block."""
        self._figures()
        self._clauses()
        self._reasons()
        self._options()
        self._moves()
        self._break_evens()

    def _figures(self) -> None:
        rows = self._layout.figures
        self._head(min(rows.values()), "What the verdict looks at", ("figure", "what it is", "value"), {2})
        own = {cell.name: cell for cell in self._rule.figures}
        for name, formula in self._formulas.figures().items():
            label, number = self._about(name, own)
            self._cells.write_string(rows[name], 0, name, self._style("grey"))
            self._cells.write_string(rows[name], at.LABEL, label, self._style("text"))
            value = _cached(self._decision.cells.value(name, ""))
            is_text = name in ("failure", "against") or (name in own and _is_text(own[name]))
            role = "indented" if is_text else "calculated right" if name in own else "link right"
            self._cells.write_formula(rows[name], at.VALUE, formula, self._style(role, number), value)

    def _about(self, name: str, own: Mapping[str, Cell]) -> tuple[str, str]:
        """The label and the number format of a figure."""
        if name in own:
            return own[name].label, own[name].number
        if name in _PLAN_FIGURES:
            return _PLAN_FIGURES[name], "whole"
        line = self._plan.template.lines[name]
        return f"Proposed option: {line.label}", number_of_line(name, line.unit)

    def _clauses(self) -> None:
        rows = self._layout.clauses
        headers = ("code", "sentence", "holds", "option", "word", "against")
        self._head(min(rows.values()), "The verdict: the first clause that holds", headers, {at.HOLDS})
        for clause in self._rule.clauses:
            row, holds = rows[clause.code], self._decision.holds(clause)
            values = {
                at.HOLDS: 1 if holds else 0,
                at.SENTENCE: self._decision.sentence(clause) if holds else "",
                at.CHOSEN: self._decision.option(clause) if holds else "",
                at.AGAINST: self._decision.against(clause) if holds else "",
            }
            self._cells.write_string(row, at.CODE, clause.code, self._style("id"))
            self._cells.write_string(row, at.WORD, clause.word, self._style("wrapped"))
            for column, formula in self._formulas.clause(clause.code).items():
                style = self._style(_CLAUSE_ROLES.get(column, "wrapped"))
                self._cells.write_formula(row, column, formula, style, values[column])

    def _reasons(self) -> None:
        rows, layout = self._layout.reasons, self._layout
        self._head(min(rows.values(), default=layout.conditions), "Reasons", ("reason", "in words"), set())
        labels = {cell.name: cell.label for cell in self._rule.reasons}
        text = self._style("wrapped")
        for name, formula in self._formulas.reasons().items():
            self._cells.write_string(rows[name], 0, labels[name], self._style("id"))
            self._cells.write_formula(rows[name], at.IN_WORDS, formula, text, self._verdict.by_name[name])
        self._cells.write_string(layout.conditions, 0, "Conditions", self._style("id"))
        told = "; ".join(self._verdict.conditions)
        self._cells.write_formula(layout.conditions, 1, self._formulas.conditions(), self._style("wrapped"), told)

    # --- tables --------------------------------------------------------------------------------------------

    def _options(self) -> None:
        grid, columns = self._layout.options, self._decision.options.columns
        self._table_head(grid, "Options, as the verdict compares them", self._rule.options)
        for place, (option, row) in enumerate(grid.rows.items()):
            values = {name: column[place] for name, column in columns.items()}
            self._row(grid, row, values, self._formulas.option(option), self._rule.options)

    def _moves(self) -> None:
        grid, columns = self._layout.moves, self._decision.cells.categories()
        self._table_head(grid, "What moves the net present value, at present value", self._rule.categories)
        for place, (category, row) in enumerate(grid.rows.items()):
            values = {name: column[place] for name, column in columns.items()}
            self._row(grid, row, values, self._formulas.move(category), self._rule.categories)

    def _break_evens(self) -> None:
        grid, columns = self._layout.break_even_grid, self._decision.cells.break_evens()
        if not grid.rows:
            return
        self._table_head(grid, "What would have to be true", self._rule.distances)
        for place, one in enumerate(self._formulas.break_evens()):
            values = {name: column[place] for name, column in columns.items()}
            formulas = self._formulas.break_even(one)
            self._row(grid, grid.rows[one.name], values, formulas, self._rule.distances, one.number)

    def _row(
        self, grid: Grid, row: int, values: Mapping[str, Value], formulas: Mapping[str, str], added: tuple[Cell, ...],
        number: str = "",
    ) -> None:  # fmt: skip
        """Write a row of a table: what the program brings, then what the rule adds."""
        numbers = {cell.name: cell.number for cell in added} | dict.fromkeys(_FLAGS, "flag")
        numbers |= {"move": "whole", "today": number, "at": number}
        for name, column in grid.columns.items():
            value = _cached(values[name])
            if name in formulas:
                is_text = name in _WRAPPED
                role = "wrapped" if is_text else "link right" if name in ("today", "at") else "calculated right"
                style = self._style(role) if is_text else self._style(role, numbers.get(name, "general"))
                self._cells.write_formula(row, column, formulas[name], style, value)
            elif isinstance(value, str):
                self._cells.write_text(row, column, value, self._style("text" if column else "grey"))
            else:
                self._cells.write_number(row, column, value, self._style("grey number", numbers[name]))

    def _table_head(self, grid: Grid, title: str, added: tuple[Cell, ...]) -> None:
        labels = _FACTS | {cell.name: cell.label for cell in added}
        texts = {cell.name for cell in added if _is_text(cell)}
        numbers = {column for name, column in grid.columns.items()
                   if name in (*_FLAGS, "move", "today", "at") or
                   (name not in _FACTS and name not in texts)}  # fmt: skip
        self._head(grid.first, title, tuple(labels[name] for name in grid.columns), numbers)

    def _head(self, first: int, title: str, headers: tuple[str, ...], numbers: set[int]) -> None:
        self._cells.write_string(first - 2, 0, title, self._style("block"))
        for column, text in enumerate(headers):
            role = "header number" if column in numbers else "header text" if column > 1 else "header"
            self._cells.write_string(first - 1, column, text, self._style(role))


def _is_text(cell: Cell) -> bool:
    return all(isinstance(case.value, RuleText) for case in cell.cases)


def _cached(value: Value) -> Value:
    return value if isinstance(value, str) else stored(value)

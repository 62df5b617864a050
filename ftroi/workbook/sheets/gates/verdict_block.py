"""Writing the rule of the verdict below the gates: figures, clauses, reasons, options and categories."""

from __future__ import annotations

from ftroi.analysis import Judged
from ftroi.analysis.turning_points import distance, known_turning_points
from ftroi.analysis.verdict import Verdict, can_be_started, clauses, count_failed_checks, is_more, npv_by_category
from ftroi.engine import NOTHING
from ftroi.termsheet import serial
from ftroi.workbook.cached_values import rounded
from ftroi.workbook.context import Book
from ftroi.workbook.layout import gates as at
from ftroi.workbook.schema import GATES_SHEET
from ftroi.workbook.sheets.gates.verdict_formulas import WORDS, VerdictFormulas

_FIGURES = {
    "failed_checks": "Checks that failed",
    "materiality": "Difference in net present value that counts",
    "npv_over_nothing": "Candidate: net present value against doing nothing",
    "npv": "Candidate: net present value against the reference",
    "expected_npv": "Candidate: expected net present value with abandonment",
    "abandonment_break_even": "Candidate: probability of abandonment that the plan can bear",
}
_REASONS = {"driver": "Largest driver", "gate": "Deciding gate", "break_even": "Nearest break-even"}
_NUMBERS = (
    "value", "holds", "npv against doing nothing", "lifetime cost, present value", "tuned", "available until",
    "available", "gain", "better by", "contender's cost", "untuned rival", "adds to the npv against the reference",
    "size", "today", "break-even", "how far",
)  # fmt: skip
"""Headers that stand over numbers."""

_OPTION_HEADERS = (
    "option", "label", "npv against doing nothing", "lifetime cost, present value", "tuned", "available until",
    "available", "gain", "better by", "contender's cost", "untuned rival",
)  # fmt: skip


class VerdictBlock:
    """The block in the making."""

    def __init__(self, book: Book, gates: tuple[Judged, ...]) -> None:
        """Write into the sheet Gates of ``book``."""
        self._plan = book.plan
        self._cached = book.cached
        self._results = book.cached.results
        self._layout = book.layout.gates
        self._cells = book.sheet(GATES_SHEET)
        self._style = book.styles.of
        self._formulas = VerdictFormulas(book.layout)
        self._clauses = dict(clauses(book.plan, book.cached.results, gates))
        self._verdict = next(one for one in self._clauses.values() if one is not None)

    def write(self) -> None:
        """Write the block."""
        self._figures()
        self._rule()
        self._reasons()
        self._options()
        self._moves()
        self._break_evens()

    def _figures(self) -> None:
        rows = self._layout.figures
        self._head(min(rows.values()), "What the verdict looks at", ("figure", "what it is", "value"))
        for name, formula in self._formulas.figures().items():
            number = "percent" if name == "abandonment_break_even" else "whole"
            self._cells.write_string(rows[name], 0, name, self._style("grey"))
            self._cells.write_string(rows[name], 1, _FIGURES[name], self._style("text"))
            self._cells.write_formula(rows[name], 2, formula, self._style("link right", number), self._value(name))

    def _value(self, name: str) -> float | str:
        if name == "failed_checks":
            return count_failed_checks(self._plan)
        measured = self._results.measure(name, self._plan.settings.candidate)
        return measured.text if measured.value is None else rounded(measured.value)

    def _rule(self) -> None:
        rows = self._layout.clauses
        self._head(
            min(rows.values()),
            "The verdict: the first clause that holds",
            ("code", "sentence", "holds", "option", "word"),
        )
        for code, row in rows.items():
            found: Verdict | None = self._clauses[code]
            values = {
                at.HOLDS: 0 if found is None else 1,
                at.SENTENCE: "" if found is None else found.sentence,
                at.CHOSEN: "" if found is None else found.option,
            }
            self._cells.write_string(row, at.CODE, code, self._style("id"))
            self._cells.write_string(row, at.WORD, WORDS[code], self._style("wrapped"))
            for column, formula in self._formulas.clause(code).items():
                style = self._style({at.HOLDS: "top right", at.CHOSEN: "top indented"}.get(column, "wrapped"))
                self._cells.write_formula(row, column, formula, style, values[column])

    def _reasons(self) -> None:
        rows, layout = self._layout.reasons, self._layout
        self._head(min(rows.values()), "Reasons", ("reason", "in words"))
        values = self._verdict.by_name
        for name, formula in self._formulas.reasons().items():
            self._cells.write_string(rows[name], 0, _REASONS[name], self._style("id"))
            self._cells.write_formula(rows[name], 1, formula, self._style("wrapped"), values[name])
        self._cells.write_string(layout.conditions, 0, "Conditions", self._style("id"))
        told = "; ".join(self._verdict.conditions)
        self._cells.write_formula(layout.conditions, 1, self._formulas.conditions(), self._style("wrapped"), told)

    # --- options and categories ----------------------------------------------------------------------------

    def _options(self) -> None:
        rows = self._layout.options
        self._head(min(rows.values()), "Options, as the rule compares them", _OPTION_HEADERS)
        for option, row in rows.items():
            table, values = self._plan.template.options[option], self._option_values(option)
            self._cells.write_string(row, at.OPTION_ID, option, self._style("grey"))
            self._cells.write_string(row, at.OPTION_LABEL, table.label, self._style("text"))
            self._cells.write_number(row, at.TUNED, int(table.tuned), self._style("grey number"))
            if table.available_until is not None:
                self._cells.write_number(
                    row, at.UNTIL, serial(table.available_until), self._style("grey number", "date")
                )
            for column, formula in self._formulas.option(option).items():
                number = "flag" if column == at.AVAILABLE else "whole"
                self._cells.write_formula(row, column, formula, self._style("calculated", number), values[column])

    def _option_values(self, option: str) -> dict[int, float | str]:
        settings = self._plan.settings
        tuned = self._plan.template.options[option].tuned
        npv, own = (self._number("npv_over_nothing", one) for one in (option, settings.candidate))
        cost, least = self._number("tco_pv", option), self._number("materiality", settings.candidate)
        is_available = can_be_started(self._plan, option)
        is_other = option != settings.candidate
        gain = npv - own
        return {
            at.NPV: npv,
            at.COST: cost,
            at.AVAILABLE: int(is_available),
            at.GAIN: rounded(gain),
            at.BETTER: rounded(gain) if is_other and is_available and is_more(self._plan, gain, least) else "",
            at.CONTENDER: cost if not is_other or (is_available and not is_more(self._plan, abs(gain), least)) else "",
            at.RIVAL: npv if is_other and not tuned and option != NOTHING else "",
        }

    def _number(self, name: str, option: str) -> float:
        return rounded(self._results.number(name, option))

    def _moves(self) -> None:
        rows = self._layout.moves
        headers = ("category", "label", "adds to the npv against the reference", "size")
        self._head(min(rows.values()), "What moves the net present value, at present value", headers)
        for category, move in npv_by_category(self._plan, self._results).items():
            row, values = rows[category], {2: rounded(move), 3: rounded(abs(move))}
            self._cells.write_string(row, 0, category, self._style("grey"))
            self._cells.write_string(row, 1, self._plan.template.categories[category].label, self._style("text"))
            for column, formula in self._formulas.move(category).items():
                self._cells.write_formula(row, column, formula, self._style("calculated", "whole"), values[column])

    def _break_evens(self) -> None:
        rows = self._layout.break_evens
        if not rows:
            return
        headers = ("figure", "against the reference", "today", "break-even", "how far")
        self._head(min(rows.values()), "What would have to be true", headers)
        for one in known_turning_points(self._plan.template):
            row, option = rows[one.at], one.option(self._plan)
            today, then = (self._cached.figure(name, option) for name in (one.today, one.at))
            far = distance(today, then) if one.subject else None
            values = {at.TODAY: today, at.AT: then, at.DISTANCE: "" if far is None else rounded(far)}
            self._cells.write_string(row, 0, one.at, self._style("grey"))
            self._cells.write_text(row, at.NAMED, one.subject, self._style("text"))
            for column, formula in self._formulas.break_even(one).items():
                style = self._style("calculated right" if column == at.DISTANCE else "link right", one.number)
                self._cells.write_formula(row, column, formula, style, values[column])

    def _head(self, first: int, title: str, headers: tuple[str, ...]) -> None:
        self._cells.write_string(first - 2, 0, title, self._style("block"))
        for column, text in enumerate(headers):
            role = "header number" if text in _NUMBERS else "header text" if column > 1 else "header"
            self._cells.write_string(first - 1, column, text, self._style(role))

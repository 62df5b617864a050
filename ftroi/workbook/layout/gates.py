"""The layout of the sheet Gates: the day, the values that the engine computed, the gates, and the verdict's rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ftroi.analysis.gates import ODDS, PESSIMISTIC
from ftroi.plan import Plan
from ftroi.termsheet.decision_rules import BREAK_EVEN_FACTS, CATEGORY_FACTS, OPTION_FACTS
from ftroi.workbook.schema import GATE_HEADERS
from ftroi.workbook.xlsx.addresses import fixed_range

TITLE_ROW, HINT_ROW, DAY_ROW, STAMP_HEADER_ROW = 0, 1, 3, 5

STAMPS = {
    PESSIMISTIC: "NPV, pessimistic case",
    ODDS: "Probability of a positive net present value",
}
"""Figures of gates that no cell can compute, by their names, with the labels that people read."""

SIMULATED = ODDS
"""The stamp that the sheet Risk brings."""

STAMP_LABEL, STAMP_FIGURE, STAMP_PRINT, STAMP_BY, STAMP_VERSION, STAMP_STATE = range(1, 7)
"""The columns of a stamp: figure, fingerprint of the inputs at the time, what stamped it, and whether it holds."""

GATE_FLAGS = ("mandatory", "pilot", "live", "brought", "yes", "sign")
"""Facts of a gate that stand as numbers right of the gates, for the rule's formulas."""

LABEL, VALUE = 1, 2
"""The columns of a single figure."""

IN_WORDS = 1
"""The column of a reason's sentence."""

CODE, SENTENCE, HOLDS, CHOSEN, WORD, AGAINST = range(6)
"""The columns of the clauses of the rule."""

PLAN_FIGURES = ("failed_checks", "failure", "against")
"""What no rule computes: how many checks failed, what the first says, and which option the decision compares with."""

BREAK_EVEN, SAYS, TODAY, AT = range(4)
"""The first columns of the break-evens: the name, the sentence, today's figure, that at break-even."""


@dataclass(frozen=True)
class Grid:
    """A table: its rows by key, its columns by name; the headers stand in the row above. An empty one has one row."""

    rows: Mapping[str, int]
    columns: Mapping[str, int]
    first: int

    @property
    def last(self) -> int:
        """The last row in use."""
        return max(self.rows.values(), default=self.first)

    def column(self, name: str) -> str:
        """The cells of a column."""
        return fixed_range(self.first, self.columns[name], self.last, self.columns[name])


@dataclass(frozen=True)
class GatesLayout:
    """Rows and columns of the sheet.

    ``stamps``, ``figures``, ``clauses`` and ``reasons`` give rows by name. Each table has its headers in the row above.
    ``gates`` has the columns of FT_GateTable by their headers, then the helpers right of them.
    """

    stamps: Mapping[str, int]
    header: int
    gates: Grid
    figures: Mapping[str, int]
    clauses: Mapping[str, int]
    reasons: Mapping[str, int]
    options: Grid
    moves: Grid
    break_even_grid: Grid

    @property
    def rows(self) -> Mapping[str, int]:
        """The rows of the gates."""
        return self.gates.rows

    @property
    def columns(self) -> Mapping[str, int]:
        """The columns of the gates, by header."""
        return self.gates.columns

    @property
    def break_evens(self) -> Mapping[str, int]:
        """The rows of the break-evens."""
        return self.break_even_grid.rows

    @property
    def conditions(self) -> int:
        """The row of the conditions, below the reasons."""
        return max(self.reasons.values(), default=max(self.clauses.values()) + 3) + 1

    @property
    def last_column(self) -> int:
        """The last column of FT_GateTable."""
        return len(GATE_HEADERS) - 1

    @property
    def last_gate(self) -> int:
        """The last row of FT_GateTable."""
        return max(self.rows.values(), default=self.header)


def header_of(name: str) -> str:
    """The header under which a cell of a gate stands, by its name in the rules."""
    spaced = name.replace("_", " ")
    return spaced if spaced in GATE_HEADERS else name


def lay_out_gates(plan: Plan) -> GatesLayout:
    """Lay out the sheet for a plan. Raises TemplateError where the template has no verdict."""
    verdict = plan.template.how_to_decide
    stamps = _rows(STAMP_HEADER_ROW + 1, STAMPS)
    header = max(stamps.values()) + 4
    gates = Grid(_rows(header + 1, plan.template.gates), _gate_columns(plan), header + 1)
    asked = (*PLAN_FIGURES, *verdict.figures_asked, *(cell.name for cell in verdict.figures))
    figures = _rows(gates.last + 5, asked)
    clauses = _rows(max(figures.values()) + 4, (clause.code for clause in verdict.clauses))
    reasons = _rows(max(clauses.values()) + 4, (cell.name for cell in verdict.reasons))
    below = max(reasons.values(), default=max(clauses.values()) + 3)
    options = _grid(below + 5, plan.settings.options, OPTION_FACTS, (cell.name for cell in verdict.options))
    moves = _grid(
        options.last + 4, plan.template.categories, CATEGORY_FACTS, (category.name for category in verdict.categories)
    )
    facts = dict.fromkeys(("break_even", "says", *BREAK_EVEN_FACTS))
    break_evens = _grid(moves.last + 4, verdict.break_evens, facts, (cell.name for cell in verdict.distances))
    return GatesLayout(stamps, header, gates, figures, clauses, reasons, options, moves, break_evens)


def _gate_columns(plan: Plan) -> dict[str, int]:
    rule = plan.template.how_gates_are_judged
    columns = {name: column for column, name in enumerate(GATE_HEADERS)}
    added = (header_of(cell.name) for cell in rule.columns)
    helpers = ("brief", "stamp", *GATE_FLAGS, *added, *(one.name for one in rule.lists))
    names = [name for name in dict.fromkeys(helpers) if name not in columns]
    return columns | {name: len(GATE_HEADERS) + 1 + place for place, name in enumerate(names)}


def _grid(first: int, keys: Iterable[str], facts: Iterable[str], added: Iterable[str]) -> Grid:
    columns = {name: place for place, name in enumerate((*facts, *added))}
    return Grid(_rows(first, keys), columns, first)


def _rows(first: int, names: Iterable[str]) -> dict[str, int]:
    return {name: first + place for place, name in enumerate(names)}

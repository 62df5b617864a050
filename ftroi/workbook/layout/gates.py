"""Where things stand on the sheet Gates: the day, what the engine stamped, the gates, and the rule of the verdict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ftroi.analysis.turning_points import known_turning_points
from ftroi.plan import Plan
from ftroi.workbook.schema import GATE_HEADERS

TITLE_ROW, HINT_ROW, DAY_ROW, STAMP_HEADER_ROW = 0, 1, 3, 5

STAMPS = {
    "pessimistic_npv": "Net present value in the pessimistic case",
    "probability_npv_positive": "Probability of a positive net present value",
}
"""Figures of gates that no cell can compute, by their names, with the labels that people read."""

SIMULATED = "probability_npv_positive"
"""The stamp that the sheet Risk brings."""

STAMP_LABEL, STAMP_FIGURE, STAMP_PRINT, STAMP_BY, STAMP_VERSION, STAMP_STATE = range(1, 7)
"""The columns of a stamp: figure, fingerprint of the inputs at the time, what stamped it, and whether it holds."""

HELPERS = ("undated", "judged", "margin", "told", "blocking", "open", "conditions", "waived")
"""Right of the gates: the steps from what was entered to the status, and lists of names that grow downwards."""

OPTION_ID, OPTION_LABEL, NPV, COST, TUNED, UNTIL, AVAILABLE, GAIN, BETTER, CONTENDER, RIVAL = range(11)
"""The columns of the options, as the rule compares them."""

CODE, SENTENCE, HOLDS, CHOSEN, WORD = range(5)
"""The columns of the clauses of the rule."""

CLAUSES = (
    "no_verdict", "not_decidable", "stop", "choose_other", "tie", "do_not_commit", "not_yet", "pilot", "commit",
)  # fmt: skip
"""The clauses by their codes, in the order of the rule."""

FIGURES = ("failed_checks", "materiality", "npv_over_nothing", "npv", "expected_npv", "abandonment_break_even")
"""What the clauses look at, besides gates and options."""

REASONS = ("driver", "gate", "break_even")

NAMED, TODAY, AT, DISTANCE = range(1, 5)
"""The columns of the break-evens: what a sentence calls one, today's figure, that at break-even, how far it is."""


@dataclass(frozen=True)
class GatesLayout:
    """Rows and columns of the sheet.

    ``stamps``, ``rows``, ``options``, ``moves`` (categories), ``break_evens``, ``figures``, ``clauses`` and
    ``reasons`` give rows by name; ``columns`` gives columns by header of GATE_HEADERS and HELPERS.
    Each table has its headers in the row above.
    """

    stamps: Mapping[str, int]
    header: int
    rows: Mapping[str, int]
    columns: Mapping[str, int]
    options: Mapping[str, int]
    moves: Mapping[str, int]
    break_evens: Mapping[str, int]
    figures: Mapping[str, int]
    clauses: Mapping[str, int]
    reasons: Mapping[str, int]

    @property
    def conditions(self) -> int:
        """The row of the conditions, below the reasons."""
        return max(self.reasons.values()) + 1

    @property
    def last_column(self) -> int:
        """The last column of FT_Gates."""
        return len(GATE_HEADERS) - 1

    @property
    def last_gate(self) -> int:
        """The last row of FT_Gates."""
        return max(self.rows.values(), default=self.header)


def lay_out_gates(plan: Plan) -> GatesLayout:
    """Lay out the sheet for a plan."""
    stamps = _rows(STAMP_HEADER_ROW + 1, STAMPS)
    header = max(stamps.values()) + 4
    rows = _rows(header + 1, plan.template.gates)
    figures = _rows(header + len(rows) + 4, FIGURES)
    clauses = _rows(max(figures.values()) + 4, CLAUSES)
    reasons = _rows(max(clauses.values()) + 4, REASONS)
    options = _rows(max(reasons.values()) + 5, plan.settings.options)
    moves = _rows(max(options.values()) + 4, plan.template.categories)
    break_evens = _rows(max(moves.values()) + 4, (one.at for one in known_turning_points(plan.template)))
    columns = {name: column for column, name in enumerate(GATE_HEADERS)}
    columns |= {name: len(GATE_HEADERS) + 1 + place for place, name in enumerate(HELPERS)}
    return GatesLayout(stamps, header, rows, columns, options, moves, break_evens, figures, clauses, reasons)


def _rows(first: int, names: Iterable[str]) -> dict[str, int]:
    return {name: first + place for place, name in enumerate(names)}

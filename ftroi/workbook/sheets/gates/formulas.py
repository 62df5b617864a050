"""The formulas of a gate's row: what the rule looks at, and the rule of gates.toml printed over the row's cells."""

from __future__ import annotations

from ftroi.analysis.gates import ODDS, WORD_OF_STATE, formats_of
from ftroi.plan import Plan
from ftroi.plan.simulated import FRESH, NOT_SIMULATED, STALE
from ftroi.termsheet.rules import GateList
from ftroi.termsheet.simulated_names import BEATS_REFERENCE, SIMULATED
from ftroi.workbook.layout import gates as at
from ftroi.workbook.layout.workbook import Layout
from ftroi.workbook.references.compare import currency_cell, of_option
from ftroi.workbook.references.rules import RulePrinter
from ftroi.workbook.references.simulation import across, stamp_cell
from ftroi.workbook.schema import AS_OF, RISK_SHEET, RISK_STATE
from ftroi.workbook.xlsx.addresses import fixed, letters, prefix, quoted

BETWEEN = "; "
"""What stands between the gates of a list."""


def of_candidate(layout: Layout, name: str) -> str:
    """What Compare holds of the candidate."""
    return of_option(layout, layout.compare.scalars[name], "FT_CandidateNumber")


def simulated_stamp(plan: Plan, layout: Layout) -> dict[int, str]:
    """The formulas of the stamp that the sheet Risk brings, by column."""
    risk, sheet, words = layout.risk, prefix(RISK_SHEET), plan.template.how_gates_are_judged.words

    def linked(cell: str) -> str:
        return f'IF({cell}="","",{cell})'

    told = {state: quoted(words[WORD_OF_STATE[state]]) for state in (NOT_SIMULATED, FRESH, STALE)}
    held = f'IF({RISK_STATE}="{FRESH}",{told[FRESH]},{told[STALE]})'
    return {
        at.STAMP_FIGURE: linked(across(risk, BEATS_REFERENCE, "FT_CandidateNumber", sheet)),
        at.STAMP_PRINT: linked(stamp_cell(risk, "fingerprint", sheet)),
        at.STAMP_BY: linked(stamp_cell(risk, "made", sheet)),
        at.STAMP_VERSION: linked(stamp_cell(risk, "version", sheet)),
        at.STAMP_STATE: f'IF({RISK_STATE}="{NOT_SIMULATED}",{told[NOT_SIMULATED]},{held})',
    }


def stamp_state(plan: Plan, row: int, now: int) -> str:
    """Say whether a stamp holds: the inputs are those that it was computed from."""
    words = plan.template.how_gates_are_judged.words
    figure, then, present = fixed(row, at.STAMP_FIGURE), fixed(row, at.STAMP_PRINT), fixed(now, at.STAMP_PRINT)
    tolerance = plan.template.role("tolerance")
    state = f"IF(ABS({present}-{then})<{tolerance},{quoted(words['holds'])},{quoted(words['restamp'])})"
    return f'IF({figure}="",{quoted(words["no_figure"])},IFERROR({state},{quoted(words["unreadable"])}))'


class GateFormulas:
    """The formulas of one gate's row, without a leading ``=``."""

    def __init__(self, plan: Plan, layout: Layout, name: str) -> None:
        """Print for the row of a gate."""
        self._plan, self._name = plan, name
        self._table = plan.template.gates[name]
        self._rule = plan.template.how_gates_are_judged
        self._layout = layout
        self._row = layout.gates.rows[name]
        self._is_first = self._row == layout.gates.header + 1
        self._printer = RulePrinter(self._named, self._no_column, currency_cell(layout), formats_of(self._table))

    def cell(self, header: str, above: int = 0) -> str:
        """A cell of the gate's row, or of one above it."""
        return f"${letters(self._layout.gates.columns[header])}{self._row + 1 - above}"

    def _named(self, name: str, _via: str) -> str:
        if name in self._rule.words:
            return quoted(self._rule.words[name])
        return AS_OF if name == "as_of" else self.cell(at.header_of(name))

    @staticmethod
    def _no_column(name: str) -> str:
        raise LookupError(f"a gate's row has no column {name}")

    def all(self) -> dict[str, str]:
        """Every formula of the row by header."""
        formulas = {"figure": self._figure(), "stamp": self._stamp()}
        for column in self._rule.columns_of(self._name):
            formulas[at.header_of(column.name)] = self._printer.cases(column.cases)
        formulas |= {one.name: self._grown(one) for one in self._rule.lists}
        default = self._table.threshold
        return formulas | (
            {"default threshold": of_candidate(self._layout, default)} if isinstance(default, str) else {}
        )

    def _figure(self) -> str:
        figure, gates = self._table.figure, self._layout.gates
        if figure is None:
            typed = self.cell("evidence figure")
            return f'IF({typed}="","",{typed})'
        if figure in gates.figures and figure not in self._layout.compare.scalars:
            return fixed(gates.figures[figure], at.VALUE)
        if figure in at.STAMPS:
            stamp, holds = fixed(gates.stamps[figure], at.STAMP_FIGURE), quoted(self._rule.words["holds"])
            return f'IF({fixed(gates.stamps[figure], at.STAMP_STATE)}={holds},{stamp},"")'
        if figure.startswith(SIMULATED):
            name, sheet = figure.removeprefix(SIMULATED), prefix(RISK_SHEET)
            return f'IF({RISK_STATE}="{FRESH}",{across(self._layout.risk, name, "FT_CandidateNumber", sheet)},"")'
        return of_candidate(self._layout, figure)

    def _stamp(self) -> str:
        """What is said of the engine's figure; nothing for a gate that needs none."""
        figure, stamps = self._table.figure or "", self._layout.gates.stamps
        name = figure if figure in stamps else ODDS if figure.startswith(SIMULATED) else ""
        return fixed(stamps[name], at.STAMP_STATE) if name else quoted("")

    def _grown(self, one: GateList) -> str:
        """The list of gates up to this row: that of the row above, and this gate if it belongs to it."""
        when, text = self._printer.tree(one.when), self._printer.text(one.text)
        if self._is_first:
            return f'IF({when},{text},"")'
        above = self.cell(one.name, above=1)
        return f'{above}&IF({when},IF({above}="","",{quoted(BETWEEN)})&{text},"")'

"""The formulas of the sheet Scenarios: whether what was stamped still holds, and what is shown of it."""

from __future__ import annotations

from ftroi.termsheet import Template
from ftroi.workbook.layout.gates import STAMP_PRINT
from ftroi.workbook.layout.scenarios import CHANGES, NAME, STATE_ROW
from ftroi.workbook.layout.workbook import Layout
from ftroi.workbook.schema import GATES_SHEET
from ftroi.workbook.xlsx.addresses import address, fixed, letters, prefix, quoted

UP_TO_DATE, STALE, NOT_COMPUTED, NONE = "up to date", "stale", "not computed yet", "–"

SENTENCES = {
    UP_TO_DATE: "Up to date: computed from the inputs as they stand",
    STALE: "Stale: inputs have changed since; save, close and run 'ftroi scenarios FILE --write'",
}
"""What is said of all figures by their state."""


class ScenarioFormulas:
    """The formulas, without a leading ``=``."""

    def __init__(self, template: Template, layout: Layout) -> None:
        """Print for the cells of ``layout``."""
        self._layout, self._scenarios = layout, layout.scenarios
        self._tolerance = template.role("tolerance")

    def sentence(self) -> str:
        """Say whether the inputs are those that the figures were computed from, and what to do if not."""
        now = f"{prefix(GATES_SHEET)}{fixed(max(self._layout.gates.stamps.values()) + 1, STAMP_PRINT)}"
        then = fixed(self._scenarios.fingerprint, CHANGES)
        fresh, stale = (quoted(SENTENCES[one]) for one in (UP_TO_DATE, STALE))
        return f"IFERROR(IF(ABS({now}-{then})<{self._tolerance},{fresh},{stale}),{stale})"

    def state(self, row: int) -> str:
        """Say whether a row's figures are of its own changes and of the present inputs; "" for an empty row."""
        below, state = row + self._scenarios.below, letters(self._scenarios.state)
        changes = f"${letters(CHANGES)}"
        is_fresh = f"{fixed(STATE_ROW, NAME)}={quoted(SENTENCES[UP_TO_DATE])}"
        then = f"IF({is_fresh},{state}{below + 1},{quoted(STALE)})"
        told = f"IF({changes}{row + 1}={changes}{below + 1},{then},{quoted(NOT_COMPUTED)})"
        return f"IF({changes}{row + 1}={quoted('')},{quoted('')},{told})"

    def figure(self, row: int, column: int) -> str:
        """What was stamped, as long as it holds."""
        state, stamped = f"${letters(self._scenarios.state)}{row + 1}", address(row + self._scenarios.below, column)
        rest = f"IF({state}={quoted('')},{quoted('')},{quoted(NONE)})"
        return f"IF({state}={quoted(UP_TO_DATE)},{stamped},{rest})"

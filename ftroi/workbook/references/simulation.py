"""The formulas on stored simulation results: whether they are up to date, and the values of one option."""

from __future__ import annotations

from ftroi.plan.simulated import FRESH, NOT_SIMULATED, STALE
from ftroi.termsheet import Template
from ftroi.workbook.layout.compare import FIRST_OPTION as FIRST_COMPARED
from ftroi.workbook.layout.gates import STAMP_PRINT
from ftroi.workbook.layout.risk import FIRST_OPTION, LIVE_CELL, STAMPED_CELL, RiskLayout
from ftroi.workbook.layout.workbook import ASSUMPTIONS, COMPARE, Layout
from ftroi.workbook.references.engine import AGREES, NOT_APPLICABLE
from ftroi.workbook.schema import GATES_SHEET, STAMP
from ftroi.workbook.xlsx.addresses import fixed, fixed_range, letters, prefix, quoted

SENTENCES = {
    NOT_SIMULATED: "Not simulated yet: close the workbook and run 'ftroi simulate FILE --write'",
    FRESH: "Up to date: simulated from the inputs as they stand",
    STALE: "Stale: the inputs have changed since; close the workbook and run 'ftroi simulate FILE --write' again",
}
"""What is said of the figures by their state."""

MODE = "The base case is the mode, the most likely value of every range, and not the mean."
OTHER_DRAWS = "other draws or inputs"
OF_DRAWS, NO_BUDGET, BUDGET_CHANGED = "of draws", "no approved budget", "the budget has changed since"

_THOUSANDS = '"#,##0,"'
_SHARE = '"0.0%"'


def stamp_cell(layout: RiskLayout, name: str, sheet: str = "") -> str:
    """The cell of a stamp, for formulas of the sheet itself or, with ``sheet``, of another."""
    return f"{sheet}{fixed(layout.rows[STAMP + name], FIRST_OPTION)}"


def across(layout: RiskLayout, name: str, position: str, sheet: str = "") -> str:
    """A figure of the option at a named position."""
    row = layout.rows[name]
    return f"INDEX({sheet}{fixed_range(row, FIRST_OPTION, row, layout.last_option)},1,{position})"


def state_cell(layout: RiskLayout, sheet: str = "") -> str:
    """The cell that tells whether the figures are fresh."""
    return f"{sheet}{fixed(layout.state, FIRST_OPTION)}"


class RiskFormulas:
    """The formulas, without a leading ``=``."""

    def __init__(self, template: Template, layout: Layout) -> None:
        """Print for the cells of ``layout``."""
        self._layout = layout
        self._risk = layout.risk
        self._views = template.views.simulation
        self._tolerance = template.role("tolerance")

    def now(self) -> str:
        """The fingerprint of the inputs as they stand, which the sheet Gates computes."""
        row = max(self._layout.gates.stamps.values()) + 1
        return f"{prefix(GATES_SHEET)}{fixed(row, STAMP_PRINT)}"

    def state(self) -> str:
        """Say whether the figures are fresh."""
        now, then = fixed(self._risk.now, FIRST_OPTION), self._stamp("fingerprint")
        same = f"AND({self._stamp('template')}={self._setting('version')},ABS({now}-{then})<{self._tolerance})"
        known = f"IFERROR(IF({same},{quoted(FRESH)},{quoted(STALE)}),{quoted(STALE)})"
        return f"IF({self._stamp('draws')}={quoted('')},{quoted(NOT_SIMULATED)},{known})"

    def sentence(self) -> str:
        """Say it in a sentence, and what to do."""
        state = state_cell(self._risk)
        rest = f"IF({state}={quoted(FRESH)},{quoted(SENTENCES[FRESH])},{quoted(SENTENCES[STALE])})"
        return f"IF({state}={quoted(NOT_SIMULATED)},{quoted(SENTENCES[NOT_SIMULATED])},{rest})"

    def stamp(self) -> str:
        """The formula of a sentence that tells the stamp."""
        seed, version, made, digest = (self._stamp(one) for one in ("seed", "version", "made", "digest"))
        draws = f'TEXT({self._stamp("draws")},"#,##0")&" draws ("&{self._stamp("method")}'
        rest = f'"), seed "&{seed}&", ftroi "&{version}&", "&{made}&", inputs "&{digest}'
        return f"IF({self._stamp('draws')}={quoted('')},{quoted('')},{draws}&{rest})"

    def mode(self) -> str:
        """Say that the base is the mode, and how far the option shown is from its mean."""
        names = self._risk.names
        figures = (names.within_base, f"{names.cost}.mean", f"{names.cost}.base")
        share, mean, base = (self._shown(figure) for figure in figures)
        amounts = (
            f'TEXT({base},{_THOUSANDS})&", its mean "&TEXT({mean},{_THOUSANDS})&" thousand "&{self.currency()}&"."'
        )
        told = f'" P({self._views.cost_words} ≤ base) is "&TEXT(ROUND({share},3),{_SHARE})&": the base is "&{amounts}'
        return f"{quoted(MODE)}&IF(ISNUMBER({share}),{told},{quoted('')})"

    def shown(self) -> str:
        """The formula of a title with the option that the charts show."""
        compare = self._layout.compare
        labels = fixed_range(compare.labels, FIRST_COMPARED, compare.labels, compare.last_option)
        return f"{quoted('Charts of ')}&INDEX({prefix(COMPARE)}{labels},1,FT_OptionNumber)"

    def budget(self) -> str:
        """Say whether the budget is still the one that the odds are about; "" where no gate asks for it."""
        gates, budget = self._layout.gates, self._views.budget
        if budget is None:
            return quoted("")
        now = f"{prefix(GATES_SHEET)}{fixed(gates.rows[budget.gate], gates.columns['evidence figure'])}"
        then, same = self._stamp("budget"), quoted(OF_DRAWS)
        told = f"IF({now}={then},{same},{quoted(BUDGET_CHANGED)})"
        return f"IF({then}={quoted('')},{quoted(NO_BUDGET)},{told})"

    # --- what the add-in gives ---------------------------------------------------------------------------------

    def live_mark(self, row: int) -> str:
        """Say whether the add-in's figure is the stamped one; it draws as the command does when told nothing else."""
        live, stamped = fixed(row, LIVE_CELL), fixed(row, STAMPED_CELL)
        same = f"IF(ABS({live}-{stamped})<={self._tolerance},{quoted(AGREES)},{quoted(OTHER_DRAWS)})"
        return f"IF(AND(ISNUMBER({live}),ISNUMBER({stamped})),{same},{quoted(NOT_APPLICABLE)})"

    # --- what the charts show ------------------------------------------------------------------------------

    def figure(self, name: str) -> str:
        """A figure of the option shown, or nothing."""
        found = self._shown(name)
        return f"IF({found}={quoted('')},{quoted('')},{found})"

    def edge(self, measure: str, row: int, column: int) -> str:
        """An edge of a histogram: the first one, or the one above and the width."""
        if row == self._risk.edges[0]:
            return self.figure(f"{measure}.from")
        above = f"{letters(column)}{row}"
        return f"IF({above}={quoted('')},{quoted('')},{above}+{self._shown(f'{measure}.width')})"

    def beyond(self, measure: str, row: int, column: int) -> str:
        """The share of draws above an edge: the one before, less what lies between."""
        if row == self._risk.edges[0]:
            below = self._shown(f"{measure}.below")
            return f"IF({below}={quoted('')},{quoted('')},1-{below})"
        above, share = f"{letters(column)}{row}", f"{letters(column - 1)}{row}"
        return f"IF({above}={quoted('')},{quoted('')},{above}-{share})"

    def swing_label(self, name: str) -> str:
        """The label of the assumption that a swing is about."""
        sheet = self._layout.assumptions
        rows = sheet.rows.values()
        names, labels = (
            f"{prefix(ASSUMPTIONS)}{fixed_range(min(rows), column, max(rows), column)}"
            for column in (sheet.columns["name"], sheet.columns["label"])
        )
        found = self._shown(name)
        return f"IF({found}={quoted('')},{quoted('')},IFERROR(INDEX({labels},MATCH({found},{names},0)),{found}))"

    # --- cells ---------------------------------------------------------------------------------------------

    def _stamp(self, name: str) -> str:
        return stamp_cell(self._risk, name)

    def _shown(self, name: str) -> str:
        return across(self._risk, name, "FT_OptionNumber")

    def _setting(self, key: str) -> str:
        sheet = self._layout.assumptions
        return f"{prefix(ASSUMPTIONS)}{fixed(sheet.settings[key], sheet.setting_column)}"

    def currency(self) -> str:
        """The plan's currency."""
        return self._setting("currency")

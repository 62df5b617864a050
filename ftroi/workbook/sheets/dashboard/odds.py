"""Writing how sure the verdict is, below what would have to be true: the odds, and the range from P10 to P90."""

from __future__ import annotations

from ftroi.analysis.risk.freshness import state_of
from ftroi.plan.simulated import FRESH, NOT_SIMULATED
from ftroi.termsheet.simulated_names import BEATS_REFERENCE, measure_words
from ftroi.workbook.context import Book, link_to
from ftroi.workbook.layout.dashboard import BREAK_EVEN_FAR, BREAK_EVEN_NAME, BREAK_EVEN_TODAY, SCREEN_END
from ftroi.workbook.layout.workbook import DASHBOARD
from ftroi.workbook.references.compare import THOUSAND, unit_formula
from ftroi.workbook.references.simulation import across, state_cell
from ftroi.workbook.schema import RISK_SHEET
from ftroi.workbook.xlsx.addresses import prefix, quoted

_LABEL, _NONE = "Odds that it beats the baseline", "–"
_UNKNOWN, _STALE = "not simulated yet", "stale: simulate again"
_FORMAT = '"#,##0,;(#,##0,);0"'


def write_odds(book: Book) -> None:
    """Write the row about the candidate, with a link to the sheet Risk; without fresh figures it says so."""
    _Odds(book).write()


class _Odds:
    """The row in the making."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._cells = book.sheet(DASHBOARD)
        self._style = book.styles.of
        self._state = state_of(book.plan)
        gain = book.layout.risk.names.gain
        self._ends = f"{gain}.p10", f"{gain}.p90"
        self._range = f"{measure_words(book.plan.template)[gain]}, P10 to P90: "

    def write(self) -> None:
        self._cells.write_url(
            SCREEN_END, BREAK_EVEN_NAME, link_to(RISK_SHEET), self._style("small jump"), f"{_LABEL} ›"
        )
        odds = self._figure(BEATS_REFERENCE)
        shown = f"IF(AND({self._is_fresh},ISNUMBER({odds})),{odds},{quoted(_NONE)})"
        number = self._style("small link", "percent")
        self._cells.write_formula(SCREEN_END, BREAK_EVEN_TODAY, shown, number, self._odds())
        style = self._style("small indented")
        self._cells.write_formula(SCREEN_END, BREAK_EVEN_FAR, self._told(), style, self._told_text())

    def _told(self) -> str:
        low, high = (f"TEXT({self._figure(name)},{_FORMAT})" for name in self._ends)
        fresh = f'{quoted(self._range)}&{low}&" to "&{high}&" "&{unit_formula(self._book.layout, "money")}'
        state = state_cell(self._book.layout.risk, prefix(RISK_SHEET))
        rest = f"IF({state}={quoted(NOT_SIMULATED)},{quoted(_UNKNOWN)},{quoted(_STALE)})"
        return f"IF({self._is_fresh},{fresh},{rest})"

    @property
    def _is_fresh(self) -> str:
        return f"{state_cell(self._book.layout.risk, prefix(RISK_SHEET))}={quoted(FRESH)}"

    def _figure(self, name: str) -> str:
        return across(self._book.layout.risk, name, "FT_CandidateNumber", prefix(RISK_SHEET))

    # --- what the formulas show ----------------------------------------------------------------------------

    def _odds(self) -> float | str:
        found = self._number(BEATS_REFERENCE)
        return _NONE if found is None else found

    def _told_text(self) -> str:
        low, high = map(self._number, self._ends)
        if low is None or high is None:
            return _UNKNOWN if self._state == NOT_SIMULATED else _STALE
        return f"{self._range}{_thousands(low)} to {_thousands(high)} {self._book.plan.settings.currency}{THOUSAND}"

    def _number(self, name: str) -> float | None:
        """A fresh figure of the candidate."""
        simulated = self._book.plan.simulated
        if simulated is None or self._state != FRESH:
            return None
        return simulated.number(name, self._book.plan.settings.candidate)


def _thousands(amount: float) -> str:
    shown = f"{abs(amount) / 1000:,.0f}"
    return f"({shown})" if amount < 0 else shown

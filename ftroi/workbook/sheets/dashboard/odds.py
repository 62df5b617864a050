"""Writing how sure the verdict is: ranges and odds above the cards, and again below what would have to be true."""

from __future__ import annotations

from ftroi.analysis.risk.freshness import state_of
from ftroi.language.function_bodies import rounded
from ftroi.plan.simulated import FRESH, NOT_SIMULATED
from ftroi.termsheet.simulated_names import BEATS_REFERENCE, measure_names_in_sentences
from ftroi.workbook.context import Book, link_to
from ftroi.workbook.layout.dashboard import (
    BREAK_EVEN_FAR,
    BREAK_EVEN_NAME,
    BREAK_EVEN_TODAY,
    LABEL,
    ODDS_ROW,
    SURE_ROW,
)
from ftroi.workbook.layout.workbook import DASHBOARD
from ftroi.workbook.references.compare import currency_cell
from ftroi.workbook.references.simulation import across, stamp_cell, state_cell
from ftroi.workbook.schema import RISK_SHEET
from ftroi.workbook.xlsx.addresses import prefix, quoted

_LABEL, _NONE = "Odds that it beats the baseline", "–"
_UNKNOWN, _STALE = "not simulated yet", "stale: simulate again"
_HEAD, _SCALE, _OF, _FUTURES = "How sure, in ", " thousand: ", " of ", " futures"
_HOW = "How sure: not simulated; close the workbook and run 'ftroi simulate FILE --write', or load the add-in (Risk ›)"
_AGAIN = "How sure: inputs have changed since; close the workbook and run 'ftroi simulate FILE --write' again (Risk ›)"
THOUSANDS = 1000
_PARTS = ("p10", "p50", "p90")
_NOT = (" thousand, not ", " thousand")
_FORMAT = '"#,##0,;(#,##0,);0"'


def write_odds(book: Book) -> None:
    """Write both rows about the proposed option, with links to the sheet Risk; without fresh figures they say so."""
    _Odds(book).write()
    _Sure(book).write()


class _Odds:
    """The row in the making."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._cells = book.sheet(DASHBOARD)
        self._style = book.styles.of
        self._state = state_of(book.plan)
        gain = book.layout.risk.names.gain
        self._ends = f"{gain}.p10", f"{gain}.p90"
        self._range = f"{measure_names_in_sentences(book.plan.template)[gain]}, P10 to P90: "

    def write(self) -> None:
        self._cells.write_url(ODDS_ROW, BREAK_EVEN_NAME, link_to(RISK_SHEET), self._style("small jump"), f"{_LABEL} ›")
        odds = self._figure(BEATS_REFERENCE)
        shown = f"IF(AND({self._is_fresh},ISNUMBER({odds})),{odds},{quoted(_NONE)})"
        number = self._style("small link", "percent")
        self._cells.write_formula(ODDS_ROW, BREAK_EVEN_TODAY, shown, number, self._odds())
        style = self._style("small indented")
        self._cells.write_formula(ODDS_ROW, BREAK_EVEN_FAR, self._told(), style, self._told_text())

    def _told(self) -> str:
        low, high = (f"TEXT({self._figure(name)},{_FORMAT})" for name in self._ends)
        fresh = f'{quoted(self._range)}&{low}&" to "&{high}&" "&{currency_cell(self._book.layout)}&" k"'
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
        return f"{self._range}{_thousands(low)} to {_thousands(high)} {self._book.plan.settings.currency} k"

    def _number(self, name: str) -> float | None:
        """A fresh figure of the candidate."""
        simulated = self._book.plan.simulated
        if simulated is None or self._state != FRESH:
            return None
        return simulated.number(name, self._book.plan.settings.candidate)


class _Sure(_Odds):
    """One line above the cards: P10, P50 and P90 of cost and net measure, the odds, and where the base lies."""

    def __init__(self, book: Book) -> None:
        super().__init__(book)
        names = book.layout.risk.names
        self._measures = measure_names_in_sentences(book.plan.template)
        self._gain = names.gain

    def write(self) -> None:
        style = self._style("sure")
        self._cells.write_formula(SURE_ROW, LABEL, self._line(), style, self._line_text())
        self._cells.add_link(SURE_ROW, LABEL, link_to(RISK_SHEET), "Ranges and odds in full, on Risk")

    def _line(self) -> str:
        currency = currency_cell(self._book.layout)
        ranges = []
        for measure, word in self._measures.items():
            low, middle, high = (f"TEXT({self._figure(f'{measure}.{part}')},{_FORMAT})" for part in _PARTS)
            ranges.append(f'{quoted(f"{word} P10 ")}&{low}&", P50 "&{middle}&", P90 "&{high}&"; "')
        odds = f'"beats the baseline in "&TEXT(ROUND({self._figure(BEATS_REFERENCE)},2),"0%")&{quoted(_OF)}'
        draws = f'TEXT({stamp_cell(self._book.layout.risk, "draws", prefix(RISK_SHEET))},"#,##0")&{quoted(_FUTURES)}'
        head = f"{quoted(_HEAD)}&{currency}&{quoted(_SCALE)}"
        fresh = f"{head}&{'&'.join(ranges)}&{odds}&{draws}&{self._aside()}"
        state = state_cell(self._book.layout.risk, prefix(RISK_SHEET))
        rest = f"IF({state}={quoted(NOT_SIMULATED)},{quoted(_HOW)},{quoted(_AGAIN)})"
        return f"IF({self._is_fresh},{fresh},{rest})"

    def _aside(self) -> str:
        """Say what to expect where the base case of the net measure is not near the middle."""
        base, mean, low, high = (self._figure(f"{self._gain}.{part}") for part in ("base", "mean", "p25", "p75"))
        amounts = (f"TEXT({one},{_FORMAT})" for one in (mean, base))
        currency = currency_cell(self._book.layout)
        expect, instead = (
            f'{amount}&" "&{currency}&{quoted(rest)}' for amount, rest in zip(amounts, _NOT, strict=True)
        )
        told = f"{quoted(f'; expect {self._measures[self._gain]} ')}&{expect}&{instead}"
        return f'IF(OR({base}<{low},{base}>{high}),{told},"")'

    def _line_text(self) -> str:
        if self._state != FRESH or self._number(BEATS_REFERENCE) is None:
            return _HOW if self._state == NOT_SIMULATED else _AGAIN
        currency, parts = self._book.plan.settings.currency, []
        for measure, word in self._measures.items():
            low, middle, high = (_thousands(self._number(f"{measure}.{part}") or 0) for part in _PARTS)
            parts.append(f"{word} P10 {low}, P50 {middle}, P90 {high}; ")
        simulated = self._book.plan.simulated
        draws = simulated.stamp.draws if simulated else 0
        share = float(rounded(self._number(BEATS_REFERENCE) or 0.0, 2))
        odds = f"beats the baseline in {share:.0%}{_OF}{draws:,}{_FUTURES}"
        return f"{_HEAD}{currency}{_SCALE}{''.join(parts)}{odds}{self._aside_text()}"

    def _aside_text(self) -> str:
        base, mean, low, high = (self._number(f"{self._gain}.{part}") or 0 for part in ("base", "mean", "p25", "p75"))
        if low <= base <= high:
            return ""
        expect, instead = (
            f"{_thousands(one)} {self._book.plan.settings.currency}{rest}"
            for one, rest in zip((mean, base), _NOT, strict=True)
        )
        return f"; expect {self._measures[self._gain]} {expect}{instead}"


def _thousands(amount: float) -> str:
    shown = f"{float(rounded(abs(amount) / THOUSANDS, 0)):,.0f}"
    return f"({shown})" if amount < 0 else shown

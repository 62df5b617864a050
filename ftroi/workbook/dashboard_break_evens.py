"""Writing what would have to be true: break-evens that native figures give, today's value, and how far it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ftroi.workbook.book import Book
from ftroi.workbook.dashboard_layout import (
    BREAK_EVEN_AT,
    BREAK_EVEN_FAR,
    BREAK_EVEN_NAME,
    BREAK_EVEN_TODAY,
    GATE_COLUMNS,
    TABLE_ROW,
)
from ftroi.workbook.figures import of_option
from ftroi.workbook.grid import fixed
from ftroi.workbook.layout import DASHBOARD

CANDIDATE, REFERENCE = "FT_CandidateNumber", "FT_ReferenceNumber"
_FORMATS = {"percent": ('"0.0%"', 3), "multiple": ('"0.00×"', 2)}


@dataclass(frozen=True, slots=True)
class BreakEven:
    """One row: what must hold, the figure today and at break-even, whose they are, and on which side today has to be.

    ``today`` and ``at`` name figures on Compare, or an assumption of the plan; ``of`` is the name of an option's
    position.
    """

    label: str
    today: str
    at: str
    of: str
    is_below: bool
    number: str = "percent"


BREAK_EVENS = (
    BreakEven("Abandonment stays below", "abandonment_rate", "abandonment_break_even", CANDIDATE, is_below=True),
    BreakEven("Quality lead over the reference exceeds", "quality_lead", "break_even_lead", CANDIDATE, is_below=False),
    BreakEven("Reference's value share stays below", "value_share", "break_even_value_share", REFERENCE, is_below=True),
    BreakEven("Reference's cost share stays above", "cost_share", "break_even_cost_share", REFERENCE, is_below=False),
    BreakEven("Value over cost exceeds the 85/20 hurdle", "benefit_to_cost", "claim_hurdle", CANDIDATE,
              is_below=False, number="multiple"),
)  # fmt: skip
"""What would have to be true for the candidate, as far as cells can tell without the engine."""


def write_break_evens(book: Book) -> None:
    """Write the rows whose figures the template has."""
    cells, style = book.sheet(DASHBOARD), book.styles.of
    headers = {
        BREAK_EVEN_NAME: "What would have to be true", BREAK_EVEN_TODAY: "Today", BREAK_EVEN_AT: "Break-even",
        BREAK_EVEN_FAR: "How far",
    }  # fmt: skip
    for column in range(GATE_COLUMNS[0][0]):
        is_number = column in (BREAK_EVEN_TODAY, BREAK_EVEN_AT)
        role = "small header number" if is_number else "small header indented" if column else "small header"
        cells.write_text(TABLE_ROW, column, headers.get(column, ""), style(role))
    for row, one in enumerate(_known(book), start=TABLE_ROW + 1):
        _Row(book, one, row).write()


def _known(book: Book) -> Iterator[BreakEven]:
    """Go through the rows that the template has the figures of."""
    scalars, assumptions = book.layout.compare.scalars, book.plan.template.assumptions
    return (one for one in BREAK_EVENS if one.at in scalars and (one.today in scalars or one.today in assumptions))


class _Row:
    """A row in the making."""

    def __init__(self, book: Book, one: BreakEven, row: int) -> None:
        self._book, self._one, self._row = book, one, row
        settings = book.plan.settings
        self._option = settings.candidate if one.of == CANDIDATE else settings.reference

    def write(self) -> None:
        cells, style, row = self._book.sheet(DASHBOARD), self._book.styles.of, self._row
        today, at = self._value(self._one.today), self._value(self._one.at)
        number = style("small link", self._one.number)
        cells.write_string(row, BREAK_EVEN_NAME, self._one.label, style("small"))
        cells.write_formula(row, BREAK_EVEN_TODAY, self._formula(self._one.today), number, today)
        at_cell = self._formula(self._one.at)
        shown = f'IF(ISNUMBER({at_cell}),{at_cell},"none")'
        cells.write_formula(row, BREAK_EVEN_AT, shown, number, "none" if isinstance(at, str) else at)
        cells.write_formula(row, BREAK_EVEN_FAR, self._far(at_cell), style("small indented"), self._far_text(today, at))

    def _formula(self, name: str) -> str:
        scalars = self._book.layout.compare.scalars
        return of_option(self._book.layout, scalars[name], self._one.of) if name in scalars else name

    def _value(self, name: str) -> float | str:
        cached = self._book.cached
        return (
            cached.scalar(name, self._option)
            if name in self._book.plan.template.lines
            else cached.number(name, self._option)
        )

    def _far(self, at_cell: str) -> str:
        """Say whether it holds, and by how much; where there is no break-even, why."""
        today, at = fixed(self._row, BREAK_EVEN_TODAY), fixed(self._row, BREAK_EVEN_AT)
        text, places = _FORMATS[self._one.number]
        room = f"{at}-{today}" if self._one.is_below else f"{today}-{at}"
        by = f"TEXT(ROUND(ABS({room}),{places}),{text})"
        says = f'IF({room}>=0,"✓ holds by ","✗ misses by ")&{by}'
        both = f"AND(ISNUMBER({today}),ISNUMBER({at}))"
        return f"IF({both},{says},IF(ISNUMBER({at}),{today},{at_cell}))"

    def _far_text(self, today: float | str, at: float | str) -> str:
        if isinstance(at, str):
            return at
        if isinstance(today, str):
            return today
        room = at - today if self._one.is_below else today - at
        by = f"{abs(room):.1%}" if self._one.number == "percent" else f"{abs(room):.2f}×"
        return ("✓ holds by " if room >= 0 else "✗ misses by ") + by

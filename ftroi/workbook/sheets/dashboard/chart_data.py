"""Writing what the Dashboard's charts are drawn from, below its tables: every figure a native formula.

The waterfall and the months follow the option shown; the months hold their last figure beyond the
horizon, so that lines end there. The rows of shares follow reference and candidate.
"""

from __future__ import annotations

from itertools import accumulate

from ftroi.termsheet.totals import BENEFITS, COSTS
from ftroi.termsheet.views import SharesTable
from ftroi.workbook.cached_values import stored
from ftroi.workbook.context import Book
from ftroi.workbook.layout.dashboard import (
    CLAIM,
    LABEL,
    LINE_FROM,
    LINE_TO,
    MONTH_DIFFERENCE,
    MONTH_REFERENCE,
    MONTH_SHOWN,
    MONTH_X,
    SHARE_X,
    SHARE_Y,
    SHOWN,
)
from ftroi.workbook.layout.option import FIRST_MONTH, MONTHS
from ftroi.workbook.layout.workbook import COMPARE
from ftroi.workbook.references.compare import of_option
from ftroi.workbook.sheets.dashboard.step_data import BASELINE, OPTION, PROPOSED, Bridge, ChartTable, Stacks, Steps
from ftroi.workbook.xlsx.addresses import fixed, fixed_range, prefix

_POINT = "Point"
_MONTH_HEADERS = {LABEL: _POINT, MONTH_X: "Month", MONTH_SHOWN: "Option shown", MONTH_REFERENCE: "Baseline"}


def write_chart_data(book: Book) -> None:
    """Write the tables of the charts that the template has."""
    charts = book.plan.template.views.charts
    if charts.steps:
        Steps(book, charts.steps).write()
    if charts.bridge:
        Bridge(book, charts.bridge).write()
    Stacks(book).write()
    (_Shares(book, charts.shares) if charts.shares else _Points(book)).write()
    _Months(book).write()


def line_start(book: Book, shares: SharesTable) -> tuple[float, float]:
    """Where the line of break-even with the candidate begins: shares of its cost and value, none below 0."""
    found = book.cached.scalar(shares.ratio, book.plan.settings.candidate)
    ratio = found if isinstance(found, float) and found > 0 else 1.0
    return max(0.0, 1 - ratio), max(0.0, 1 - 1 / ratio)


class _Points(ChartTable):
    """What the chart of shares calls every option: its short label; colours tell the part that it plays."""

    def write(self) -> None:
        self._head(min(self._layout.shares.values()), *self._titles())
        for option in self._plan.settings.options:
            self._option(option, self._layout.shares[option])

    def _titles(self) -> tuple[str, dict[int, str]]:
        return "Chart data: every option", {LABEL: _POINT}

    def _option(self, option: str, row: int) -> None:
        label = f"{prefix(COMPARE)}{fixed(self._compare.labels, self._compare.column(option))}"
        self._formula(row, LABEL, label, self._template.options[option].short, "link", "general")


class _Shares(_Points):
    """Shares of value and cost of every option, the claim, and the line of break-even with the candidate."""

    def __init__(self, book: Book, shares: SharesTable) -> None:
        super().__init__(book)
        self._shares = shares

    def write(self) -> None:
        super().write()
        rows = self._layout.shares
        self._claim(rows[CLAIM])
        self._line(rows[LINE_FROM], rows[LINE_TO])

    def _titles(self) -> tuple[str, dict[int, str]]:
        lines = self._template.lines
        headers = {SHARE_X: lines[self._shares.cost].label, SHARE_Y: lines[self._shares.value].label}
        return f"Chart data: {self._shares.title}", {LABEL: _POINT, **headers}

    def _option(self, option: str, row: int) -> None:
        super()._option(option, row)
        column = self._compare.column(option)
        for place, name in ((SHARE_X, self._shares.cost), (SHARE_Y, self._shares.value)):
            cell = f"{prefix(COMPARE)}{fixed(self._compare.scalars[name], column)}"
            value = self._book.cached.scalar(name, option)
            formula = f"IF(ISNUMBER({cell}),{cell},0)"
            self._formula(row, place, formula, value if isinstance(value, float) else 0, "link right", "percent")

    def _claim(self, row: int) -> None:
        shares = {SHARE_X: self._shares.claimed_cost, SHARE_Y: self._shares.claimed_value}
        x, y = (self._book.cached.number(name, self._plan.settings.option) for name in shares.values())
        value, cost = (f'TEXT(ROUND({name},2),"0%")' for name in (shares[SHARE_Y], shares[SHARE_X]))
        named = f'"Claim: "&{value}&" of value at "&{cost}&" of cost"'
        self._formula(row, LABEL, named, f"Claim: {y:.0%} of value at {x:.0%} of cost", "calculated", "general")
        for (place, name), share in zip(shares.items(), (x, y), strict=True):
            self._formula(row, place, name, share, "link right", "percent")

    def _line(self, first: int, last: int) -> None:
        """Write the ends of the line on which an option is worth as much as the candidate, from the left edge."""
        over = of_option(self._book.layout, self._compare.scalars[self._shares.ratio], PROPOSED)
        x, y = line_start(self._book, self._shares)
        text = "As good as the proposed option; better above the line"
        self._cells.write_string(first, LABEL, text, self._style("text"))
        self._cells.write_string(last, LABEL, "Its other end, the proposed option", self._style("text"))
        ends = {SHARE_X: (f"1-{over}", x), SHARE_Y: (f"1-1/{over}", y)}
        for place, (formula, value) in ends.items():
            shown = f"IF(ISNUMBER({over}),IF({over}>0,MAX(0,{formula}),0),0)"
            self._formula(first, place, shown, stored(value), "link right", "percent")
            self._cells.write_number(last, place, 1, self._style("calculated right", "percent"))


class _Months(ChartTable):
    """Value less cost, cumulated by month, of the option shown and the baseline; and the payback's point."""

    def write(self) -> None:
        rows, charts = self._layout.months, self._template.views.charts
        self._head(self._layout.payback, f"Chart data: {charts.months}", _MONTH_HEADERS)
        settings = self._plan.settings
        header = self._layout.payback - 1
        self._named(header, MONTH_SHOWN, (OPTION, settings.option), " (shown)")
        self._named(header, MONTH_REFERENCE, (BASELINE, settings.reference), " (baseline)")
        self._named(header, MONTH_DIFFERENCE, (OPTION, settings.option), " less the baseline")
        shown, reference = (self._cumulated(option) for option in (settings.option, settings.reference))
        for month, row in enumerate(rows):
            self._month(month, row, (shown[month], reference[month]))
        if charts.payback:
            self._payback(shown, charts.payback)

    def _cumulated(self, option: str) -> list[float]:
        results = self._book.cached.results
        net = results.row(BENEFITS, option) - results.row(COSTS, option)
        return [stored(value) for value in accumulate(net.tolist(), initial=0.0)]

    def _month(self, month: int, row: int, values: tuple[float, float]) -> None:
        self._cells.write_number(row, LABEL, month, self._style("grey left"))
        x = f"MIN({fixed(row, LABEL)},{self._template.views.roles.horizon})"
        self._formula(row, MONTH_X, x, min(month, self._plan.horizon), "calculated", "whole")
        for column, position, value in zip((MONTH_SHOWN, MONTH_REFERENCE), (OPTION, BASELINE), values, strict=True):
            formula = f"{fixed(row - 1, column)}+{self._net(month, position)}" if month else "0"
            self._formula(row, column, formula, value, "link right", "thousands")
        difference = f"{fixed(row, MONTH_SHOWN)}-{fixed(row, MONTH_REFERENCE)}"
        self._formula(row, MONTH_DIFFERENCE, difference, values[0] - values[1], "calculated", "thousands")

    def _net(self, month: int, position: str) -> str:
        column = FIRST_MONTH + month - 1
        value, cost = (
            f"INDEX({prefix(COMPARE)}{fixed_range(rows[0], column, rows[-1], column)},{position})"
            for rows in (self._compare.block(BENEFITS), self._compare.block(COSTS))
        )
        return f"{value}-{cost}"

    def _payback(self, shown: list[float], measure: str) -> None:
        """Write where both lines meet for good; without a payback the start, or left of the chart if it never comes."""
        headlines = self._layout.headlines
        of_compare = of_option(self._book.layout, self._compare.scalars[measure], OPTION)
        cell = fixed(headlines[measure], SHOWN) if measure in headlines else of_compare
        never = f'IF(LEFT({cell},LEN("never"))="never",-{self._template.views.roles.horizon},0)'
        row, x = self._layout.payback, fixed(self._layout.payback, MONTH_X)
        months, text = self._months(), self._book.cached.scalar(measure, self._plan.settings.option)
        at = self._at(text)
        short = f'LEFT({cell},FIND(";",{cell}&";")-1)'
        named = f'"Payback: "&IF(ISNUMBER({cell}),TEXT(ROUND({cell},1),"0.0")&" months",{short})'
        told = text.split(";")[0] if isinstance(text, str) else f"{text:.1f} months"
        self._formula(row, LABEL, named, f"Payback: {told}", "calculated", "general")
        self._formula(row, MONTH_X, f"IF(ISNUMBER({cell}),{cell},{never})", at, "calculated", "months")
        here, after = (f"INDEX({months},{k})" for k in (f"INT({x})+1", f"MIN(INT({x})+1+1,ROWS({months}))"))
        value = 0.0 if at < 0 else shown[int(at)] + (at - int(at)) * (shown[min(int(at) + 1, MONTHS)] - shown[int(at)])
        height = f"IF({x}<0,0,{here}+({x}-INT({x}))*({after}-{here}))"
        self._formula(row, MONTH_SHOWN, height, stored(value), "calculated", "thousands")
        self._cells.write_number(row, MONTH_DIFFERENCE, 0, self._style("calculated", "thousands"))

    def _at(self, text: float | str) -> float:
        if isinstance(text, float):
            return text
        return -float(self._plan.horizon) if text.startswith("never") else 0.0

    def _months(self) -> str:
        rows = self._layout.months
        return fixed_range(rows[0], MONTH_SHOWN, rows[-1], MONTH_SHOWN)

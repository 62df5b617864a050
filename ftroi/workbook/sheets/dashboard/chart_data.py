"""Writing what the Dashboard's charts are drawn from, below its tables: every figure a native formula.

The waterfall and the months follow the option shown; the months hold their last figure beyond the
horizon, so that lines end there. The rows of shares follow reference and candidate.
"""

from __future__ import annotations

from itertools import accumulate

from ftroi.workbook.cached_values import rounded
from ftroi.workbook.context import Book
from ftroi.workbook.layout.dashboard import (
    CLAIM,
    LABEL,
    LINE_FROM,
    LINE_TO,
    MONTH_REFERENCE,
    MONTH_SHOWN,
    MONTH_X,
    SHARE_X,
    SHARE_Y,
    SHOWN,
    SPRINT,
    STEP_AMOUNT,
    STEP_BASE,
    STEP_ENDS,
    STEP_HIDDEN,
    STEP_TO,
    STEP_VISIBLE,
    TCO,
)
from ftroi.workbook.layout.option import FIRST_MONTH, MONTHS
from ftroi.workbook.layout.workbook import COMPARE, DASHBOARD
from ftroi.workbook.references.compare import of_option
from ftroi.workbook.sheets.dashboard.tables import role_of, write_head
from ftroi.workbook.xlsx.addresses import fixed, fixed_range, prefix

_OPTION, _REFERENCE, _CANDIDATE = "FT_OptionNumber", "FT_ReferenceNumber", "FT_CandidateNumber"
_STEP_HEADERS = {
    LABEL: "Step", STEP_AMOUNT: "Adds", STEP_TO: "Up to", STEP_BASE: "Base", STEP_ENDS: "Sprint and lifetime",
    STEP_VISIBLE: "Visible, after the build", STEP_HIDDEN: "Hidden",
}  # fmt: skip
_SHARE_HEADERS = {LABEL: "Point", SHARE_X: "Share of the candidate's cost", SHARE_Y: "Share of the candidate's value"}
_MONTH_HEADERS = {LABEL: "Point", MONTH_X: "Month", MONTH_SHOWN: "Option shown", MONTH_REFERENCE: "Reference"}
_HEADER_HEIGHT = 36


def write_chart_data(book: Book) -> None:
    """Write the three tables."""
    _Steps(book).write()
    _Shares(book).write()
    _Months(book).write()


def line_start(book: Book) -> tuple[float, float]:
    """Give where the line of break-even with the candidate begins: shares of its cost and value, none below 0."""
    found = book.cached.scalar("benefit_to_cost", book.plan.settings.candidate)
    ratio = found if isinstance(found, float) and found > 0 else 1.0
    return max(0.0, 1 - ratio), max(0.0, 1 - 1 / ratio)


class _Table:
    """What the tables share."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._plan, self._template = book.plan, book.plan.template
        self._layout, self._compare = book.layout.dashboard, book.layout.compare
        self._cells = book.sheet(DASHBOARD)
        self._style = book.styles.of

    def _head(self, first: int, title: str, headers: dict[int, str]) -> None:
        write_head(self._book, first, title, headers)
        self._cells.set_row_pixels(first - 1, _HEADER_HEIGHT)

    def _named(self, row: int, column: int, whose: tuple[str, str], rest: str) -> None:
        """Write a header that names the option at a position, for the charts' legends."""
        position, option = whose
        formula = f'{of_option(self._book.layout, self._compare.labels, position)}&"{rest}"'
        self._formula(row, column, formula, f"{self._template.options[option].short}{rest}", "header link", "general")

    def _formula(self, row: int, column: int, formula: str, value: float | str, role: str, number: str) -> None:
        self._cells.write_formula(row, column, formula, self._style(role, number), value)


class _Steps(_Table):
    """From the sprint budget to the lifetime cost: visible categories after the build, then the hidden ones."""

    def write(self) -> None:
        rows = self._layout.steps
        self._head(rows[SPRINT], "Chart data: sprint budget to lifetime cost", _STEP_HEADERS)
        shown = (_OPTION, self._plan.settings.option)
        self._named(rows[SPRINT] - 1, STEP_ENDS, shown, ": sprint budget and lifetime cost")
        amounts = self._amounts()
        for name, row in rows.items():
            self._label(name, row)
            self._amount(name, row, amounts[name])
        ends = list(accumulate(amounts[name] for name in rows if name != TCO))
        for (name, row), end in zip(rows.items(), [*ends, amounts[TCO]], strict=True):
            self._series(name, row, amounts[name], end)

    def _label(self, name: str, row: int) -> None:
        if name in self._template.categories:
            table = self._template.categories[name]
            text = table.short or table.label
        else:
            text = self._template.lines[name].label
        self._cells.write_string(row, LABEL, text, self._style("text"))

    def _amounts(self) -> dict[str, float]:
        """Give what every step adds; the last one is the lifetime cost itself."""
        results, option = self._book.cached.results, self._plan.settings.option
        flags = results.row("build_flag", option)
        amounts = {SPRINT: results.number(SPRINT, option), TCO: results.number(TCO, option)}
        for name in self._template.cost_categories:
            costs = results.row(name.replace(".", "_"), option)
            amounts[name] = float((costs * (1 - flags)).sum() if name in self._compare.sprint else costs.sum())
        return {name: rounded(value) for name, value in amounts.items()}

    def _amount(self, name: str, row: int, value: float) -> None:
        if name in (SPRINT, TCO):
            formula = of_option(self._book.layout, self._compare.scalars[name], _OPTION)
        else:
            formula = of_option(self._book.layout, self._compare.totals[name], _OPTION)
            if name in self._compare.sprint:
                formula += f"-{of_option(self._book.layout, self._compare.sprint[name], _OPTION)}"
        self._formula(row, STEP_AMOUNT, formula, value, "link right", "thousands")

    def _series(self, name: str, row: int, amount: float, end: float) -> None:
        """Write where the step ends, and the height of its invisible base and of its visible part."""
        own, to = fixed(row, STEP_AMOUNT), fixed(row, STEP_TO)
        is_end = name in (SPRINT, TCO)
        before = fixed(row - 1, STEP_TO)
        column = STEP_ENDS if is_end else STEP_VISIBLE if name in self._compare.sprint else STEP_HIDDEN
        formulas: dict[int, tuple[str, float]] = {
            STEP_TO: (own if is_end else f"{before}+{own}", end),
            STEP_BASE: (
                "0" if is_end else f"MAX(0,MIN({before},{to}))",
                0 if is_end else max(0, min(end - amount, end)),
            ),
            **dict.fromkeys((STEP_ENDS, STEP_VISIBLE, STEP_HIDDEN), ("0", 0.0)),
            column: (own if is_end else f"ABS({own})", amount if is_end else abs(amount)),
        }
        for place, (formula, value) in formulas.items():
            self._formula(row, place, formula, rounded(value), "calculated", "thousands")


class _Shares(_Table):
    """Shares of value and cost of every option, the claim, and the line of break-even with the candidate."""

    def write(self) -> None:
        rows = self._layout.shares
        self._head(min(rows.values()), "Chart data: shares of the candidate's value and cost", _SHARE_HEADERS)
        for option in self._plan.settings.options:
            self._option(option, rows[option])
        self._claim(rows[CLAIM])
        self._line(rows[LINE_FROM], rows[LINE_TO])

    def _option(self, option: str, row: int) -> None:
        short, role = self._template.options[option].short, role_of(self._book, option)
        column = self._compare.column(option)
        part = f"{prefix(COMPARE)}{fixed(self._compare.roles, column)}"
        label = f"{prefix(COMPARE)}{fixed(self._compare.labels, column)}"
        named = f'{label}&IF({part}="","",", "&{part})'
        self._formula(row, LABEL, named, f"{short}, {role}" if role else short, "link", "general")
        for place, name in ((SHARE_X, "cost_share"), (SHARE_Y, "value_share")):
            cell = f"{prefix(COMPARE)}{fixed(self._compare.scalars[name], column)}"
            value = self._book.cached.scalar(name, option)
            formula = f"IF(ISNUMBER({cell}),{cell},0)"
            self._formula(row, place, formula, value if isinstance(value, float) else 0, "link right", "percent")

    def _claim(self, row: int) -> None:
        shares = {SHARE_X: "claimed_cost_share", SHARE_Y: "claimed_value_share"}
        x, y = (self._book.cached.number(name, self._plan.settings.option) for name in shares.values())
        value, cost = (f'TEXT(ROUND({name},2),"0%")' for name in ("claimed_value_share", "claimed_cost_share"))
        named = f'"Claim: "&{value}&" of value at "&{cost}&" of cost"'
        self._formula(row, LABEL, named, f"Claim: {y:.0%} of value at {x:.0%} of cost", "calculated", "general")
        for (place, name), share in zip(shares.items(), (x, y), strict=True):
            self._formula(row, place, name, share, "link right", "percent")

    def _line(self, first: int, last: int) -> None:
        """Write the ends of the line on which an option is worth as much as the candidate, from the left edge."""
        over = of_option(self._book.layout, self._compare.scalars["benefit_to_cost"], _CANDIDATE)
        x, y = line_start(self._book)
        text = "As good as the candidate; better above the line"
        self._cells.write_string(first, LABEL, text, self._style("text"))
        self._cells.write_string(last, LABEL, "Its other end, the candidate", self._style("text"))
        ends = {SHARE_X: (f"1-{over}", x), SHARE_Y: (f"1-1/{over}", y)}
        for place, (formula, value) in ends.items():
            shown = f"IF(ISNUMBER({over}),IF({over}>0,MAX(0,{formula}),0),0)"
            self._formula(first, place, shown, rounded(value), "link right", "percent")
            self._cells.write_number(last, place, 1, self._style("calculated right", "percent"))


class _Months(_Table):
    """Value less cost, cumulated by month, of the option shown and the reference; and the payback's point."""

    def write(self) -> None:
        rows = self._layout.months
        self._head(self._layout.payback, "Chart data: value less cost, cumulated by month", _MONTH_HEADERS)
        settings = self._plan.settings
        header = self._layout.payback - 1
        self._named(header, MONTH_SHOWN, (_OPTION, settings.option), " (shown)")
        self._named(header, MONTH_REFERENCE, (_REFERENCE, settings.reference), " (reference)")
        shown, reference = (self._cumulated(option) for option in (settings.option, settings.reference))
        for month, row in enumerate(rows):
            self._month(month, row, (shown[month], reference[month]))
        self._payback(shown)

    def _cumulated(self, option: str) -> list[float]:
        results = self._book.cached.results
        net = results.row("benefits", option) - results.row("costs", option)
        return [rounded(value) for value in accumulate(net.tolist(), initial=0.0)]

    def _month(self, month: int, row: int, values: tuple[float, float]) -> None:
        self._cells.write_number(row, LABEL, month, self._style("grey left"))
        x = f"MIN({fixed(row, LABEL)},horizon_months)"
        self._formula(row, MONTH_X, x, min(month, self._plan.horizon), "calculated", "whole")
        for column, position, value in zip((MONTH_SHOWN, MONTH_REFERENCE), (_OPTION, _REFERENCE), values, strict=True):
            formula = f"{fixed(row - 1, column)}+{self._net(month, position)}" if month else "0"
            self._formula(row, column, formula, value, "link right", "thousands")

    def _net(self, month: int, position: str) -> str:
        column = FIRST_MONTH + month - 1
        value, cost = (
            f"INDEX({prefix(COMPARE)}{fixed_range(rows[0], column, rows[-1], column)},{position})"
            for rows in (self._compare.block("benefits"), self._compare.block("costs"))
        )
        return f"{value}-{cost}"

    def _payback(self, shown: list[float]) -> None:
        """Write where both lines meet for good; without a payback the start, or left of the chart if it never comes."""
        cell = fixed(self._layout.headlines["payback_months"], SHOWN)
        never = f'IF(LEFT({cell},LEN("never"))="never",-horizon_months,0)'
        row, x = self._layout.payback, fixed(self._layout.payback, MONTH_X)
        months, text = self._months(), self._book.cached.scalar("payback_months", self._plan.settings.option)
        at = self._at(text)
        short = f'LEFT({cell},FIND(";",{cell}&";")-1)'
        named = f'"Payback: "&IF(ISNUMBER({cell}),TEXT(ROUND({cell},1),"0.0")&" months",{short})'
        told = text.split(";")[0] if isinstance(text, str) else f"{text:.1f} months"
        self._formula(row, LABEL, named, f"Payback: {told}", "calculated", "general")
        self._formula(row, MONTH_X, f"IF(ISNUMBER({cell}),{cell},{never})", at, "calculated", "months")
        here, after = (f"INDEX({months},{k})" for k in (f"INT({x})+1", f"MIN(INT({x})+1+1,ROWS({months}))"))
        value = 0.0 if at < 0 else shown[int(at)] + (at - int(at)) * (shown[min(int(at) + 1, MONTHS)] - shown[int(at)])
        height = f"IF({x}<0,0,{here}+({x}-INT({x}))*({after}-{here}))"
        self._formula(row, MONTH_SHOWN, height, rounded(value), "calculated", "thousands")

    def _at(self, text: float | str) -> float:
        if isinstance(text, float):
            return text
        return -float(self._plan.horizon) if text.startswith("never") else 0.0

    def _months(self) -> str:
        rows = self._layout.months
        return fixed_range(rows[0], MONTH_SHOWN, rows[-1], MONTH_SHOWN)

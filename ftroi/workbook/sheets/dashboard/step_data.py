"""Writing what the Dashboard's charts of costs are drawn from: waterfall, bridge and stacked bars, in the same steps.

The waterfall follows the option shown, the bridge baseline and proposed option; the bars are of every option.
"""

from __future__ import annotations

from itertools import accumulate

import numpy as np

from ftroi.analysis.present_value import present_total
from ftroi.termsheet import flat
from ftroi.termsheet.model import group_of
from ftroi.termsheet.views import BridgeTable, StepsTable
from ftroi.workbook.cached_values import stored
from ftroi.workbook.context import Book
from ftroi.workbook.layout.dashboard import (
    END,
    GAIN_ABOVE,
    GAIN_BELOW,
    LABEL,
    LOSS_ABOVE,
    LOSS_BELOW,
    STACK_FIRST,
    START,
    STEP_AMOUNT,
    STEP_BASE,
    STEP_ENDS,
    STEP_TO,
    VALUE,
)
from ftroi.workbook.layout.workbook import COMPARE, DASHBOARD
from ftroi.workbook.references.compare import of_option
from ftroi.workbook.references.own_costs import OwnCostCells, shown_option
from ftroi.workbook.sheets.dashboard.tables import role_of, write_head
from ftroi.workbook.xlsx.addresses import fixed, prefix, quoted

OPTION, BASELINE, PROPOSED = "FT_OptionNumber", "FT_ReferenceNumber", "FT_CandidateNumber"
"""The names of the positions of the option shown, of the baseline and of the proposed option."""

_STEP_HEADERS = {LABEL: "Step", STEP_AMOUNT: "Adds", STEP_TO: "Up to", STEP_BASE: "Base"}
_BRIDGE_HEADERS = _STEP_HEADERS | {
    STEP_ENDS: "Result", GAIN_ABOVE: "Better", GAIN_BELOW: "Better, below zero", LOSS_ABOVE: "Worse",
    LOSS_BELOW: "Worse, below zero",
}  # fmt: skip
_HEADER_HEIGHT = 36


class ChartTable:
    """What the tables share."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._plan, self._template = book.plan, book.plan.template
        self._layout, self._compare = book.layout.dashboard, book.layout.compare
        self._cells = book.sheet(DASHBOARD)
        self._style = book.styles.of

    def _step_label(self, name: str) -> str:
        """What a step is called: its category, or several together."""
        table = self._template.categories.get(name)
        return name if table is None else table.short or table.label

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


class Steps(ChartTable):
    """The waterfall: its first measure, what each category adds to it, and the measure of cost that they come to."""

    def __init__(self, book: Book, steps: StepsTable) -> None:
        super().__init__(book)
        self._steps = steps
        self._ends = {START: steps.start, END: self._template.role("cost")}

    def write(self) -> None:
        """Write the steps with their labels, amounts and series."""
        rows, groups = self._layout.steps, self._template.groups
        legend = {column: self._legend(name, groups[name].label) for name, column in self._layout.groups.items()}
        self._head(rows[START], f"Chart data: {self._steps.title}", _STEP_HEADERS | legend)
        shown = (OPTION, self._plan.settings.option)
        self._named(rows[START] - 1, STEP_ENDS, shown, f": {self._steps.ends}")
        amounts = self._amounts()
        for name, row in rows.items():
            self._label(name, row)
            self._amount(name, row, amounts[name])
        ends = list(accumulate(amounts[name] for name in rows if name != END))
        for (name, row), end in zip(rows.items(), [*ends, amounts[END]], strict=True):
            self._series(name, row, amounts[name], end)

    def _legend(self, group: str, label: str) -> str:
        return self._steps.after.format(group=label) if group in map(group_of, self._steps.covers) else label

    def _label(self, name: str, row: int) -> None:
        """Write a step's label; that of a category tells by name which own costs are in it."""
        if name in self._ends:
            self._cells.write_string(row, LABEL, self._end_label(self._ends[name]), self._style("text"))
            return
        text, categories = self._step_label(name), self._layout.costs[name]
        costs = OwnCostCells(self._plan, self._book.layout, shown_option(self._book.layout))
        formula = f"{quoted(text)}&{costs.among(categories)}"
        value = text + costs.named_among(categories, self._plan.settings.option)
        self._cells.write_formula(row, LABEL, formula, self._style("text"), value)

    def _end_label(self, measure: str) -> str:
        shown = (one.short for one in self._template.views.headlines if one.measure == measure)
        return next(shown, self._template.lines[measure].label)

    def _amounts(self) -> dict[str, float]:
        """What every step adds; the last one is the cost itself."""
        results, option = self._book.cached.results, self._plan.settings.option
        flags = results.row(self._steps.build, option)
        amounts = {end: results.number(name, option) for end, name in self._ends.items()}
        for name, categories in self._layout.costs.items():
            costs = {category: results.row(flat(category), option) for category in categories}
            after = (row * (1 - flags) if one in self._compare.early else row for one, row in costs.items())
            amounts[name] = float(sum(row.sum() for row in after))
        return {name: stored(value) for name, value in amounts.items()}

    def _amount(self, name: str, row: int, value: float) -> None:
        if name in self._ends:
            formula = of_option(self._book.layout, self._compare.scalars[self._ends[name]], OPTION)
        else:
            rows = [self._compare.totals[one] for one in self._layout.costs[name]]
            early = [self._compare.early[one] for one in self._layout.costs[name] if one in self._compare.early]
            formula = "+".join(of_option(self._book.layout, one, OPTION) for one in rows)
            formula += "".join(f"-{of_option(self._book.layout, one, OPTION)}" for one in early)
        self._formula(row, STEP_AMOUNT, formula, value, "link right", "thousands")

    def _series(self, name: str, row: int, amount: float, end: float) -> None:
        """Write where the step ends, and the height of its invisible base and of its visible part."""
        own, to = fixed(row, STEP_AMOUNT), fixed(row, STEP_TO)
        is_end, groups = name in self._ends, self._layout.groups
        before = fixed(row - 1, STEP_TO)
        column = STEP_ENDS if is_end else groups[self._group(name)]
        formulas: dict[int, tuple[str, float]] = {
            STEP_TO: (own if is_end else f"{before}+{own}", end),
            STEP_BASE: (
                "0" if is_end else f"MAX(0,MIN({before},{to}))",
                0 if is_end else max(0, min(end - amount, end)),
            ),
            **dict.fromkeys((STEP_ENDS, *groups.values()), ("0", 0.0)),
            column: (own if is_end else f"ABS({own})", amount if is_end else abs(amount)),
        }
        for place, (formula, value) in formulas.items():
            self._formula(row, place, formula, stored(value), "calculated", "thousands")

    def _group(self, step: str) -> str:
        """The group of a step's first category."""
        return group_of(self._layout.costs[step][0])


class Bridge(ChartTable):
    """From nothing over more value and each step's change of cost to the net measure, all at present value."""

    def __init__(self, book: Book, bridge: BridgeTable) -> None:
        super().__init__(book)
        self._bridge = bridge

    def write(self) -> None:
        """Write the steps with their labels, amounts and series."""
        rows = self._layout.bridge
        self._head(rows[VALUE], f"Chart data: {self._bridge.title}", _BRIDGE_HEADERS)
        amounts = self._amounts()
        ends = list(accumulate(amounts[name] for name in rows if name != END))
        for (name, row), end in zip(rows.items(), [*ends, amounts[END]], strict=True):
            before = end - amounts[name] if name != END else 0.0
            self._cells.write_string(row, LABEL, self._label(name), self._style("text"))
            self._formula(row, STEP_AMOUNT, self._amount(name), stored(amounts[name]), "link right", "thousands")
            self._series(name, row, (before, end))

    def _label(self, name: str) -> str:
        if name == VALUE:
            return self._bridge.value_label
        shown = (one.short for one in self._template.views.headlines if one.measure == self._bridge.result)
        return next(shown, name) if name == END else self._step_label(name)

    def _amount(self, name: str) -> str:
        layout, scalars = self._book.layout, self._compare.scalars
        if name in (VALUE, END):
            measure = self._bridge.value if name == VALUE else self._bridge.result
            return of_option(layout, scalars[measure], PROPOSED)
        rows = [self._compare.present[one] for one in self._layout.costs[name]]
        baseline, proposed = (
            "+".join(of_option(layout, row, position) for row in rows) for position in (BASELINE, PROPOSED)
        )
        return f"({baseline})-({proposed})"

    def _amounts(self) -> dict[str, float]:
        """What every step changes, in favour of the proposed option."""
        cached, settings = self._book.cached, self._plan.settings
        measure = cached.scalar(self._bridge.result, settings.candidate)
        found = {VALUE: cached.number(self._bridge.value, settings.candidate)}
        for name, categories in self._layout.costs.items():
            costs = {
                option: sum(present_total(cached.results, category, option) for category in categories)
                for option in (settings.reference, settings.candidate)
            }
            found[name] = costs[settings.reference] - costs[settings.candidate]
        return found | {END: measure if isinstance(measure, float) else 0.0}

    def _series(self, name: str, row: int, ends: tuple[float, float]) -> None:
        """Write where the step ends, its unseen base, and its parts above and below zero by whether it gains."""
        own, to = fixed(row, STEP_AMOUNT), fixed(row, STEP_TO)
        is_end = name == END
        before = "0" if is_end or name == VALUE else fixed(row - 1, STEP_TO)
        low, high = f"MIN({before},{to})", f"MAX({before},{to})"
        above, below = f"MAX(0,{high})-MAX(0,{low})", f"MIN(0,{low})-MIN(0,{high})"
        least, most = sorted(ends)
        drawn = max(0.0, most) - max(0.0, least), min(0.0, least) - min(0.0, most)
        gains = ends[1] >= ends[0]
        formulas: dict[int, tuple[str, float]] = {
            STEP_TO: (own if is_end or name == VALUE else f"{before}+{own}", ends[1]),
            STEP_BASE: ("0", 0.0) if is_end else (f"MAX(0,{low})+MIN(0,{high})", max(0.0, least) + min(0.0, most)),
            STEP_ENDS: (own, ends[1]) if is_end else ("0", 0.0),
        }
        parts = {
            GAIN_ABOVE: (above, ">=", drawn[0] * gains), GAIN_BELOW: (below, ">=", drawn[1] * gains),
            LOSS_ABOVE: (above, "<", drawn[0] * (not gains)), LOSS_BELOW: (below, "<", drawn[1] * (not gains)),
        }  # fmt: skip
        for column, (part, sign, value) in parts.items():
            formulas[column] = ("0", 0.0) if is_end else (f"IF({own}{sign}0,{part},0)", value)
        for place, (formula, value) in formulas.items():
            self._formula(row, place, formula, stored(value), "calculated", "thousands")


class Stacks(ChartTable):
    """What every option costs in each step, for stacked bars."""

    def write(self) -> None:
        """Write a row for each option."""
        rows, steps = self._layout.stacks, self._layout.costs
        headers = {STACK_FIRST + place: self._step_label(name) for place, name in enumerate(steps)}
        title = f"Chart data: {self._template.views.charts.stacks}"
        self._head(min(rows.values()), title, {LABEL: "Option"} | headers)
        for option, row in rows.items():
            self._label_of(option, row)
            for place, categories in enumerate(steps.values()):
                column = self._compare.column(option)
                cells = [f"{prefix(COMPARE)}{fixed(self._compare.totals[category], column)}" for category in categories]
                value = sum(
                    float(np.sum(self._book.cached.results.row(flat(category), option))) for category in categories
                )
                self._formula(row, STACK_FIRST + place, "+".join(cells), stored(value), "link right", "thousands")

    def _label_of(self, option: str, row: int) -> None:
        short, role = self._template.options[option].short, role_of(self._book, option)
        column = self._compare.column(option)
        part = f"{prefix(COMPARE)}{fixed(self._compare.roles, column)}"
        label = f"{prefix(COMPARE)}{fixed(self._compare.labels, column)}"
        named = f'{label}&IF({part}="","",", "&{part})'
        self._formula(row, LABEL, named, f"{short}, {role}" if role else short, "link", "general")

"""Own costs by name: who bears them, what they come to, and how a category's label tells of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ftroi.engine import NOTHING
from ftroi.plan import ALL_BUT_NOTHING, ALL_OPTIONS, OwnCost, Plan, own_cost_by_month
from ftroi.workbook.layout.compare import LABEL, NAME, UNIT
from ftroi.workbook.layout.option import FIRST_MONTH, LAST_MONTH
from ftroi.workbook.layout.workbook import ASSUMPTIONS, COMPARE, Layout
from ftroi.workbook.xlsx.addresses import fixed, fixed_range, prefix, quoted

MONTHS_A_YEAR = 12
_BETWEEN = "|"
_LONGEST_TEXT = 255
"""Characters that Excel takes of a text in a formula."""


def shown_option(layout: Layout) -> str:
    """The cell with the id of the option shown."""
    sheet = layout.assumptions
    return f"{prefix(ASSUMPTIONS)}{fixed(sheet.settings['option'], sheet.setting_column + 1)}"


class OwnCostCells:
    """The rows of own costs on Compare; ``shown`` is the cell or name of the asking option's id."""

    def __init__(self, plan: Plan, layout: Layout, shown: str) -> None:
        """Look at the rows of ``layout``."""
        self._plan, self._rows, self._shown = plan, layout.compare.own_costs, shown

    @property
    def slots(self) -> range:
        """The slots, from 0."""
        return range(len(self._rows))

    def cost(self, slot: int) -> OwnCost | None:
        """The plan's own cost in a slot."""
        return self._plan.own_costs[slot] if slot < len(self._plan.own_costs) else None

    def label(self, slot: int) -> str:
        """The formula of a slot's label, "" where the option does not bear it."""
        return f'IF({self._bears(slot)},{self._cell(slot, LABEL)},"")'

    def total(self, slot: int, year: int = 0) -> str:
        """The formula of what the option pays of it, in a year or, with 0, in all."""
        row, first = self._rows[slot], FIRST_MONTH + (year - 1) * MONTHS_A_YEAR
        columns = (first, first + MONTHS_A_YEAR - 1) if year else (FIRST_MONTH, LAST_MONTH)
        return f'IF({self._bears(slot)},SUM({prefix(COMPARE)}{fixed_range(row, columns[0], row, columns[1])}),"")'

    def values(self, slot: int, option: str, years: int) -> tuple[str, list[float | str]]:
        """What the formulas show for an option: the label, and the total followed by each year's."""
        cost = self.cost(slot)
        if cost is None or not cost.is_borne_by(option):
            return "", [""] * (years + 1)
        by_month = own_cost_by_month(self._plan, cost, years * MONTHS_A_YEAR)
        by_year = [float(one.sum()) for one in by_month.reshape(years, MONTHS_A_YEAR)]
        return cost.label, [sum(by_year), *by_year]

    def among(self, categories: Iterable[str]) -> str:
        """The formula of what a label adds: the names of the option's own costs in some categories."""
        lists = list(_lists(categories))
        return "&".join(
            f'IF(AND({self._bears(slot)},{self._is_in(slot, lists)})," + "&{self._cell(slot, LABEL)},"")'
            for slot in self.slots
        )

    def _is_in(self, slot: int, lists: list[str]) -> str:
        """Whether a slot's category is in lists of them: found as text, since Excel takes 8,192 characters."""
        sought = f"{quoted(_BETWEEN)}&{self._cell(slot, UNIT)}&{quoted(_BETWEEN)}"
        found = ",".join(f"ISNUMBER(FIND({sought},{quoted(one)}))" for one in lists)
        return f"OR({found})"

    def named_among(self, categories: Iterable[str], option: str) -> str:
        """The text that the formula of `among` shows for an option."""
        among = set(categories)
        costs = (cost for cost in self._plan.own_costs if cost.category in among and cost.is_borne_by(option))
        return "".join(f" + {cost.label}" for cost in costs)

    def _bears(self, slot: int) -> str:
        bearer = self._cell(slot, NAME)
        all_others = f"AND({bearer}={quoted(ALL_BUT_NOTHING)},{self._shown}<>{quoted(NOTHING)})"
        return f"OR({bearer}={self._shown},{bearer}={quoted(ALL_OPTIONS)},{all_others})"

    def _cell(self, slot: int, column: int) -> str:
        return f"{prefix(COMPARE)}{fixed(self._rows[slot], column)}"


def _lists(categories: Iterable[str]) -> Iterator[str]:
    """The categories as texts of the form |one|two|, each as long as a formula may hold."""
    told = ""
    for category in categories:
        if told and len(told) + len(category) + 2 > _LONGEST_TEXT:
            yield f"{told}{_BETWEEN}"
            told = ""
        told += f"{_BETWEEN}{category}"
    if told:
        yield f"{told}{_BETWEEN}"

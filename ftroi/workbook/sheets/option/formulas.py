"""Printing the term sheet's formulas for an option's sheet.

Scalars are named, lines by month are cells of the same column. A formula's text is the same on
every option's sheet: what differs is what the sheet's own names and cells hold.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ftroi.engine import NOTHING
from ftroi.language import FUNCTIONS, PARTIES, Node, to_excel
from ftroi.plan import ALL_BUT_NOTHING, ALL_OPTIONS, Plan
from ftroi.termsheet import OWN_BY_NATURE, Clause, Line, Role
from ftroi.termsheet.text_templates import Slot, Text
from ftroi.workbook.layout.compare import (
    OWN_BEARERS,
    OWN_CATEGORIES,
    OWN_COUNT,
    OWN_NATURES,
    across,
    of_one,
)
from ftroi.workbook.layout.option import (
    FIRST_MONTH,
    FIRST_YEAR,
    HEADER_ROW,
    LAST_MONTH,
    LAST_YEAR,
    LINKS_ROW,
    MONTHS,
    NATURE,
    OPENING,
    VALUE,
    YEARS_BLOCK,
)
from ftroi.workbook.layout.workbook import ASSUMPTIONS, COMPARE, Layout
from ftroi.workbook.references.assumptions import moved
from ftroi.workbook.schema import SEE_FUNCTION
from ftroi.workbook.xlsx.addresses import fixed, fixed_range, letters, prefix, quoted

_FIRST, _LAST = letters(FIRST_MONTH), letters(LAST_MONTH)
_MONTH_NUMBER = f"{{c}}${HEADER_ROW + 1}"
"""The cell above a month's column that holds its number."""


@dataclass(frozen=True, slots=True)
class MonthFormula:
    """A formula of a row by month; ``{c}`` stands for its own column, ``{p}`` for the one before."""

    pattern: str

    def at(self, column: int) -> str:
        """The formula's text in a column."""
        return self.pattern.format(c=letters(column), p=letters(column - 1))

    def all_months(self) -> list[str]:
        """The texts of all months."""
        return [self.at(column) for column in range(FIRST_MONTH, FIRST_MONTH + MONTHS)]


class OptionFormulas:
    """The formulas of an option's sheet, without a leading ``=``."""

    def __init__(self, plan: Plan, layout: Layout) -> None:
        """Print for the cells of ``layout``."""
        self._template = plan.template.laid_out or plan.template
        self._layout = layout
        self._rows = layout.option.series
        self._away = prefix(ASSUMPTIONS)

    # --- assumptions in force ------------------------------------------------------------------------------

    def option_number(self) -> str:
        """The option's position among the options of the plan."""
        sheet = self._layout.assumptions
        first, last = sheet.option_columns
        return f"MATCH(option_id,{self._away}{fixed_range(sheet.header, first, sheet.header, last)},0)"

    def own(self, name: str) -> str:
        """An assumption's value before any case moves it: the option's own, or the base."""
        sheet = self._layout.assumptions
        row = sheet.rows[name]
        base = f"{self._away}{fixed(row, sheet.columns['base'])}"
        if self._template.assumptions[name].table.scope == "plan":
            return base
        first, last = sheet.option_columns
        own = f"INDEX({self._away}{fixed_range(row, first, row, last)},1,option_number)"
        return f'IF({own}="",{base},{own})'

    def in_force(self, name: str) -> str:
        """An assumption's value in force, moved by the case where it is uncertain."""
        sheet = self._layout.assumptions
        own = f"${letters(NATURE)}{self._layout.option.rows[name] + 1}"
        table = self._template.assumptions[name].table
        return moved(self._template, table, own, lambda key: self._beside(sheet.rows[name], key))

    def _beside(self, row: int, key: str) -> str:
        sheet = self._layout.assumptions
        column = sheet.outside[key] if key in sheet.outside else sheet.columns[key]
        return f"{self._away}{fixed(row, column)}"

    # --- scalars and measures ------------------------------------------------------------------------------

    def scalar(self, name: str) -> str:
        """The formula of a scalar, or of a measure with the texts that may take its place."""
        line = self._template.lines[name]
        if line.tree is None:
            return "+".join(self._name(term) for term in line.terms)
        text = self._text(line.tree)
        if any(via == "IRR" for _, via in line.needs):
            text = f"IFERROR({text},{quoted(SEE_FUNCTION)})"
        return self._chosen(line.unless, text)

    def remark(self, name: str) -> str:
        """The formula of the text that may stand beside a measure's number."""
        line = self._template.lines[name]
        value = f"${letters(VALUE)}{self._layout.option.rows[name] + 1}"
        return f"IF(ISNUMBER({value}),{self._chosen(line.remark, quoted(''))},{quoted('')})"

    def _chosen(self, clauses: Iterable[Clause], otherwise: str) -> str:
        text = otherwise
        for clause in reversed(tuple(clauses)):
            text = f"IF({self._text(clause.when)},{self._filled(clause.text)},{text})"
        return text

    def _filled(self, text: Text) -> str:
        """Print a text with its amounts, rounded before they are shown so that all programs round alike."""
        parts = [self._slot(part) if isinstance(part, Slot) else quoted(part) for part in text.parts]
        return "&".join(parts) or quoted("")

    def _slot(self, slot: Slot) -> str:
        return f"TEXT(ROUND({self._text(slot.tree)},{slot.style.places}),{quoted(slot.style.excel)})"

    # --- rows by month -------------------------------------------------------------------------------------

    def by_month(self, name: str) -> MonthFormula:
        """The formula of a row by month."""
        line = self._template.lines[name]
        if line.role is Role.OWN:
            return MonthFormula(self._own_costs(line))
        if line.role is Role.CATEGORY:
            return MonthFormula(self._sum_of_rows(line))
        if line.tree is None:
            return MonthFormula(self._total(line))
        return MonthFormula(self._text(line.tree))

    def opening(self, tree: Node) -> str:
        """The formula of a line's value at time 0, from its tree; lines by month count with month 1."""
        return self._text(tree).format(c=_FIRST, p=letters(OPENING))

    def total(self, name: str) -> str:
        """The sum of a row over its months."""
        return f"SUM({self._whole_row(self._rows[name])})"

    def years(self, name: str) -> list[str]:
        """The sums of a row over the months of each year: those whose band bears the year's name."""
        bands, head = (
            fixed_range(LINKS_ROW, FIRST_MONTH, LINKS_ROW, LAST_MONTH),
            self._layout.option.blocks[YEARS_BLOCK] + 1,
        )
        months = self._whole_row(self._rows[name])
        return [f"SUMIF({bands},{letters(year)}${head},{months})" for year in range(FIRST_YEAR, LAST_YEAR + 1)]

    def _own_costs(self, line: Line) -> str:
        """Add the user's own costs of a category, or of a nature, that this option bears, alone or with others."""
        nature = {name: nature for nature, name in OWN_BY_NATURE.items()}.get(line.name, "")
        key, keys = (nature, OWN_NATURES) if nature else (line.category, OWN_CATEGORIES)
        slots = self._layout.compare.own_costs
        amounts = f"{prefix(COMPARE)}{{c}}${slots[0] + 1}:{{c}}${slots[-1] + 1}"  # months have the same columns there
        but_nothing = f'IF(option_id={quoted(NOTHING)},"none",{quoted(ALL_BUT_NOTHING)})'
        bearers = ("option_id", quoted(ALL_OPTIONS), but_nothing)
        sums = "+".join(f"SUMIFS({amounts},{keys},{quoted(key)},{OWN_BEARERS},{bearer})" for bearer in bearers)
        return f"IF({OWN_COUNT}=0,0,{sums})"

    def _sum_of_rows(self, line: Line) -> str:
        """Add a category's lines, which stand together below its sum.

        Each by its cell: a text typed over one is an error in the sum then, where SUM would pass it over. And
        LibreOffice, which searches all ranges that stand near a changed cell, takes an edit in two thirds of the time.
        """
        return "+".join(f"{{c}}{row + 1}" for row in sorted(self._rows[term] for term in line.terms))

    def _total(self, line: Line) -> str:
        """Add sums by their cells; lines of one nature, which stand apart, by the column of natures."""
        lines = [self._template.lines[term] for term in line.terms]
        stated = [one for one in lines if self._is_stated(one)]
        cells = [self._name(one.name) for one in lines if one not in stated]
        return "+".join([*self._by_nature(stated), *cells]) or "0"

    def _by_nature(self, stated: list[Line]) -> list[str]:
        if not stated:
            return []
        role, nature = stated[0].role, stated[0].nature
        rows = [self._rows[line.name] for line in self._template.lines.values() if line.role is role]
        first, last = min(rows), max(rows)
        natures = fixed_range(first, NATURE, last, NATURE)
        return [f"SUMIF({natures},{quoted(nature)},{{c}}${first + 1}:{{c}}${last + 1})"]

    # --- formulas of the user's own -------------------------------------------------------------------------

    def of_tree(self, tree: Node) -> MonthFormula:
        """A formula that stands in the place of the template's."""
        return MonthFormula(self._text(tree))

    def sum_by_nature(self, name: str) -> str:
        """The part of a total by month that adds lines by the column of natures; "" where there is none."""
        stated = [
            one for term in self._template.lines[name].terms if self._is_stated(one := self._template.lines[term])
        ]
        return "".join(self._by_nature(stated))

    @staticmethod
    def _is_stated(line: Line) -> bool:
        return line.role in (Role.COST, Role.VALUE)

    # --- names ---------------------------------------------------------------------------------------------

    def _text(self, tree: Node) -> str:
        return to_excel(tree, self._name, self._row)

    def _name(self, name: str) -> str:
        return f"{{c}}{self._rows[name] + 1}" if name in self._rows else name

    def _row(self, function: str, name: str) -> str:
        if function in PARTIES:
            return self._of_another(function, name)
        begins = FUNCTIONS[function].of_all_months and self._template.lines[name].opening is not None
        months = self._whole_row(self._rows[name], OPENING if begins else FIRST_MONTH)
        return FUNCTIONS[function].excel.format(row=self._rows[name] + 1, first=_FIRST, months=months, c="{c}", p="{p}")

    def _of_another(self, function: str, name: str) -> str:
        """What another option has, from Compare: a figure, or a month of a line."""
        compare, number = self._layout.compare, FUNCTIONS[function].excel
        if name in compare.scalars:
            return f"INDEX({across(name)},1,{number})"
        if name in compare.months:
            return f"INDEX({across(name)},{number},{_MONTH_NUMBER})"
        return f"INDEX({of_one(function, name)},1,{_MONTH_NUMBER})"

    @staticmethod
    def _whole_row(row: int, first: int = FIRST_MONTH) -> str:
        return f"${letters(first)}{row + 1}:${_LAST}{row + 1}"

"""What the writers of the sheets share: the plan, its layout, its values, and the file in the making."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from ftroi.plan import CASES, Plan
from ftroi.workbook.cached_values import CachedValues
from ftroi.workbook.layout.workbook import Layout
from ftroi.workbook.xlsx.add_in_calls import PLAIN
from ftroi.workbook.xlsx.addresses import fixed, fixed_range, prefix
from ftroi.workbook.xlsx.file import File
from ftroi.workbook.xlsx.styles import Styles
from ftroi.workbook.xlsx.worksheet import Sheet

REMARK = "remark"
"""The key of what the first remark of the checks is about."""


@dataclass(frozen=True)
class Book:
    """One workbook in the making.

    ``options`` are those whose sheets are filled; ``today`` dates what is made, None for no date; ``spelling`` is how
    cells call the add-in's functions, of SPELLINGS. ``checks`` counts the checks by their state, and ``guards`` has for
    each sheet the cell that counts formulas typed over, once the sheets are written; ``told`` has texts of one sheet
    that another shows, such as the first remark.
    """

    plan: Plan
    layout: Layout
    cached: CachedValues
    file: File
    options: tuple[str, ...]
    today: date | None = None
    spelling: str = PLAIN
    checks: dict[str, int] = field(default_factory=dict)
    guards: dict[str, str] = field(default_factory=dict)
    told: dict[str, str] = field(default_factory=dict)

    @cached_property
    def styles(self) -> Styles:
        """The formats of the file."""
        return Styles(self.file.book, self.plan.template.theme, self.plan.settings.currency)

    @cached_property
    def cases(self) -> dict[str, CachedValues]:
        """The plan's values in each case."""
        own = self.plan.settings.case
        return {
            case: self.cached if case == own else CachedValues(self.plan.with_settings(case=case)) for case in CASES
        }

    def sheet(self, name: str) -> Sheet:
        """One of the file's sheets."""
        return self.file.sheets[name]

    def name_cell(self, name: str, sheet: str, row: int, column: int, about: str) -> None:
        """Name a cell for the whole workbook; ``about`` says in the list of names what it is."""
        self.name_area(name, sheet, (row, column), (row, column), about)

    def name_area(self, name: str, sheet: str, first: tuple[int, int], last: tuple[int, int], about: str) -> None:
        """Name a rectangle by its first and last cell, for the whole workbook."""
        self.file.define_name(name, _place(sheet, first, last), about=about)

    def name_on_sheet(self, name: str, sheet: str, first: tuple[int, int], last: tuple[int, int] | None = None) -> None:
        """Name a cell, or a rectangle, for the formulas of its own sheet alone."""
        self.file.define_name(name, _place(sheet, first, last or first), sheet)


def _place(sheet: str, first: tuple[int, int], last: tuple[int, int]) -> str:
    return f"{prefix(sheet)}{fixed(*first) if first == last else fixed_range(*first, *last)}"


def link_to(sheet: str, cell: str = "A1") -> str:
    """A place in the same workbook, as a link has it."""
    return f"{prefix(sheet)}{cell}"

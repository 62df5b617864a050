"""The layout of a plan's whole workbook, computed before a cell is written.

It is pure data, the same for the same plan: writers, formulas, readers and tests take their positions from it. Rows and
columns count from 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from ftroi.plan import Plan
from ftroi.workbook.layout.annual import AnnualLayout
from ftroi.workbook.layout.assumptions import AssumptionsLayout
from ftroi.workbook.layout.checks import ChecksLayout
from ftroi.workbook.layout.compare import CompareLayout
from ftroi.workbook.layout.dashboard import DashboardLayout
from ftroi.workbook.layout.gates import GatesLayout
from ftroi.workbook.layout.option import OptionLayout
from ftroi.workbook.layout.risk import RiskLayout
from ftroi.workbook.layout.scenarios import ScenariosLayout
from ftroi.workbook.schema import INPUTS_SHEET

DASHBOARD, ASSUMPTIONS, COMPARE, SOURCES, LOG = "Dashboard", INPUTS_SHEET, "Compare", "Sources", "Log"
ANNUAL, CHECKS_SHEET, FUNCTIONS_SHEET = "Annual", "Checks", "FT functions"
START = "Start"

LONGEST_SHEET_NAME = 31
_REFUSED_IN_SHEET_NAMES = re.compile(r"[\[\]{}:*?/\\!'\x00-\x1f]|^\s|\s$|^$|^history$", re.IGNORECASE)


One = TypeVar("One")
"""A class of layouts."""


@dataclass(frozen=True)
class Layout:
    """The sheets of a workbook and what stands where on them.

    ``sheets`` gives each option's sheet by its id; all of them are laid out alike. ``about`` says in the sheets' order
    what stands on each, and ``parts`` gives each layout by its class. The layouts that other sheets look into have
    an attribute besides.
    """

    sheets: Mapping[str, str]
    about: Mapping[str, str]
    parts: Mapping[type[object], object]

    def of(self, kind: type[One]) -> One:
        """Look a sheet's layout up by its class."""
        part = self.parts[kind]
        assert isinstance(part, kind)  # noqa: S101 - they are kept by their class
        return part

    @property
    def order(self) -> tuple[str, ...]:
        """All sheets, in order."""
        return tuple(self.about)

    @property
    def assumptions(self) -> AssumptionsLayout:
        """The layout of the sheet Assumptions."""
        return self.of(AssumptionsLayout)

    @property
    def option(self) -> OptionLayout:
        """The layout of every option's sheet."""
        return self.of(OptionLayout)

    @property
    def compare(self) -> CompareLayout:
        """The layout of the sheet Compare."""
        return self.of(CompareLayout)

    @property
    def annual(self) -> AnnualLayout:
        """The layout of the sheet Annual."""
        return self.of(AnnualLayout)

    @property
    def checks(self) -> ChecksLayout:
        """The layout of the sheet Checks."""
        return self.of(ChecksLayout)

    @property
    def gates(self) -> GatesLayout:
        """The layout of the sheet Gates."""
        return self.of(GatesLayout)

    @property
    def risk(self) -> RiskLayout:
        """The layout of the sheet Risk."""
        return self.of(RiskLayout)

    @property
    def scenarios(self) -> ScenariosLayout:
        """The layout of the sheet Scenarios."""
        return self.of(ScenariosLayout)

    @property
    def dashboard(self) -> DashboardLayout:
        """The layout of the sheet Dashboard."""
        return self.of(DashboardLayout)


def sheet_names(plan: Plan, others: Iterable[str]) -> dict[str, str]:
    """Each option's sheet name: its label where that may name a sheet beside ``others``, its short label, its id."""
    names: dict[str, str] = {}
    others = tuple(others)
    for option in plan.settings.options:
        table = plan.template.options[option]
        taken = (*others, *names.values())
        wanted = (table.label, table.short, option)
        names[option] = next((name for name in wanted if may_name_a_sheet(name, taken)), option[:LONGEST_SHEET_NAME])
    return names


def may_name_a_sheet(name: str, taken: Iterable[str]) -> bool:
    """Say whether a spreadsheet takes a name for a further sheet."""
    is_free = name.casefold() not in {other.casefold() for other in taken}
    return len(name) <= LONGEST_SHEET_NAME and not _REFUSED_IN_SHEET_NAMES.search(name) and is_free

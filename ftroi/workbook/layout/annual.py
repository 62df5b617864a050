"""The layout of the sheet Annual: the years of the option shown, and below them those of all options."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from ftroi.dates import MONTHS_OF_A_YEAR
from ftroi.plan import Plan
from ftroi.termsheet import Template, flat
from ftroi.termsheet.totals import BENEFITS, total_of
from ftroi.termsheet.views import AnnualBlockTable, ConventionTable
from ftroi.workbook.layout.option import MONTHS

YEARS = MONTHS // MONTHS_OF_A_YEAR
"""Years on the sheet, whatever the horizon."""

LABEL, NAME, FIRST_YEAR = range(3)
LAST_YEAR = FIRST_YEAR + YEARS - 1
TOTAL = LAST_YEAR + 1
"""The columns. Of an option's years, TOTAL holds what the option's own sheet has as the row's total."""

TITLE_ROW, SHOWN_ROW, LINKS_ROW, CALENDAR_ROW, HEADER_ROW, FIRST_ROW = range(6)


class Kind(Enum):
    """What a row of the option shown holds."""

    BLOCK = "block"
    FLOW = "yearly sum"
    SUM = "yearly sum of sums"
    COUNT = "number of months"
    CLOSING = "closing amount"
    FACTOR = "discount factor"
    CONVERTED = "present value by a yearly convention"
    DIFFERENCE = "difference from the monthly convention"


FROM_OPTIONS = (Kind.FLOW, Kind.SUM, Kind.COUNT, Kind.CLOSING)
"""The kinds of rows that are looked up among the options' years."""


@dataclass(frozen=True, slots=True)
class Placed:
    """One row: its kind, its line (or a block's title), and for memo rows the convention (of a title, its switch)."""

    row: int
    kind: Kind
    name: str
    convention: str = ""


@dataclass(frozen=True)
class AnnualLayout:
    """The rows of the option shown, and by line the row of the first option's years.

    ``closing`` are the lines that are shown as they stand at a year's end; ``months`` is the line whose yearly sum
    counts the months of a year, ``converted`` the lines that the memo shows by ``conventions``, with their present
    values by the month, and ``at_decision`` the lines of what falls at time 0 in them.
    """

    options: tuple[str, ...]
    placed: tuple[Placed, ...]
    by_option: Mapping[str, int]
    closing: frozenset[str]
    months: str
    converted: Mapping[str, str]
    at_decision: Mapping[str, str]
    conventions: Mapping[str, ConventionTable]

    @cached_property
    def rows(self) -> Mapping[tuple[str, str], int]:
        """The rows of the option shown by line and convention; the convention is "" but for memo rows."""
        kinds = (*FROM_OPTIONS, Kind.CONVERTED)
        return {(one.name, one.convention): one.row for one in self.placed if one.kind in kinds}

    @cached_property
    def factors(self) -> Mapping[str, int]:
        """The rows of the discount factors by convention."""
        return {one.convention: one.row for one in self.placed if one.kind is Kind.FACTOR}

    def block(self, line: str) -> range:
        """The rows of a line's years, one for each option."""
        return range(self.by_option[line], self.by_option[line] + len(self.options))

    @property
    def last_printed(self) -> int:
        """The last row of the page."""
        return self.placed[-1].row

    @property
    def own_costs(self) -> int:
        """The first row of the own costs by name, which stand below all else."""
        return self.last_row + 3

    @property
    def last_row(self) -> int:
        """The last row of figures by option."""
        return max(self.by_option.values()) + len(self.options) - 1


_Entry = tuple[Kind, str, str]


def lay_out_annual(plan: Plan) -> AnnualLayout:
    """Lay out the sheet for a plan, as the template's views have it."""
    template, memo = plan.template, plan.template.views.annual.memo
    entries = list(_entries(template))
    placed = tuple(Placed(FIRST_ROW + place, *entry) for place, entry in enumerate(entries))
    by_option = {}
    row = placed[-1].row + 4
    for name in dict.fromkeys(one.name for one in placed if one.kind in FROM_OPTIONS):
        by_option[name] = row + 1
        row += len(plan.settings.options) + 2
    return AnnualLayout(
        options=plan.settings.options,
        placed=placed,
        by_option=by_option,
        closing=frozenset(name for block in _blocks(template) for name in block.closing),
        months=memo.months if memo else "",
        converted=memo.lines if memo else {},
        at_decision=memo.at_decision if memo else {},
        conventions={one.id: one for one in memo.conventions} if memo else {},
    )


def _entries(template: Template) -> Iterator[_Entry]:
    for block in _blocks(template):
        yield from _block(template, block)
    yield from _memo(template)


def _blocks(template: Template) -> tuple[AnnualBlockTable, ...]:
    """The blocks of the views or, where these have none, one for each group of categories with its total."""
    totals = {name: BENEFITS if one.is_value else total_of(name) for name, one in template.groups.items()}
    return template.views.annual.blocks or tuple(
        AnnualBlockTable(label=template.groups[name].label, group=name, sums=(total,)) for name, total in totals.items()
    )


def _block(template: Template, block: AnnualBlockTable) -> Iterator[_Entry]:
    members = template.members(block.group) if block.group else ()
    yield Kind.BLOCK, block.label, block.switch or ""
    yield from ((Kind.FLOW, name, "") for name in (*map(flat, members), *block.flows))
    yield from ((Kind.CLOSING, name, "") for name in block.closing)
    yield from ((Kind.SUM, name, "") for name in block.sums)


def _memo(template: Template) -> Iterator[_Entry]:
    """The yearly conventions, each reconciled with the monthly one."""
    memo = template.views.annual.memo
    if memo is None:
        return
    yield Kind.BLOCK, memo.label, ""
    yield Kind.COUNT, memo.months, ""
    for one in memo.conventions:
        yield Kind.FACTOR, one.factor, one.id
        for line in memo.lines:
            yield Kind.CONVERTED, line, one.id
            yield Kind.DIFFERENCE, line, one.id

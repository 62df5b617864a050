"""Where things stand on the sheet Annual: the years of the option shown, and below them those of every option."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from ftroi.analysis.annual import CONVENTIONS
from ftroi.plan import Plan
from ftroi.plan.calendar import MONTHS_OF_A_YEAR
from ftroi.termsheet import Template, flat
from ftroi.workbook.layout.option import MONTHS

YEARS = MONTHS // MONTHS_OF_A_YEAR
"""Years on the sheet, whatever the horizon."""

LABEL, NAME, FIRST_YEAR = range(3)
LAST_YEAR = FIRST_YEAR + YEARS - 1
TOTAL = LAST_YEAR + 1
"""The columns. Of an option's years, TOTAL holds what the option's own sheet has as the row's total."""

TITLE_ROW, SHOWN_ROW, LINKS_ROW, CALENDAR_ROW, HEADER_ROW, FIRST_ROW = range(6)

MONTHS_IN_YEAR, CLOSING = "live_flag", ("book_carrying_amount",)
"""The line whose yearly sum counts the months of a year, and the lines that are shown as they close."""


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
    """One row: its kind, its line (or a block's title), and for memo rows the convention."""

    row: int
    kind: Kind
    name: str
    convention: str = ""


@dataclass(frozen=True)
class AnnualLayout:
    """The rows of the option shown, and by line the row of the first option's years."""

    options: tuple[str, ...]
    placed: tuple[Placed, ...]
    by_option: Mapping[str, int]

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
        """Give the rows of a line's years, one for each option."""
        return range(self.by_option[line], self.by_option[line] + len(self.options))

    @property
    def last_printed(self) -> int:
        """The last row of the page."""
        return self.placed[-1].row

    @property
    def last_row(self) -> int:
        """The last row in use."""
        return max(self.by_option.values()) + len(self.options) - 1


_Entry = tuple[Kind, str, str]

_CONVERTED = {"costs": "present_costs", "increment_net": "present_increment_net"}
"""The lines that the memo rows show by yearly conventions, with their present values by the month."""


def monthly_present(line: str) -> str:
    """Name the line that holds another one's present value by the monthly convention."""
    return _CONVERTED[line]


def lay_out_annual(plan: Plan) -> AnnualLayout:
    """Lay out the sheet for a plan; rows whose lines the template does not have are left out."""
    template = plan.template
    entries = list(_with_members(list(_entries(template)), template))
    placed = tuple(Placed(FIRST_ROW + place, *entry) for place, entry in enumerate(entries))
    by_option = {}
    row = placed[-1].row + 4
    for name in dict.fromkeys(one.name for one in placed if one.kind in FROM_OPTIONS):
        by_option[name] = row + 1
        row += len(plan.settings.options) + 2
    return AnnualLayout(plan.settings.options, placed, by_option)


def _entries(template: Template) -> Iterator[_Entry]:
    yield from _of_kind(template, "visible", "Visible cost", ("visible_costs",))
    yield from _of_kind(template, "hidden", "Hidden cost", ("hidden_costs", "costs"))
    yield from _of_kind(template, "value", "Value", ("benefits", "net"))
    yield from _block("In cash alone", ("cash_costs", "cash_benefits"), ("cash_net",))
    yield from _block("Against the reference", ("increment_value", "increment_cost"), ("increment_net",))
    yield from _block("At present value, month by month", tuple(_PRESENT), ())
    yield from _memo()
    yield from _block("Capitalisation", ("capitalised", "book_amortisation", "book_written_off"), ())
    yield from ((Kind.CLOSING, name, "") for name in CLOSING)
    yield Kind.SUM, "profit_charges", ""
    yield from _block("Tax", ("taxable", "tax", "after_tax_net"), ())


_PRESENT = ("present_costs", "present_benefits", "present_increment_net")


def _of_kind(template: Template, kind: str, title: str, sums: tuple[str, ...]) -> Iterator[_Entry]:
    names = tuple(flat(name) for name in template.categories if name.startswith(f"{kind}."))
    yield from _block(title, names, sums)


def _block(title: str, flows: tuple[str, ...], sums: tuple[str, ...]) -> Iterator[_Entry]:
    yield Kind.BLOCK, title, ""
    yield from ((Kind.FLOW, name, "") for name in flows)
    yield from ((Kind.SUM, name, "") for name in sums)


def _memo() -> Iterator[_Entry]:
    """Give the yearly conventions, each reconciled with the monthly one."""
    yield Kind.BLOCK, "Memo: present value by yearly conventions", ""
    yield Kind.COUNT, MONTHS_IN_YEAR, ""
    for convention, factor in CONVENTIONS.items():
        yield Kind.FACTOR, factor, convention
        for line in _CONVERTED:
            yield Kind.CONVERTED, line, convention
            yield Kind.DIFFERENCE, line, convention


def _with_members(entries: list[_Entry], template: Template) -> Iterator[_Entry]:
    """Leave out lines that the template does not have by month, and blocks without any."""
    known = [one for one in entries if one[0] is Kind.BLOCK or one[1] in template.series]
    for place, entry in enumerate(known):
        is_followed = place + 1 < len(known) and known[place + 1][0] is not Kind.BLOCK
        if entry[0] is not Kind.BLOCK or is_followed:
            yield entry

"""The layout of an option's sheet, which is the same for all options."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from ftroi.dates import MONTHS_OF_A_YEAR
from ftroi.termsheet import Assumption, Line, Role, Template
from ftroi.termsheet.model import group_of
from ftroi.termsheet.totals import BENEFITS, COSTS, total_of

MONTHS = 60
"""Months on every sheet, whatever the horizon, so that the horizon can be edited."""

LABEL, NAME, UNIT, NATURE, VALUE, OPENING, FIRST_MONTH = range(7)
"""The columns. NATURE also holds an assumption's own value, VALUE a row's total."""

LAST_MONTH = FIRST_MONTH + MONTHS - 1
FIRST_YEAR = FIRST_MONTH
LAST_YEAR = FIRST_YEAR + MONTHS // MONTHS_OF_A_YEAR - 1
"""The columns of the summary by year, on top of the sheet; VALUE holds its totals."""

NOTE, FORMULA_TEXT = LAST_MONTH + 1, LAST_MONTH + 2
"""Right of the months: what a line means, and its formula as the term sheet has it."""

TITLE_ROW, LINKS_ROW, CALENDAR_ROW, HEADER_ROW, FIRST_ROW = range(5)
ID_CELL = (CALENDAR_ROW, NAME)
NUMBER_CELL = (CALENDAR_ROW, NATURE)
"""The cells of the option's id and of its position among the options."""

PRINTED_CELL = (CALENDAR_ROW, VALUE)
"""The cell that holds how many months print: whole years, as many as the horizon had when the sheet was written."""


YEARS_BLOCK = "By year"
BLOCKS = {
    "Assumptions in force": "Assumptions",
    "Figures that do not vary by month": "Figures",
    "Measures": "Measures",
    "By month": "Months",
}
"""The blocks of the sheet below the years, in order: their titles, and how links call them."""

_IN_FORCE, _SCALARS, _MEASURES, MONTHS_BLOCK = BLOCKS


class Kind(Enum):
    """What a row holds."""

    BLOCK = "block"
    HEADING = "heading"
    YEAR = "line by year"
    CHART = "chart of the years"
    IN_FORCE = "assumption in force"
    SCALAR = "scalar"
    MEASURE = "measure"
    SUM = "sum by month"
    SERIES = "line by month"


BY_MONTH = (Kind.SUM, Kind.SERIES)
"""The kinds of rows that have a formula in every month."""

WITHOUT_NAME = (Kind.BLOCK, Kind.HEADING, Kind.YEAR, Kind.CHART)
"""The kinds of rows that are no line's, measure's or assumption's own."""


@dataclass(frozen=True, slots=True)
class Placed:
    """One row: its kind, the name that it is known by (or a heading's text), and its outline level."""

    row: int
    kind: Kind
    name: str
    level: int = 0


@dataclass(frozen=True)
class OptionLayout:
    """The rows of an option's sheet, from FIRST_ROW on."""

    placed: tuple[Placed, ...]

    @cached_property
    def rows(self) -> Mapping[str, int]:
        """The rows by name of assumption, scalar, measure or line."""
        return {one.name: one.row for one in self.placed if one.kind not in WITHOUT_NAME}

    @cached_property
    def series(self) -> Mapping[str, int]:
        """The rows of what varies by month."""
        return {one.name: one.row for one in self.placed if one.kind in BY_MONTH}

    @cached_property
    def years(self) -> Mapping[str, int]:
        """The rows of the summary by year, by line."""
        return {one.name: one.row for one in self.placed if one.kind is Kind.YEAR}

    @cached_property
    def blocks(self) -> Mapping[str, int]:
        """The rows of the blocks' titles."""
        return {one.name: one.row for one in self.placed if one.kind is Kind.BLOCK}

    @property
    def last_row(self) -> int:
        """The last row in use."""
        return self.placed[-1].row

    def of_kind(self, *kinds: Kind) -> Iterator[Placed]:
        """The rows of some kinds, in order."""
        return (one for one in self.placed if one.kind in kinds)


_Entry = tuple[Kind, str, int]


def lay_out_option(template: Template) -> OptionLayout:
    """Lay out an option's sheet: a summary by year, assumptions in force, scalars, measures, rows by month."""
    entries = [*_years(template), *_in_force(template), *_scalars(template), *_measures(template), *_months(template)]
    return OptionLayout(tuple(Placed(FIRST_ROW + place, *entry) for place, entry in enumerate(entries)))


def is_in_force(assumption: Assumption) -> bool:
    """Say whether an assumption has a value of its own on an option's sheet."""
    return assumption.table.scope == "option" or assumption.table.kind == "uncertain"


def summed_up(template: Template) -> tuple[str, ...]:
    """The lines of the summary by year: the groups' totals, cost and value, then what the views name."""
    totals = (*map(total_of, template.cost_groups), COSTS, BENEFITS)
    return tuple(dict.fromkeys((*totals, *template.views.annual.summary)))


def _years(template: Template) -> Iterator[_Entry]:
    yield Kind.BLOCK, YEARS_BLOCK, 0
    yield from ((Kind.YEAR, name, 0) for name in summed_up(template))
    yield Kind.CHART, "", 0


def _in_force(template: Template) -> Iterator[_Entry]:
    yield Kind.BLOCK, _IN_FORCE, 0
    for section, label in _section_labels(template).items():
        names = [
            assumption.name
            for assumption in template.assumptions.values()
            if assumption.section == section and is_in_force(assumption)
        ]
        yield from _under(label, names, Kind.IN_FORCE)


def _scalars(template: Template) -> Iterator[_Entry]:
    yield Kind.BLOCK, _SCALARS, 0
    lines = [line for line in template.lines.values() if line.name not in template.series]
    working = [line for line in lines if line.role is not Role.MEASURE]
    for section, label in _section_labels(template).items():
        yield from _under(label, [line.name for line in working if line.section == section], Kind.SCALAR)
    generated = [line.name for line in working if line.section not in _section_labels(template)]
    yield from _under("Sums", generated, Kind.SCALAR)


def _measures(template: Template) -> Iterator[_Entry]:
    yield Kind.BLOCK, _MEASURES, 0
    yield from ((Kind.MEASURE, name, 1) for name in template.measures if name not in template.series)


def _months(template: Template) -> Iterator[_Entry]:
    """The rows by month in the template's order; a category's sum stands above its lines."""
    yield Kind.BLOCK, MONTHS_BLOCK, 0
    labels = _section_labels(template)
    lines = [line for line in template.lines.values() if line.name in template.series]
    before = ""
    for group in dict.fromkeys(_group(line) for line in lines):
        heading = template.groups[group_of(group)].label if "." in group else labels.get(group, "Totals")
        if heading != before:
            yield Kind.HEADING, heading, 0
        before = heading
        members = [line for line in lines if _group(line) == group]
        yield from ((Kind.SUM, line.name, 0) for line in members if line.role is Role.CATEGORY)
        yield from ((_kind(line), line.name, 1) for line in members if line.role is not Role.CATEGORY)


def _group(line: Line) -> str:
    """The heading that a row by month stands under: its category, else its section, else the totals."""
    return line.category or line.section


def _kind(line: Line) -> Kind:
    return Kind.SUM if line.role is Role.TOTAL else Kind.SERIES


def _under(heading: str, names: Iterable[str], kind: Kind) -> Iterator[_Entry]:
    """Rows with a heading above them; nothing where there are none."""
    rows = [(kind, name, 1) for name in names]
    if rows:
        yield Kind.HEADING, heading, 0
        yield from rows


def _section_labels(template: Template) -> dict[str, str]:
    return {section.file: section.label for section in template.sections}

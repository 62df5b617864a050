"""The layout of the sheet Compare: options side by side, and the monthly lines that other options read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ftroi.analysis.turning_points import known_turning_points
from ftroi.language import PARTIES
from ftroi.plan import Plan
from ftroi.termsheet import Template
from ftroi.termsheet.totals import BENEFITS, COSTS, total_of
from ftroi.workbook.schema import OWN_COST_SLOTS

LABEL, NAME, UNIT, FIRST_OPTION = range(4)
"""The columns of the table of measures; by month, NAME holds an option's id and UNIT a category."""

NATURE = FIRST_OPTION
"""By month, the column of an own cost's nature. Months stand in the same columns as on options' sheets."""

TITLE_ROW, HINT_ROW = 0, 1

NUMBERS = {
    "FT_OptionNumber": "Option shown",
    "FT_ReferenceNumber": "Baseline",
    "FT_CandidateNumber": "Proposed option",
    "FT_NothingNumber": "Status quo",
    "FT_IncumbentNumber": "Incumbent",
}
"""The workbook's names for the positions of options among the columns, with their labels."""

OWN_AMOUNTS, OWN_BEARERS = "FT_OwnCostAmounts", "FT_OwnCostOptions"
OWN_CATEGORIES, OWN_NATURES = "FT_OwnCostCategories", "FT_OwnCostNatures"
OWN_COUNT = "FT_OwnCostCount"
"""The workbook's names for the own costs by month, the columns beside them, and how many amounts are not 0.

Formulas look at other sheets by name: they are easier to read, and can be shared within their sheet.
"""

_FIRST_NUMBER_ROW = 4


@dataclass(frozen=True)
class CompareLayout:
    """Rows of the sheet Compare.

    ``numbers`` are the rows of the positions by name; ``header`` is the row of the options' ids
    above the measures, ``roles`` the one below it; ``scalars`` are rows by name of a measure or of
    another figure; ``totals`` and ``present`` are rows by category, nominal and at present value,
    and ``early`` what the categories that the waterfall begins with cost in the months of the build, none without a
    waterfall; each below a row with the block's title;
    ``months`` gives by charted line the row of the first option; ``of_one`` are the rows of the other
    lines by month that formulas ask for, each of one option, by function and line; ``own_costs`` are
    the rows of the own costs by month. The row above each block by month holds its label and the months.
    """

    options: tuple[str, ...]
    numbers: Mapping[str, int]
    header: int
    roles: int
    scalars: Mapping[str, int]
    totals: Mapping[str, int]
    present: Mapping[str, int]
    early: Mapping[str, int]
    months: Mapping[str, int]
    of_one: Mapping[tuple[str, str], int]
    own_costs: range

    @property
    def labels(self) -> int:
        """The row of the options' labels, above their ids."""
        return self.header - 1

    @property
    def last_option(self) -> int:
        """The last option's column."""
        return FIRST_OPTION + len(self.options) - 1

    def column(self, option: str) -> int:
        """An option's column in the table of measures."""
        return FIRST_OPTION + self.options.index(option)

    def block(self, line: str) -> range:
        """The rows of a line by month, one for each option."""
        return range(self.months[line], self.months[line] + len(self.options))

    @property
    def last_figure(self) -> int:
        """The last row of the table of measures and categories, which prints."""
        return max((*self.present.values(), *self.early.values()))

    @property
    def last_row(self) -> int:
        """The last row in use."""
        return self.own_costs[-1]


def across(name: str) -> str:
    """The workbook's name for a figure of every option: its row, or a row for each option by month."""
    return f"FT_Across_{name}"


def of_one(function: str, line: str) -> str:
    """The workbook's name for a line by month of the one option that a row function looks at."""
    return f"FT_{function.capitalize()}_{line}"


def lay_out_compare(plan: Plan) -> CompareLayout:
    """Lay out the sheet for a plan."""
    options = plan.settings.options
    numbers = {name: _FIRST_NUMBER_ROW + place for place, name in enumerate(NUMBERS)}
    header = max(numbers.values()) + 4
    scalars = {name: header + 2 + place for place, name in enumerate(scalars_compared(plan.template))}
    months = {}
    first = header + 2 + len(scalars) + 2
    totals = {name: first + place for place, name in enumerate(plan.template.categories)}
    first += len(totals) + 2
    present = {name: first + place for place, name in enumerate(plan.template.categories)}
    first += len(present) + 2
    early = {name: first + place for place, name in enumerate(categories_begun_with(plan.template))}
    row = first + len(early) + 1 if early else first - 1
    for line in lines_charted(plan.template):
        months[line] = row + 1
        row += len(options) + 2
    asked = lines_of_one(plan.template)
    of_one = {one: row + 1 + place for place, one in enumerate(asked)}
    row += len(asked) + 2 if asked else 0
    slots = max(OWN_COST_SLOTS, len(plan.own_costs))
    return CompareLayout(
        options=options,
        numbers=numbers,
        header=header,
        roles=header + 1,
        scalars=scalars,
        totals=totals,
        present=present,
        early=early,
        months=months,
        of_one=of_one,
        own_costs=range(row + 1, row + 1 + slots),
    )


def scalars_compared(template: Template) -> list[str]:
    """The figures that have a row each: the measures, and what formulas, gates and the Dashboard ask for."""
    asked = (*scalars_across(template), *scalars_of_gates(template), *scalars_shown(template))
    return list(dict.fromkeys((*template.measures, *asked)))


def scalars_across(template: Template) -> list[str]:
    """The figures, besides measures, that some formula asks for in another option."""
    return [name for name in dict.fromkeys(_asked_across(template)) if name not in template.series]


def series_across(template: Template) -> frozenset[str]:
    """The lines by month that some formula asks for in another option."""
    return frozenset(_asked_across(template)) & template.series


def scalars_of_gates(template: Template) -> list[str]:
    """The figures that gates compare, the lines that are their thresholds, and what the verdict looks at."""
    gates = template.gates.values()
    asked = [name for gate in gates for name in (gate.figure, gate.threshold) if isinstance(name, str)]
    compared = template.verdict.compared if template.verdict else ()
    return [name for name in dict.fromkeys((*asked, *compared)) if name in template.lines]


def scalars_shown(template: Template) -> list[str]:
    """The figures, besides measures, that the Dashboard shows."""
    bridge = template.views.charts.bridge
    points = (name for point in known_turning_points(template) for name in (point.today, point.at))
    names = dict.fromkeys((*points, *((bridge.value,) if bridge else ())))
    return [name for name in names if name in template.lines and name not in template.measures]


def categories_begun_with(template: Template) -> tuple[str, ...]:
    """The categories that the waterfall's first measure covers; none where the template has no waterfall."""
    steps = template.views.charts.steps
    return steps.covers if steps else ()


def lines_charted(template: Template) -> list[str]:
    """The lines by month that stand on Compare for every option: cost, value, both so far, and each group's total."""
    cumulated = template.views.charts.cumulated
    own = (cumulated,) if cumulated else ()
    return [COSTS, BENEFITS, *own, *map(total_of, template.cost_groups)]


def lines_of_one(template: Template) -> list[tuple[str, str]]:
    """The functions and lines by month of which formulas ask one other option, besides those charted."""
    charted = lines_charted(template)
    asked = ((via, name) for name, via in _asks(template) if name in template.series and name not in charted)
    return list(dict.fromkeys(asked))


def _asked_across(template: Template) -> Iterator[str]:
    return (name for name, _ in _asks(template))


def _asks(template: Template) -> Iterator[tuple[str, str]]:
    return ((name, via) for line in template.lines.values() for name, via in line.needs if via in PARTIES)

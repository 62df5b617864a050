"""The layout of the sheet Assumptions: FT_Inputs, and the columns to its right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ftroi.plan import Plan
from ftroi.termsheet import Assumption, Template
from ftroi.workbook.schema import (
    HIGH_THERE,
    LOW_THERE,
    OWN_COST_HEADERS,
    OWN_COST_SLOTS,
    RANGE_AT,
    RATE_SETTINGS,
    REMARK_HEADERS,
    SETTINGS,
    assumption_headers,
)

TITLE_ROW, HINT_ROW, LABELS_ROW, HEADER_ROW = range(4)
"""The title, what the sheet is for, the options' labels, and the headers in words with the options' short labels, which
stay in sight above FT_Inputs. An option may be typed by its label, its short label or its id."""

INPUTS_ROW = 4
"""The first row of FT_Inputs."""

NOT_WHOLE, TYPED_OVER, OUT_OF_PLACE = "not whole", "typed over", "out of place"
"""Whether a figure of a row is not whole that must be, its value in force no formula, and its key or its name stands
elsewhere: 1, or 0."""

REFUSED, BEYOND = "refused", "beyond its range"
"""Whether a figure of a row is no number or not allowed, and its base beyond a typed low or high: 1, or 0."""

FLAGS = (NOT_WHOLE, TYPED_OVER, OUT_OF_PLACE, REFUSED, BEYOND)

OUTSIDE_HEADERS = (
    *REMARK_HEADERS,
    "first",
    "min",
    "max",
    "spread",
    RANGE_AT,
    LOW_THERE,
    HIGH_THERE,
    "favourable end",
    "unfavourable end",
    "toward",
    "own value of the option shown",
    *FLAGS,
)
"""What stands right of FT_Inputs, for each assumption; `NOT_WHOLE` counts the faults of an own cost in its row."""

CHOICE_HEADERS = ("options", "categories", "natures", "how often")
"""The lists that the cells of own costs choose from, right of FT_Inputs."""

FILL_FIRST = "Fill these first"


@dataclass(frozen=True)
class AssumptionsLayout:
    """Rows and columns of the sheet Assumptions.

    ``columns`` and ``outside`` give columns by header, options by their ids; ``settings`` and
    ``rows`` give rows by key and by assumption; ``own_costs`` are the rows of the slots, and ``own_formulas`` those of
    formulas of the user's own, whose headers stand above them;
    ``headings`` holds each section's heading by row.
    """

    settings_header: int
    settings: Mapping[str, int]
    header: int
    rows: Mapping[str, int]
    headings: Mapping[int, str]
    own_header: int
    own_costs: range
    own_formulas: range
    options: tuple[str, ...]
    columns: Mapping[str, int]
    own_columns: Mapping[str, int]
    outside: Mapping[str, int]

    @property
    def last_row(self) -> int:
        """The last row of FT_Inputs."""
        return self.own_formulas[-1] if self.own_formulas else self.own_costs[-1]

    @property
    def last_column(self) -> int:
        """The last column of FT_Inputs."""
        return len(self.columns) - 1

    @property
    def option_columns(self) -> tuple[int, int]:
        """The columns of the first and the last option."""
        return self.columns[self.options[0]], self.columns[self.options[-1]]

    @property
    def bearer_column(self) -> int:
        """The column in whose cells beside the own costs the ids of who bears them stand."""
        return self.outside[TYPED_OVER]

    @property
    def setting_column(self) -> int:
        """The column of the settings' values."""
        return self.columns["base"]


def lay_out_assumptions(plan: Plan) -> AssumptionsLayout:
    """Lay out the sheet for a plan: settings, assumptions by section, own costs."""
    keys = (*SETTINGS, *RATE_SETTINGS)
    settings = {key: INPUTS_ROW + 1 + place for place, key in enumerate(keys)}
    header = max(settings.values()) + 2
    rows: dict[str, int] = {}
    headings: dict[int, str] = {}
    row = header
    for section, members in assumption_sections(plan.template):
        row += 1
        headings[row] = section
        for assumption in members:
            row += 1
            rows[assumption.name] = row
    own_header = row + 2
    slots = max(OWN_COST_SLOTS, len(plan.own_costs))
    headers = assumption_headers(plan.settings.options)
    first_formula = own_header + slots + 4
    beside = len(headers) + 1
    return AssumptionsLayout(
        settings_header=INPUTS_ROW,
        settings=settings,
        header=header,
        rows=rows,
        headings=headings,
        own_header=own_header,
        own_costs=range(own_header + 1, own_header + 1 + slots),
        own_formulas=range(first_formula, first_formula + len(plan.own_formulas)),
        options=plan.settings.options,
        columns={name: column for column, name in enumerate(headers)},
        own_columns={name: column for column, name in enumerate(OWN_COST_HEADERS)},
        outside={name: beside + place for place, name in enumerate(OUTSIDE_HEADERS)},
    )


def assumption_sections(template: Template) -> Iterator[tuple[str, list[Assumption]]]:
    """The sections in the order of the sheet: what to fill first, then the template's, then any other."""
    first = [assumption for assumption in template.assumptions.values() if assumption.table.fill_first]
    yield FILL_FIRST, sorted(first, key=lambda one: one.table.fill_first or 0)
    labels = {section.file: section.label for section in template.sections}
    stems = dict.fromkeys((*labels, *(assumption.section for assumption in template.assumptions.values())))
    for stem in stems:
        members = [
            assumption
            for assumption in template.assumptions.values()
            if assumption.section == stem and not assumption.table.fill_first
        ]
        if members:
            yield labels.get(stem, stem), members

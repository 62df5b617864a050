"""The layout of the sheet Actuals: its head, what follows at completion, the tables, and the amounts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ftroi.plan import Plan
from ftroi.workbook.layout.option import MONTHS
from ftroi.workbook.schema import ACTUALS_STAMPS, BILLED_HEADERS
from ftroi.workbook.xlsx.addresses import fixed, fixed_range

TITLE_ROW, HINT_ROW, HEAD_ROW = 0, 1, 3
KEY, LABEL, VALUE = range(3)
"""The columns of a single figure; the key is what it is read back by."""

COMPLETION = {
    "state": "State of the approval",
    "first_day": "First day compared",
    "last_day": "Last day compared",
    "approved": "TCO as frozen",
    "billed": "Billed to date",
    "to_come": "Still to come as the plan stands; categories without bills as frozen",
    "at_completion": "TCO at completion: billed and forecast",
    "variance": "Variance at completion",
    "go_on": "Going on, by later flows alone",
    "stop": "Stopping",
    "switch": "Switching to the baseline option",
    "stamped": "Fingerprint of the inputs of these three",
    "decision": "The verdict asked again",
}
"""Single figures below the head, with the labels that people read."""

APART = {
    "not assigned": "Not assigned: no rule of Mapping fits",
    "outside": "Outside the plan, such as tax",
    "other": "Other options",
    "before": "Before the plan",
    "after": "After the months compared",
    "all": "All that was billed",
}
"""What is billed and not compared, and the sum with what is."""

CATEGORY_HEADERS = (
    "", "Category", "Frozen to date", "Billed to date", "Variance", "Frozen, whole life", "Billed and forecast",
    "Variance at completion", "Amounts",
)  # fmt: skip
MONTH_HEADERS = ("Month", "", "Frozen", "Billed", "Variance", "Variance to date")
TO_DATE, BILLED, VARIANCE, WHOLE, FORECAST, FINAL, COUNT = range(2, 9)
"""The columns of the categories' figures."""

DAY, FROZEN, PAID, GAP, RUNNING = range(1, 6)
"""The columns of a month's figures."""

BASELINE_COLUMN = len(BILLED_HEADERS) + 2
"""The column of the months' numbers beside the frozen plan by category, right of everything else."""


@dataclass(frozen=True)
class ActualsLayout:
    """The rows and columns of the sheet, for a plan's categories and as many amounts as it keeps."""

    categories: tuple[str, ...]
    amounts: int

    @property
    def head(self) -> Mapping[str, int]:
        """The rows of the head, by key."""
        return {key: HEAD_ROW + place for place, key in enumerate(ACTUALS_STAMPS)}

    @property
    def completion(self) -> Mapping[str, int]:
        """The rows of the single figures below it."""
        return {key: HEAD_ROW + len(ACTUALS_STAMPS) + 1 + place for place, key in enumerate(COMPLETION)}

    @property
    def category_header(self) -> int:
        """The row of the categories' headers."""
        return max(self.completion.values()) + 2

    @property
    def rows(self) -> Mapping[str, int]:
        """The row of each category."""
        return {name: self.category_header + 1 + place for place, name in enumerate(self.categories)}

    @property
    def together(self) -> int:
        """The row of the categories' sums."""
        return self.category_header + 1 + len(self.categories)

    @property
    def apart(self) -> Mapping[str, int]:
        """The rows of what is not compared."""
        return {key: self.together + 2 + place for place, key in enumerate(APART)}

    @property
    def month_header(self) -> int:
        """The row of the months' headers; above it, right, stand the flags of the categories with amounts."""
        return max(self.apart.values()) + 3

    @property
    def months(self) -> range:
        """The rows of the months."""
        return range(self.month_header + 1, self.month_header + 1 + MONTHS)

    @property
    def list_header(self) -> int:
        """The row of the amounts' headers."""
        return self.months[-1] + 3

    @property
    def last_amount(self) -> int:
        """The last row of the amounts; one is left blank where there are none."""
        return self.list_header + max(1, self.amounts)

    @property
    def baseline(self) -> Mapping[str, int]:
        """The column of each category in the frozen plan."""
        return {name: BASELINE_COLUMN + 1 + place for place, name in enumerate(self.categories)}

    def value(self, key: str) -> str:
        """The cell of a single figure, of the head or below it."""
        return fixed({**self.head, **self.completion, **self.apart}[key], VALUE)

    def listed(self, header: str) -> str:
        """The cells of one column of the amounts."""
        column = BILLED_HEADERS.index(header)
        return fixed_range(self.list_header + 1, column, self.last_amount, column)

    def frozen(self, category: str) -> str:
        """The frozen plan of a category by month."""
        column = self.baseline[category]
        return fixed_range(self.months[0], column, self.months[-1], column)


def lay_out_actuals(plan: Plan) -> ActualsLayout:
    """Lay out the sheet Actuals."""
    return ActualsLayout(plan.template.cost_categories, len(plan.actuals.billed) if plan.actuals else 0)

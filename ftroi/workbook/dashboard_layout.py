"""Where things stand on the Dashboard: what is shown, headline figures, all options, the index of sheets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ftroi.plan import Plan

LABEL, SHOWN, UNIT, AGAINST, SOURCE = range(5)
"""The columns of the headline figures: label, the option shown, unit, the reference, where it comes from."""

TITLE_ROW, HINT_ROW, VERDICT_ROW = 0, 1, 3

REASON_ROWS = range(4, 8)
"""The three reasons of the verdict, and the conditions that remain."""

ABOUT = {
    "option": "Option shown",
    "case": "Case shown",
    "reference": "Reference: returns are measured against it",
    "candidate": "Candidate: the verdict is about it",
    "horizon": "Horizon",
    "start": "Start",
}
"""What the top of the sheet tells; the first two are chosen there."""

HEADLINES = (
    "tco",
    "tco_pv",
    "sprint_budget",
    "lifetime_multiple",
    "visible",
    "hidden",
    "hidden_share",
    "hidden_multiple",
    "value",
    "npv",
    "expected_npv",
    "payback_months",
    "unit_cost",
)
"""The measures that are shown for one option; those that the template has."""

COMPARED = ("tco", "tco_pv", "visible", "hidden", "hidden_multiple", "npv", "expected_npv", "payback_months")
"""The measures that are shown for all options."""

VERDICT_COLUMNS = (0, 7)
"""The first and the last column of the verdict's bar; its code stands right of it."""

_ABOUT_ROW = 9


@dataclass(frozen=True)
class DashboardLayout:
    """Rows of the Dashboard.

    ``about`` by key of ABOUT, ``headlines`` by measure, ``options`` by option, ``sheets`` by sheet;
    ``compared`` gives columns by measure, with the options' parts in the column ``roles``. Each
    table has its headers in the row above and its title in the one above that.
    """

    about: Mapping[str, int]
    headlines: Mapping[str, int]
    options: Mapping[str, int]
    compared: Mapping[str, int]
    sheets: Mapping[str, int]

    @property
    def roles(self) -> int:
        """The column that tells an option's part, right of the measures."""
        return max(self.compared.values()) + 1

    @property
    def last_row(self) -> int:
        """The last row in use."""
        return max(self.sheets.values())


def lay_out_dashboard(plan: Plan, sheets: Iterable[str]) -> DashboardLayout:
    """Lay out the sheet for a plan whose workbook has these sheets."""
    measures = plan.template.measures
    about = _rows(_ABOUT_ROW, ABOUT)
    headlines = _rows(_below(about), [name for name in HEADLINES if name in measures])
    options = _rows(_below(headlines), plan.settings.options)
    return DashboardLayout(
        about=about,
        headlines=headlines,
        options=options,
        compared=_rows(1, [name for name in COMPARED if name in measures]),
        sheets=_rows(_below(options) - 1, sheets),
    )


def _rows(first: int, names: Iterable[str]) -> dict[str, int]:
    return {name: first + place for place, name in enumerate(names)}


def _below(rows: Mapping[str, int]) -> int:
    """Give the first row of the next table: after a space, its title and its headers."""
    return max(rows.values()) + 4

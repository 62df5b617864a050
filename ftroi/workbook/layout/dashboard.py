"""Where things stand on the Dashboard: the first page, and below it tables, index and the charts' data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ftroi.plan import Plan
from ftroi.workbook.layout.option import MONTHS

WIDE, NARROW, PAIRS = 190, 86, 6
"""Widths in pixels: six pairs of a wide and a narrow column, one pair for each card."""

COLUMNS = 2 * PAIRS
LAST_COLUMN = COLUMNS - 1

TITLE_ROW, HEAD_ROW = 0, 1
LINE_ROWS = range(2, 5)
"""The verdict's sentence, broken into lines."""

REASON_ROWS = range(5, 8)
CONDITION_ROW = 8
BAR_COLUMNS = (0, 8)
"""The first and the last column of the verdict's bar."""

PANEL_LABEL, PANEL_VALUE, PANEL_MARK = 9, 10, 11
PANEL = {"option": 1, "case": 2, "horizon": 3, "start": 4, "checks": 5, "engine": 6}
"""The rows right of the verdict, by what stands there."""

CARD_LABEL_ROW, CARD_FIGURE_ROW, CARD_REFERENCE_ROW = 10, 11, 12
CHART_ROWS = (14, 15)
TABLE_ROW = 16
"""The headers of the two tables of the first page: break-evens at the left, gates at the right."""

TABLE_ROWS = 6
SCREEN_END = TABLE_ROW + TABLE_ROWS
"""The last row of the first screen; below it the first page has the table of all options."""

HEIGHTS = {
    TITLE_ROW: 34, HEAD_ROW: 20, **dict(zip(LINE_ROWS, (34, 20, 14), strict=True)),
    **dict.fromkeys(REASON_ROWS, 17), CONDITION_ROW: 15, 9: 4,
    CARD_LABEL_ROW: 17, CARD_FIGURE_ROW: 30, CARD_REFERENCE_ROW: 16, 13: 5,
    **dict(zip(CHART_ROWS, (218, 192), strict=True)), TABLE_ROW: 20,
    **dict.fromkeys(range(TABLE_ROW + 1, SCREEN_END + 1), 15),
}  # fmt: skip
"""Heights of the first page's rows in pixels; in all 780, what a screen of 1920 x 1080 shows below a ribbon."""

BREAK_EVEN_NAME, BREAK_EVEN_TODAY, BREAK_EVEN_AT, BREAK_EVEN_FAR = 0, 2, 3, 4
GATE_COLUMNS = ((6, 7), (8, 9), (10, 11))
"""The columns of a gate's name and status, in each third of the grid."""

LABEL, SHOWN, UNIT, ENGINE, MARK, REFERENCE, SOURCE = 0, 4, 5, 6, 7, 8, 10
"""The columns of the headline figures: label, native figure, unit, the engine's figure, whether both agree,
the reference's figure, and where it comes from."""

COMPARED_COLUMNS = (2, 3, 4, 5, 6, 7, 8, 10)
"""The columns of the measures that are shown for all options; the last ones have room for texts."""

TOLD = 2
"""The column of what the index tells of a sheet."""

ROLES = LAST_COLUMN
"""The column that tells an option's part, right of the measures."""

TITLE_ABOVE = 2
"""How far above a table's first row its title stands."""

VERDICT_KEYS = ("sentence", "code", "room", "room below")
START, END = "start", "end"
"""The ends of the waterfall, beside its categories."""

CLAIM, LINE_FROM, LINE_TO = "claim", "line from", "line to"
"""Points of the chart of shares besides the options: the claim, and the ends of the line of break-even."""

STEP_AMOUNT, STEP_TO, STEP_BASE, STEP_ENDS, STEP_GROUPS = 2, 3, 5, 4, 6
"""The columns of the waterfall's data: the step, where it ends, and the series that are drawn, one for each group."""

SHARE_X, SHARE_Y = 2, 4
MONTH_X, MONTH_SHOWN, MONTH_REFERENCE = 2, 4, 6


@dataclass(frozen=True)
class DashboardLayout:
    """Rows of the Dashboard below the first page.

    ``verdict`` by VERDICT_KEYS, ``headlines`` by measure, ``options`` by option, ``sheets`` by sheet; of the
    charts' data ``steps`` by category, START and END (empty without a waterfall), ``shares`` by option and point,
    ``months`` from month 0 on, ``payback`` for its point. Each table has its headers in the row above and its title in
    the one above that; ``compared`` gives columns by measure, ``groups`` those of the waterfall's series by group.
    """

    verdict: Mapping[str, int]
    headlines: Mapping[str, int]
    options: Mapping[str, int]
    compared: Mapping[str, int]
    sheets: Mapping[str, int]
    steps: Mapping[str, int]
    shares: Mapping[str, int]
    months: range
    payback: int
    groups: Mapping[str, int]

    @property
    def last_row(self) -> int:
        """The last row in use."""
        return self.months[-1]

    @property
    def second_page(self) -> int:
        """The first row of the second page: the title of the headline figures."""
        return min(self.headlines.values()) - TITLE_ABOVE

    @property
    def last_printed(self) -> int:
        """The last row that prints: what the charts are drawn from stays on the screen."""
        return max(self.sheets.values())


def lay_out_dashboard(plan: Plan, sheets: Iterable[str]) -> DashboardLayout:
    """Lay out the sheet for a plan whose workbook has these sheets."""
    template = plan.template
    options = _rows(SCREEN_END + 4, plan.settings.options)
    views = template.views
    headlines = _rows(_below(options), [one.measure for one in views.shown_in("table")])
    verdict = _rows(_below(headlines), VERDICT_KEYS)
    index = _rows(_below(verdict), sheets)
    steps = _rows(_below(index), (START, *template.cost_categories, END) if views.charts.steps else ())
    points = (CLAIM, LINE_FROM, LINE_TO) if views.charts.shares else ()
    shares = _rows(_below(steps or index), (*plan.settings.options, *points))
    first = _below(shares) + 1
    return DashboardLayout(
        verdict=verdict,
        headlines=headlines,
        options=options,
        compared=dict(zip((one.measure for one in views.shown_in("options")), COMPARED_COLUMNS, strict=False)),
        sheets=index,
        steps=steps,
        shares=shares,
        months=range(first, first + MONTHS + 1),
        payback=first - 1,
        groups={name: STEP_GROUPS + place for place, name in enumerate(template.cost_groups)},
    )


def _rows(first: int, names: Iterable[str]) -> dict[str, int]:
    return {name: first + place for place, name in enumerate(names)}


def _below(rows: Mapping[str, int]) -> int:
    """The first row of the next table: after a space, its title and its headers."""
    return max(rows.values()) + 4

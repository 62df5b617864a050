"""The layout of the Dashboard: the first page, and below it tables, index and the charts' data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ftroi.plan import CASES, Plan
from ftroi.termsheet import Template
from ftroi.workbook.layout.option import MONTHS

WIDE, NARROW, PAIRS = 116, 69, 6
"""Widths in pixels: six pairs of a wide and a narrow column, one pair for each card; in all what a laptop shows."""

PRINTED_SCALE = 73
"""The scale in percent at which the pages take their paper."""

COLUMNS = 2 * PAIRS
LAST_COLUMN = COLUMNS - 1

TITLE_ROW, HEAD_ROW = 0, 1
LINE_ROWS = range(2, 5)
"""The verdict's sentence, broken into lines."""

REASON_ROWS = range(5, 8)
CONDITION_ROW, SURE_ROW = 8, 9
BAR_COLUMNS = (0, 8)
"""The first and the last column of the verdict's bar."""

PANEL_LABEL, PANEL_VALUE, PANEL_MARK = 9, 10, 11
PANEL = {"option": 1, "case": 2, "horizon": 3, "start": 4, "checks": 5, "engine": 6, "remark": 7}
"""The rows right of the verdict, by what stands there."""

CARD_LABEL_ROW, CARD_FIGURE_ROW, CARD_REFERENCE_ROW = 10, 11, 12
CHART_ROWS = (14, 15)
TABLE_ROW = 16
"""The headers of the two tables of the first page: break-evens at the left, gates at the right."""

TABLE_ROWS = 9
BREAK_EVEN_ROWS = 6
"""Rows of break-evens, the last one for the odds."""

ODDS_ROW = TABLE_ROW + BREAK_EVEN_ROWS
SCREEN_END = TABLE_ROW + TABLE_ROWS
"""The last row of the first screen and of the first page."""

LAST_CHARTS_HEIGHT = 215
"""The height in pixels of the two charts that end the last page."""

HEIGHTS = {
    TITLE_ROW: 28, HEAD_ROW: 18, **dict(zip(LINE_ROWS, (28, 17, 12), strict=True)),
    **dict.fromkeys(REASON_ROWS, 16), CONDITION_ROW: 14, SURE_ROW: 22,
    CARD_LABEL_ROW: 17, CARD_FIGURE_ROW: 28, CARD_REFERENCE_ROW: 15, 13: 5,
    **dict(zip(CHART_ROWS, (245, 215), strict=True)), TABLE_ROW: 20,
    **dict.fromkeys(range(TABLE_ROW + 1, SCREEN_END + 1), 15),
    SCREEN_END + 1: 18,
}  # fmt: skip
"""Heights of the first page's rows in pixels: the first two charts end where a laptop's screen does (1366 x 768), the
tables where one of 1920 x 1080 does."""

BREAK_EVEN_NAME, BREAK_EVEN_TODAY, BREAK_EVEN_AT, BREAK_EVEN_FAR = 0, 2, 3, 4
GATE_COLUMNS = ((6, 8), (9, 11))
"""The columns of a gate's name and status, in each half of the grid; a name runs on into the column between."""

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

PROMISED_KEYS = ("approval", "cost", "to_date", "value", "gain", "decision")
"""The rows of what was promised and delivered, in a workbook with an approved plan or bills."""

VERDICT_KEYS = ("sentence", "code", "room", "room below")
START, END = "start", "end"
"""The ends of the waterfall, beside its categories."""

CLAIM, LINE_FROM, LINE_TO = "claim", "line from", "line to"
"""Points of the chart of shares besides the options: the claim, and the ends of the line of break-even."""

VALUE = "value"
"""The first step of the bridge; its last one is END."""

STEP_AMOUNT, STEP_TO, STEP_BASE, STEP_ENDS, STEP_GROUPS = 2, 3, 5, 4, 6
"""The columns of the waterfall's data: the step, where it ends, and the series that are drawn, one for each group."""

SHARE_X, SHARE_Y = 2, 4
MONTH_X, MONTH_SHOWN, MONTH_REFERENCE, MONTH_DIFFERENCE = 2, 4, 6, 8
GAIN_ABOVE, GAIN_BELOW, LOSS_ABOVE, LOSS_BELOW = 6, 7, 8, 9
"""Of the bridge, the columns of what gains and of what costs, above and below zero; the others as of the waterfall."""

STACK_FIRST = 2
"""Of the stacked bars, the column of the first step; each further step has the next one."""


@dataclass(frozen=True)
class DashboardLayout:
    """Rows of the Dashboard below the first page.

    ``verdict`` by VERDICT_KEYS, ``promised`` by PROMISED_KEYS (empty without bills), ``headlines`` by measure,
    ``options`` by option, ``cases`` by case, ``sheets`` by sheet; of the charts' data ``steps`` by step, START and END
    (empty without a waterfall), ``bridge`` by step, VALUE and END, ``stacks`` by option, ``shares`` by option and
    point, ``months`` from month 0 on, ``payback`` for its point. Each table has its headers in the row above and its
    title in the one above that; ``compared`` gives columns by measure, ``groups`` those of the waterfall's series by
    group, ``costs`` the categories of each step.
    """

    verdict: Mapping[str, int]
    promised: Mapping[str, int]
    headlines: Mapping[str, int]
    options: Mapping[str, int]
    cases: Mapping[str, int]
    compared: Mapping[str, int]
    sheets: Mapping[str, int]
    costs: Mapping[str, tuple[str, ...]]
    steps: Mapping[str, int]
    bridge: Mapping[str, int]
    stacks: Mapping[str, int]
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
        """The first row of the second page: the title of the table of all options; scenarios follow it."""
        return min(self.options.values()) - TITLE_ABOVE

    @property
    def third_page(self) -> int:
        """The first row of the third page: the title of the headline figures."""
        return min(self.headlines.values()) - TITLE_ABOVE

    @property
    def last_charts(self) -> int:
        """The row of the two charts below the headline figures."""
        return max(self.headlines.values()) + 2

    @property
    def last_printed(self) -> int:
        """The last row that prints: what the charts are drawn from stays on the screen."""
        return max(self.promised.values(), default=self.last_charts)


def lay_out_dashboard(plan: Plan, sheets: Iterable[str]) -> DashboardLayout:
    """Lay out the sheet for a plan whose workbook has these sheets."""
    template = plan.template
    options = _rows(SCREEN_END + 4, plan.settings.options)
    views = template.views
    cases = _rows(_below(options), CASES)
    headlines = _rows(_below(cases), [one.measure for one in views.shown_in("table")])
    promised = _rows(_below(headlines) + 2, PROMISED_KEYS if plan.actuals else ())
    verdict = _rows(_below(promised) if promised else _below(headlines) + 2, VERDICT_KEYS)
    index = _rows(_below(verdict), sheets)
    costs = steps_of(template)
    steps = _rows(_below(index), (START, *costs, END) if views.charts.steps else ())
    bridge = _rows(_below(steps or index), (VALUE, *costs, END) if views.charts.bridge else ())
    stacks = _rows(_below(bridge or steps or index), plan.settings.options)
    points = (CLAIM, LINE_FROM, LINE_TO) if views.charts.shares else ()
    shares = _rows(_below(stacks), (*plan.settings.options, *points))
    first = _below(shares) + 1
    return DashboardLayout(
        verdict=verdict,
        promised=promised,
        headlines=headlines,
        options=options,
        cases=cases,
        compared=dict(zip((one.measure for one in views.shown_in("options")), COMPARED_COLUMNS, strict=False)),
        sheets=index,
        costs=costs,
        steps=steps,
        bridge=bridge,
        stacks=stacks,
        shares=shares,
        months=range(first, first + MONTHS + 1),
        payback=first - 1,
        groups={name: STEP_GROUPS + place for place, name in enumerate(template.cost_groups)},
    )


def steps_of(template: Template) -> dict[str, tuple[str, ...]]:
    """The cost categories by what charts draw as one: several that the views name together, or one by itself."""
    steps = template.views.charts.steps
    together = steps.together if steps else {}
    named = {category: name for name, members in together.items() for category in members}
    found: dict[str, tuple[str, ...]] = {}
    for category in template.cost_categories:
        name = named.get(category, category)
        found[name] = (*found.get(name, ()), category)
    return found


def _rows(first: int, names: Iterable[str]) -> dict[str, int]:
    return {name: first + place for place, name in enumerate(names)}


def _below(rows: Mapping[str, int]) -> int:
    """The first row of the next table: after a space, its title and its headers."""
    return max(rows.values()) + 4

"""Drawing the charts of the Dashboard, each from visible cells below its pages or on Annual."""

from __future__ import annotations

from openpyxl.chart import BarChart, ScatterChart

from ftroi.termsheet.colour import category_colours, group_colours
from ftroi.termsheet.totals import total_of
from ftroi.termsheet.views import BridgeTable, SharesTable, StepsTable
from ftroi.workbook.context import Book
from ftroi.workbook.layout.annual import FIRST_YEAR, HEADER_ROW, LAST_YEAR
from ftroi.workbook.layout.annual import LABEL as ANNUAL_LABEL
from ftroi.workbook.layout.dashboard import (
    CHART_ROWS,
    CLAIM,
    COLUMNS,
    END,
    GAIN_ABOVE,
    GAIN_BELOW,
    HEIGHTS,
    LABEL,
    LAST_CHARTS_HEIGHT,
    LINE_FROM,
    LINE_TO,
    LOSS_ABOVE,
    LOSS_BELOW,
    MONTH_DIFFERENCE,
    MONTH_X,
    NARROW,
    PAIRS,
    SHARE_X,
    SHARE_Y,
    STACK_FIRST,
    START,
    STEP_BASE,
    STEP_ENDS,
    VALUE,
    WIDE,
)
from ftroi.workbook.layout.workbook import ANNUAL, DASHBOARD
from ftroi.workbook.sheets.dashboard.chart_data import line_start
from ftroi.workbook.xlsx.charts import MONEY, SHARE, Area, Chart, Charts, Source
from ftroi.workbook.xlsx.label_placement import Point, label_positions

_ENDS, _REFERENCE = "#858585", "#8C8C8C"
_CLAIM = "#D55E00"
_HALF_YEAR = 6
_ROOM = 8
"""Pixels between a chart and the edges of its place."""

_CHART_WIDTH = PAIRS // 2 * (WIDE + NARROW) - _ROOM
_ABOUT = {
    "steps": "Waterfall of the option shown: the measure that it begins with, what each category of cost adds, and the "
    "cost that they add up to.",
    "options": "Stacked bars, one for each option, baseline and proposed option named: cost by category.",
    "bridge": "Waterfall from the baseline to the proposed option at present value: more value, what each category of "
    "cost adds or saves, and the net present value that they come to.",
    "years": "Stacked columns by year: visible and hidden cost of the option shown.",
    "months": "A line by month: value less cost so far of the option shown, less the baseline's; a diamond marks the "
    "payback, where it leaves zero for good.",
    "shares": "Points, one for each option: its share of the proposed option's value against its share of that "
    "option's cost; a diamond marks the claim under test; above the line an option is better than the proposed one.",
}
"""What the charts say to those who cannot see them."""

_PLOTS = {
    "steps": (0.11, 0.12, 0.87, 0.53),
    "options": (0.3, 0.1, 0.67, 0.65),
    "months": (0.11, 0.14, 0.87, 0.57),
    "bridge": (0.11, 0.14, 0.87, 0.52),
    "shares": (0.1, 0.14, 0.87, 0.5),
    "years": (0.11, 0.14, 0.87, 0.55),
}
"""Left edge, upper edge, width and height of what is drawn, as parts of the chart, inside the labels of the axes."""

_SIDES = {"right": "r", "above": "t", "below": "b", "left": "l"}


def draw_charts(book: Book) -> None:
    """Draw the charts into their rows, two beside each other."""
    _Charts(book).draw()


class _Charts:
    """The charts in the making."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._layout = book.layout.dashboard
        self._template = book.plan.template
        self._views = book.plan.template.views.charts
        self._charts = Charts(book.styles.theme)
        self._colours = self._charts.colours

    def draw(self) -> None:
        if self._views.steps:
            self._place("steps", self._steps(self._views.steps), CHART_ROWS[0], is_left=True)
        self._place("options", self._options(), CHART_ROWS[0], is_left=False)
        self._place("months", self._months(), CHART_ROWS[1], is_left=True)
        if self._views.bridge:
            self._place("bridge", self._bridge(self._views.bridge), CHART_ROWS[1], is_left=False)
        self._place("years", self._years(), self._layout.last_charts, is_left=True)
        if self._views.shares:
            self._place("shares", self._shares(self._views.shares), self._layout.last_charts, is_left=False)

    def _place(self, key: str, chart: Chart, row: int, *, is_left: bool) -> None:
        self._charts.place_plot(chart, _PLOTS[key])
        size, column = (_CHART_WIDTH, HEIGHTS.get(row, LAST_CHARTS_HEIGHT)), 0 if is_left else COLUMNS // 2
        self._book.sheet(DASHBOARD).insert_chart(row, column, chart, size, _ABOUT[key], 0 if is_left else _ROOM)

    # --- waterfall -----------------------------------------------------------------------------------------

    def _steps(self, steps: StepsTable) -> BarChart:
        chart = self._charts.columns(f"{steps.title}, option shown", gap=30, stacked=True)
        rows = self._layout.steps
        groups = {self._layout.groups[group]: colour for group, colour in group_colours(self._template).items()}
        colours = {STEP_BASE: None, STEP_ENDS: _ENDS} | groups
        for column, colour in colours.items():
            source = Source(
                _cell(rows[START] - 1, column), _rows(rows[START], rows[END], LABEL),
                _rows(rows[START], rows[END], column),
            )  # fmt: skip
            self._charts.add_columns(chart, source, colour, labelled=colour is not None)
        self._money_axis(chart)
        self._charts.level(chart.x_axis)
        self._charts.add_legend(chart, left_out=[0])
        return chart

    # --- cost by category, every option --------------------------------------------------------------------

    def _options(self) -> BarChart:
        chart = self._charts.bars(f"{self._views.stacks}, {self._money}", gap=25, stacked=True)
        rows = self._layout.stacks.values()
        first, last = min(rows), max(rows)
        colours = category_colours(self._template, [members[0] for members in self._layout.costs.values()])
        for column, colour in enumerate(colours.values(), start=STACK_FIRST):
            source = Source(_cell(first - 1, column), _rows(first, last, LABEL), _rows(first, last, column))
            self._charts.add_columns(chart, source, colour)
        chart.x_axis.scaling.orientation, chart.y_axis.tickLblPos = "maxMin", "high"
        chart.y_axis.numFmt = self._charts.number_format(MONEY)
        self._charts.add_grid(chart.y_axis)
        self._charts.add_legend(chart)
        return chart

    # --- from the baseline to the proposed option ----------------------------------------------------------

    def _bridge(self, bridge: BridgeTable) -> BarChart:
        chart, rows = self._charts.columns(bridge.title, gap=30, stacked=True), self._layout.bridge
        better, worse = self._colours.accent, self._colours.hidden[0]
        colours = {
            STEP_BASE: None, STEP_ENDS: _ENDS, GAIN_ABOVE: better, GAIN_BELOW: better, LOSS_ABOVE: worse,
            LOSS_BELOW: worse,
        }  # fmt: skip
        labels = _rows(rows[VALUE], rows[END], LABEL)
        for column, colour in colours.items():
            source = Source(_cell(rows[VALUE] - 1, column), labels, _rows(rows[VALUE], rows[END], column))
            self._charts.add_columns(chart, source, colour)
        chart.x_axis.tickLblPos = "low"
        self._charts.level(chart.x_axis)
        self._money_axis(chart)
        self._charts.add_legend(chart, left_out=[0, 1, 3, 5])
        return chart

    # --- cost by year --------------------------------------------------------------------------------------

    def _years(self) -> BarChart:
        chart, annual = self._charts.columns(self._views.years, gap=60, stacked=True), self._book.layout.annual
        years = Area(ANNUAL, HEADER_ROW, FIRST_YEAR, HEADER_ROW, LAST_YEAR)
        for group, colour in group_colours(self._template).items():
            row = annual.rows[total_of(group), ""]
            name = Area(ANNUAL, row, ANNUAL_LABEL, row, ANNUAL_LABEL)
            values = Area(ANNUAL, row, FIRST_YEAR, row, LAST_YEAR)
            self._charts.add_columns(chart, Source(name, years, values), colour)
        self._money_axis(chart)
        self._charts.name_axis(chart.x_axis, "year")
        self._charts.add_legend(chart)
        return chart

    # --- value less cost by month --------------------------------------------------------------------------

    def _months(self) -> ScatterChart:
        chart = self._charts.points(self._views.difference)
        months, payback = self._layout.months, self._layout.payback
        moments, values = (_rows(months[0], months[-1], one) for one in (MONTH_X, MONTH_DIFFERENCE))
        source = Source(_cell(payback - 1, MONTH_DIFFERENCE), moments, values)
        self._charts.add_line(chart, source, self._colours.accent, 2.25)
        if self._views.payback:
            source = Source(_cell(payback, LABEL), _cell(payback, MONTH_X), _cell(payback, MONTH_DIFFERENCE))
            self._charts.add_point(chart, source, _CLAIM, diamond=True)
        self._money_axis(chart)
        self._charts.name_axis(chart.x_axis, "month")
        self._charts.set_scale(chart.x_axis, 0, step=_HALF_YEAR)
        chart.x_axis.tickLblPos = "low"
        self._charts.add_legend(chart)
        return chart

    # --- share of value against share of cost --------------------------------------------------------------

    def _shares(self, shares: SharesTable) -> ScatterChart:
        chart = self._charts.points(shares.title)
        rows = self._layout.shares
        ends = (_rows(rows[LINE_FROM], rows[LINE_TO], one) for one in (SHARE_X, SHARE_Y))
        self._charts.add_line(chart, Source(_cell(rows[LINE_FROM], LABEL), *ends), _REFERENCE, 1, dashed=True)
        places = label_positions(self._points(shares), self._break_even_line(shares))
        for name in (*self._book.plan.settings.options, CLAIM):
            self._share(chart, name, places[name])
        self._charts.name_axis(chart.y_axis, "share of value", SHARE, is_upright=True)
        self._charts.add_grid(chart.y_axis)
        self._charts.name_axis(chart.x_axis, "share of cost", SHARE)
        self._charts.set_scale(chart.x_axis, 0)
        self._charts.add_legend(chart, left_out=range(1, len(self._book.plan.settings.options) + 1))
        return chart

    def _share(self, chart: ScatterChart, name: str, position: str) -> None:
        row, settings = self._layout.shares[name], self._book.plan.settings
        colour = {settings.candidate: self._colours.accent, settings.reference: self._colours.ink, CLAIM: _CLAIM}.get(
            name, _REFERENCE
        )
        source = Source(*(_cell(row, column) for column in (LABEL, SHARE_X, SHARE_Y)))
        is_claim = name == CLAIM
        self._charts.add_point(chart, source, colour, diamond=is_claim, label_at="" if is_claim else _SIDES[position])

    def _break_even_line(self, shares: SharesTable) -> tuple[Point, Point]:
        """The ends of the line in the file's own figures, for labels to keep off it."""
        return Point(*line_start(self._book, shares), ""), Point(1.0, 1.0, "")

    def _points(self, view: SharesTable) -> dict[str, Point]:
        """Where the points stand in the file's own figures, to keep their labels apart."""
        results, plan = self._book.cached, self._book.plan
        claim = [results.number(name, plan.settings.option) for name in (view.claimed_cost, view.claimed_value)]
        points = {}
        for option in plan.settings.options:
            shares = (results.scalar(name, option) for name in (view.cost, view.value))
            x, y = (share if isinstance(share, float) else 0.0 for share in shares)
            points[option] = Point(x, y, self._template.options[option].short)
        return points | {CLAIM: Point(claim[0], claim[1], "")}

    @property
    def _money(self) -> str:
        return f"{self._book.plan.settings.currency} thousand"

    def _money_axis(self, chart: Chart) -> None:
        self._charts.name_axis(chart.y_axis, self._money, MONEY, is_upright=True)
        self._charts.add_grid(chart.y_axis)


def _cell(row: int, column: int) -> Area:
    return _rows(row, row, column)


def _rows(first: int, last: int, column: int) -> Area:
    return Area(DASHBOARD, first, column, last, column)

"""Drawing the four charts of the Dashboard, each from visible cells below the first page or on Compare."""

from __future__ import annotations

from openpyxl.chart import BarChart, ScatterChart

from ftroi.termsheet.colour import category_colours, group_colours
from ftroi.termsheet.views import SharesTable, StepsTable
from ftroi.workbook.context import Book
from ftroi.workbook.layout.compare import FIRST_OPTION
from ftroi.workbook.layout.dashboard import (
    CHART_ROWS,
    CLAIM,
    COLUMNS,
    END,
    HEIGHTS,
    LABEL,
    LINE_FROM,
    LINE_TO,
    MONTH_REFERENCE,
    MONTH_SHOWN,
    MONTH_X,
    NARROW,
    PAIRS,
    SHARE_X,
    SHARE_Y,
    START,
    STEP_BASE,
    STEP_ENDS,
    WIDE,
)
from ftroi.workbook.layout.workbook import COMPARE, DASHBOARD
from ftroi.workbook.sheets.dashboard.chart_data import line_start
from ftroi.workbook.sheets.dashboard.tables import role_of
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
    "options": "Stacked columns, one for each option, baseline and proposed option named: cost by category.",
    "months": "Lines by month: value less cost so far, of the option shown and of the baseline; a diamond marks the "
    "payback, where the option's line meets the baseline's for good.",
    "shares": "Points, one for each option: its share of the proposed option's value against its share of that "
    "option's cost; a diamond marks the claim under test; above the line an option is better than the proposed one.",
}
"""What the charts say to those who cannot see them."""

_PLOTS = {
    "steps": (0.095, 0.13, 0.895, 0.47),
    "options": (0.095, 0.13, 0.895, 0.47),
    "months": (0.095, 0.15, 0.895, 0.53),
    "shares": (0.07, 0.15, 0.91, 0.53),
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
        self._layout, self._compare = book.layout.dashboard, book.layout.compare
        self._template = book.plan.template
        self._views = book.plan.template.views.charts
        self._charts = Charts(book.styles.theme)
        self._colours = self._charts.colours

    def draw(self) -> None:
        if self._views.steps:
            self._place("steps", self._steps(self._views.steps), CHART_ROWS[0], is_left=True)
        self._place("options", self._options(), CHART_ROWS[0], is_left=False)
        self._place("months", self._months(), CHART_ROWS[1], is_left=True)
        if self._views.shares:
            self._place("shares", self._shares(self._views.shares), CHART_ROWS[1], is_left=False)

    def _place(self, key: str, chart: Chart, row: int, *, is_left: bool) -> None:
        self._charts.place_plot(chart, _PLOTS[key])
        size, column = (_CHART_WIDTH, HEIGHTS[row]), 0 if is_left else COLUMNS // 2
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
        self._charts.slant(chart.x_axis)
        self._charts.add_legend(chart, left_out=[0])
        return chart

    # --- cost by category, every option --------------------------------------------------------------------

    def _options(self) -> BarChart:
        chart = self._charts.columns(self._views.stacks, gap=35, stacked=True)
        options = list(self._book.plan.settings.options)
        labels = _rows(self._layout.shares[options[0]], self._layout.shares[options[-1]], LABEL)
        colours = category_colours(self._template, self._template.cost_categories)
        sheet, names = (DASHBOARD, self._layout.steps) if self._layout.steps else (COMPARE, self._compare.totals)
        for category in self._template.cost_categories:
            row = self._compare.totals[category]
            values = Area(COMPARE, row, FIRST_OPTION, row, self._compare.last_option)
            name = Area(sheet, names[category], LABEL, names[category], LABEL)
            self._charts.add_columns(chart, Source(name, labels, values), colours[category])
        self._money_axis(chart)
        self._charts.add_legend(chart)
        return chart

    # --- value less cost by month --------------------------------------------------------------------------

    def _months(self) -> ScatterChart:
        chart = self._charts.points(self._views.months)
        months, payback = self._layout.months, self._layout.payback
        for column, colour in ((MONTH_SHOWN, self._colours.accent), (MONTH_REFERENCE, _REFERENCE)):
            moments, values = (_rows(months[0], months[-1], one) for one in (MONTH_X, column))
            source = Source(_cell(payback - 1, column), moments, values)
            self._charts.add_line(chart, source, colour, 2.25, dashed=column == MONTH_REFERENCE)
        if self._views.payback:
            source = Source(_cell(payback, LABEL), _cell(payback, MONTH_X), _cell(payback, MONTH_SHOWN))
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
            short, role = self._template.options[option].short, role_of(self._book, option)
            points[option] = Point(x, y, f"{short}, {role}" if role else short)
        return points | {CLAIM: Point(claim[0], claim[1], "")}

    def _money_axis(self, chart: Chart) -> None:
        self._charts.name_axis(chart.y_axis, f"{self._book.plan.settings.currency} thousand", MONEY, is_upright=True)
        self._charts.add_grid(chart.y_axis)


def _cell(row: int, column: int) -> Area:
    return _rows(row, row, column)


def _rows(first: int, last: int, column: int) -> Area:
    return Area(DASHBOARD, first, column, last, column)

"""Drawing the charts of the sheet Risk: the ranges of all options, and those of the option shown.

These are two histograms, two exceedance curves and a tornado.
"""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.chart import BarChart, ScatterChart

from ftroi.termsheet.simulated_names import measure_names_in_sentences
from ftroi.workbook.context import Book
from ftroi.workbook.layout.risk import CHART_ROWS, FIRST_OPTION, HIGH, LABEL, LOW, MEDIAN, RANGE_ENDS
from ftroi.workbook.schema import RISK_SHEET
from ftroi.workbook.xlsx.charts import MONEY, SHARE, Area, Chart, Charts, Source

CHART_HEIGHT = 240
"""The height of a row of charts in pixels."""

_ROOM = 8
"""Pixels between charts."""

_ABOUT = {
    "ranges": "Bars, one for each option: the {} from its 10th to its 90th percentile over the draws.",
    "histogram": "Columns: the share of the draws in each of 24 equal ranges of the {}, from its 1st to its 99th "
    "percentile, for the option shown.",
    "exceedance": "A falling curve: the share of the draws in which the {} of the option shown is above an amount.",
    "tornado": "Bars to both sides of the base case, the longest on top: how far the {} of the option "
    "shown moves when one assumption alone goes to its low and to its high end.",
}
"""What the charts say to those who cannot see them."""

_PLOT, _TORNADO_PLOT = (0.12, 0.15, 0.85, 0.6), (0.62, 0.08, 0.36, 0.78)
"""Left edge, upper edge, width and height of what is drawn, as parts of the chart."""

_RANGE_PLOT = (0.24, 0.13, 0.72, 0.64)
_EVERY = 4
"""Of so many columns one has its amount below it."""


def draw_risk_charts(book: Book) -> None:
    """Draw the charts into their rows: a row for each measure, and the tornado at their right."""
    _Charts(book).draw()


class _Charts:
    """The charts in the making."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._layout = book.layout.risk
        self._charts = Charts(book.styles.theme)
        colours = (self._charts.colours.hidden[0], self._charts.colours.accent)
        self._colours = dict(zip(self._layout.names.kept, colours, strict=True))
        self._words = measure_names_in_sentences(book.plan.template)
        self._width = self._layout.width * 3 // 10
        self._wide = self._layout.width - 2 * self._width
        self._money = f"{book.plan.settings.currency} thousand"

    @property
    def _gain(self) -> str:
        return self._words[self._layout.names.gain]

    def draw(self) -> None:
        self._place(self._ranges(), (CHART_ROWS[0], 0), _ABOUT["ranges"].format(self._gain), _RANGE_PLOT, columns=2)
        for row, (measure, what) in zip(CHART_ROWS[1:], self._words.items(), strict=True):
            self._place(self._histogram(measure), (row, 0), _ABOUT["histogram"].format(what), _PLOT)
            self._place(self._exceedance(measure), (row, 1), _ABOUT["exceedance"].format(what), _PLOT)
        about = _ABOUT["tornado"].format(self._gain)
        self._place(self._tornado(), (CHART_ROWS[0], 2), about, _TORNADO_PLOT, rows=len(CHART_ROWS))

    def _place(
        self, chart: Chart, place: tuple[int, int], about: str, plot: tuple[float, float, float, float],
        rows: int = 1, columns: int = 1,
    ) -> None:  # fmt: skip
        row, number = place
        self._charts.place_plot(chart, plot)
        size = ((columns * self._width if rows == 1 else self._wide) - _ROOM, rows * CHART_HEIGHT - _ROOM)
        self._book.sheet(RISK_SHEET).insert_chart(row, LABEL, chart, size, about, number * self._width)

    def _ranges(self) -> BarChart:
        """The football field: unseen bars to each percentile, so that the scale holds them all, and the seen range."""
        chart = self._charts.bars(f"{self._gain} of every option, P10 to P90", gap=60)
        for end in RANGE_ENDS:
            row = self._layout.rows[f"{self._layout.names.gain}.{end}"]
            name = Area(RISK_SHEET, row, LABEL, row, LABEL)
            self._charts.add_columns(chart, Source(name, self._row(self._layout.ids + 1), self._row(row)), None)
        below, above = map(self._row, self._layout.reaches)
        self._charts.add_reach(chart.series[RANGE_ENDS.index(MEDIAN)], below, above, self._charts.colours.accent)
        chart.x_axis.scaling.orientation, chart.x_axis.tickLblPos = "maxMin", "low"
        self._charts.name_axis(chart.y_axis, self._money, MONEY)
        self._charts.add_grid(chart.y_axis)
        chart.y_axis.tickLblPos = "high"
        return chart

    def _row(self, row: int) -> Area:
        """The cells of all options in a row."""
        return Area(RISK_SHEET, row, FIRST_OPTION, row, self._layout.last_option)

    def _histogram(self, measure: str) -> BarChart:
        chart = self._charts.columns(f"Distribution of {self._words[measure]}", gap=5)
        rows, column = self._layout.edges[:-1], self._layout.measure_columns[measure]
        self._charts.add_columns(chart, _source(rows, column, column + 1), self._colours[measure])
        self._charts.name_axis(chart.y_axis, "share of draws", SHARE, is_upright=True)
        self._charts.add_grid(chart.y_axis)
        self._charts.name_axis(chart.x_axis, self._money, MONEY)
        chart.x_axis.tickLblPos, chart.x_axis.tickLblSkip, chart.x_axis.tickMarkSkip = "low", _EVERY, _EVERY
        return chart

    def _exceedance(self, measure: str) -> ScatterChart:
        chart = self._charts.points(f"Chance of exceeding: {self._words[measure]}")
        column = self._layout.measure_columns[measure]
        source = _source(self._layout.edges, column, column + 2)
        self._charts.add_line(chart, source, self._colours[measure], 2.25)
        self._charts.name_axis(chart.y_axis, "share of draws above", SHARE, is_upright=True)
        self._charts.add_grid(chart.y_axis)
        self._charts.set_scale(chart.y_axis, 0, 1)
        self._charts.name_axis(chart.x_axis, self._money, MONEY)
        chart.x_axis.tickLblPos = "low"
        chart.x_axis.crosses = chart.y_axis.crosses = "min"
        return chart

    def _tornado(self) -> BarChart:
        chart, rows = self._charts.bars(f"What moves {self._gain} most", gap=40), self._layout.swings
        colours = self._charts.colours
        for column, colour in ((LOW, colours.visible[0]), (HIGH, colours.accent)):
            self._charts.add_columns(chart, _source(rows, LABEL, column), colour)
        chart.x_axis.scaling.orientation, chart.x_axis.tickLblPos = "maxMin", "low"
        self._charts.name_axis(chart.y_axis, f"change of {self._gain}, {self._money}", MONEY)
        self._charts.add_grid(chart.y_axis)
        chart.y_axis.tickLblPos = "high"
        self._charts.add_legend(chart)
        return chart


def _source(rows: Sequence[int], categories: int, values: int) -> Source:
    """A series from rows, whose name stands above its values."""

    def column(number: int) -> Area:
        return Area(RISK_SHEET, rows[0], number, rows[-1], number)

    return Source(Area(RISK_SHEET, rows[0] - 1, values, rows[0] - 1, values), column(categories), column(values))

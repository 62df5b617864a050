"""Drawing the charts of the sheet Risk: two histograms, two exceedance curves and a tornado, of the option shown."""

from __future__ import annotations

from typing import Any

from ftroi.workbook.context import Book
from ftroi.workbook.layout.risk import CHART_ROWS, HIGH, LABEL, LOW, MEASURE_COLUMNS
from ftroi.workbook.schema import RISK_SHEET
from ftroi.workbook.xlsx.chart_style import ChartLooks, Look, filled

CHART_HEIGHT = 240
"""The height of a row of charts in pixels."""

_ROOM = 8
"""Pixels between charts."""

_TITLES = {"tco": "lifetime cost", "npv": "NPV against the reference"}
_ABOUT = {
    "histogram": "Columns: the share of the draws in each of 24 equal ranges of the {}, from its 1st to its 99th "
    "percentile, for the option shown.",
    "exceedance": "A falling curve: the share of the draws in which the {} of the option shown is above an amount.",
    "tornado": "Bars to both sides of the base case, the longest on top: how far the net present value of the option "
    "shown moves when one assumption alone goes to its low and to its high end.",
}
"""What the charts say to those who cannot see them."""

_PLOT = {"x": 0.12, "y": 0.15, "width": 0.85, "height": 0.6}
_TORNADO_PLOT = {"x": 0.62, "y": 0.08, "width": 0.36, "height": 0.78}

Chart = Any  # XlsxWriter comes with no types


def draw_risk_charts(book: Book) -> None:
    """Draw the charts into their rows: a row for each measure, and the tornado at their right."""
    _Charts(book).draw()


class _Charts:
    """The charts in the making."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._layout = book.layout.risk
        self._looks = ChartLooks(book.styles.theme)
        self._colours = {"tco": self._looks.colours.hidden[0], "npv": self._looks.colours.accent}
        self._width = self._layout.width * 3 // 10
        self._wide = self._layout.width - 2 * self._width
        self._money = f"{book.plan.settings.currency} thousand"

    def draw(self) -> None:
        for row, (measure, what) in zip(CHART_ROWS, _TITLES.items(), strict=True):
            self._place(self._histogram(measure), (row, 0), _ABOUT["histogram"].format(what), _PLOT)
            self._place(self._exceedance(measure), (row, 1), _ABOUT["exceedance"].format(what), _PLOT)
        self._place(self._tornado(), (CHART_ROWS[0], 2), _ABOUT["tornado"], _TORNADO_PLOT, rows=len(CHART_ROWS))

    def _place(self, chart: Chart, place: tuple[int, int], about: str, plot: Look, rows: int = 1) -> None:
        row, number = place
        width = self._width if rows == 1 else self._wide
        chart.set_size({"width": width - _ROOM, "height": rows * CHART_HEIGHT - _ROOM})
        chart.set_chartarea({"border": self._looks.line()})
        chart.set_plotarea({"layout": plot})
        at = {"description": about, "object_position": 2, "x_offset": number * self._width}
        self._book.sheet(RISK_SHEET).insert_chart(row, LABEL, chart, at)

    def _histogram(self, measure: str) -> Chart:
        chart, column = self._book.file.add_chart({"type": "column"}), MEASURE_COLUMNS[measure]
        rows = self._layout.edges[:-1]
        chart.add_series({
            "name": [RISK_SHEET, rows[0] - 1, column + 1],
            "categories": [RISK_SHEET, rows[0], column, rows[-1], column],
            "values": [RISK_SHEET, rows[0], column + 1, rows[-1], column + 1],
            "gap": 5,
        } | filled(self._colours[measure]))  # fmt: skip
        chart.set_title(self._looks.title(f"How often: {_TITLES[measure]}"))
        chart.set_y_axis(self._looks.axis("share of draws") | {"num_format": "0%"})
        chart.set_x_axis(self._amounts() | {"interval_unit": 4, "interval_tick": 4})
        chart.set_legend({"none": True})
        return chart

    def _exceedance(self, measure: str) -> Chart:
        chart, column = self._book.file.add_chart({"type": "scatter", "subtype": "straight"}), MEASURE_COLUMNS[measure]
        rows = self._layout.edges
        chart.add_series({
            "name": [RISK_SHEET, rows[0] - 1, column + 2],
            "categories": [RISK_SHEET, rows[0], column, rows[-1], column],
            "values": [RISK_SHEET, rows[0], column + 2, rows[-1], column + 2],
            "line": {"color": self._colours[measure], "width": 2.25},
            "marker": {"type": "none"},
        })  # fmt: skip
        chart.set_title(self._looks.title(f"How often above: {_TITLES[measure]}"))
        chart.set_y_axis(
            self._looks.axis("share of draws above") | {"num_format": "0%", "min": 0, "max": 1, "crossing": "min"}
        )
        chart.set_x_axis(self._amounts() | {"crossing": "min"})
        chart.set_legend({"none": True})
        return chart

    def _amounts(self) -> Look:
        """Give an axis of amounts, without a grid."""
        return self._looks.money_axis(self._money) | {"major_gridlines": {"visible": False}, "label_position": "low"}

    def _tornado(self) -> Chart:
        chart, rows = self._book.file.add_chart({"type": "bar"}), self._layout.swings
        colours = self._looks.colours
        for column, colour in ((LOW, colours.visible[0]), (HIGH, colours.accent)):
            chart.add_series({
                "name": [RISK_SHEET, rows[0] - 1, column],
                "categories": [RISK_SHEET, rows[0], LABEL, rows[-1], LABEL],
                "values": [RISK_SHEET, rows[0], column, rows[-1], column],
                "gap": 40,
                "overlap": 100,
            } | filled(colour))  # fmt: skip
        chart.set_title(self._looks.title("What moves the net present value most"))
        chart.set_y_axis(self._looks.names_axis() | {"reverse": True, "label_position": "low"})
        axis = self._looks.money_axis(f"change of the NPV, {self._money}")
        chart.set_x_axis(axis | {"label_position": "high"})
        chart.set_legend({"position": "bottom", "font": self._looks.small()})
        return chart

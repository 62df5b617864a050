"""Drawing the four charts of the Dashboard, each from visible cells below the first page or on Compare."""

from __future__ import annotations

from typing import Any

from ftroi.workbook.context import Book
from ftroi.workbook.layout.compare import FIRST_OPTION
from ftroi.workbook.layout.dashboard import (
    CHART_ROWS,
    CLAIM,
    COLUMNS,
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
    SPRINT,
    STEP_BASE,
    STEP_ENDS,
    STEP_HIDDEN,
    STEP_VISIBLE,
    TCO,
    WIDE,
)
from ftroi.workbook.layout.workbook import COMPARE, DASHBOARD
from ftroi.workbook.sheets.dashboard.chart_data import line_start
from ftroi.workbook.sheets.dashboard.tables import role_of
from ftroi.workbook.xlsx.chart_style import ChartLooks, Look, diamond, filled
from ftroi.workbook.xlsx.label_placement import Point, label_positions
from ftroi.workbook.xlsx.scatter_chart import add_points_chart

_ENDS, _AFTER, _REFERENCE = "#858585", "#BDBDBD", "#8C8C8C"
_CLAIM = "#D55E00"
_HALF_YEAR = 6
_ROOM = 8
"""Pixels between a chart and the edges of its place."""

_CHART_WIDTH = PAIRS // 2 * (WIDE + NARROW) - _ROOM
_ABOUT = {
    "steps": "Waterfall of the option shown: the sprint budget, what each visible category adds after the build, what "
    "each hidden category adds, and the lifetime cost that they add up to.",
    "options": "Stacked columns, one for each option with the reference and the candidate named: lifetime cost by "
    "category, the visible ones in grey, the hidden in colour.",
    "months": "Lines by month: value less cost, cumulated, of the option shown and of the reference; a diamond marks "
    "the payback, where the option's line meets the reference's for good.",
    "shares": "Points, one for each option: its share of the candidate's value against its share of the candidate's "
    "cost; a diamond marks the claim of 85% of the value at 20% of the cost; above the line an option is better than "
    "the candidate.",
}
"""What the charts say to those who cannot see them."""

_PLOTS = {
    "steps": (0.095, 0.13, 0.895, 0.47),
    "options": (0.095, 0.13, 0.895, 0.47),
    "months": (0.095, 0.15, 0.895, 0.53),
    "shares": (0.07, 0.15, 0.91, 0.53),
}
"""Left edge, upper edge, width and height of what is drawn, as parts of the chart, inside the labels of the axes."""

Chart = Any  # XlsxWriter comes with no types


def draw_charts(book: Book) -> None:
    """Draw the charts into their rows, two beside each other."""
    _Charts(book).draw()


class _Charts:
    """The charts in the making."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._layout, self._compare = book.layout.dashboard, book.layout.compare
        self._template = book.plan.template
        self._looks = ChartLooks(book.styles.theme)
        self._colours = self._looks.colours

    def draw(self) -> None:
        self._place("steps", self._steps(), CHART_ROWS[0], is_left=True)
        self._place("options", self._options(), CHART_ROWS[0], is_left=False)
        self._place("months", self._months(), CHART_ROWS[1], is_left=True)
        self._place("shares", self._shares(), CHART_ROWS[1], is_left=False)

    def _place(self, key: str, chart: Chart, row: int, *, is_left: bool) -> None:
        chart.set_size({"width": _CHART_WIDTH, "height": HEIGHTS[row]})
        chart.set_chartarea({"border": self._looks.line()})
        chart.set_plotarea({"layout": dict(zip(("x", "y", "width", "height"), _PLOTS[key], strict=True))})
        about = {"description": _ABOUT[key], "object_position": 2, "x_offset": 0 if is_left else _ROOM}
        self._book.sheet(DASHBOARD).insert_chart(row, 0 if is_left else COLUMNS // 2, chart, about)

    # --- sprint budget to lifetime cost --------------------------------------------------------------------

    def _steps(self) -> Chart:
        chart = self._book.file.add_chart({"type": "column", "subtype": "stacked"})
        rows = self._layout.steps
        labels = [DASHBOARD, rows[SPRINT], LABEL, rows[TCO], LABEL]
        looks: dict[int, Look] = {
            STEP_BASE: {"fill": {"none": True}, "border": {"none": True}},
            STEP_ENDS: filled(_ENDS) | self._looks.labelled(),
            STEP_VISIBLE: filled(_AFTER) | self._looks.labelled(),
            STEP_HIDDEN: filled(self._colours.hidden[0]) | self._looks.labelled(),
        }
        for column, look in looks.items():
            chart.add_series({
                "name": [DASHBOARD, rows[SPRINT] - 1, column],
                "categories": labels,
                "values": [DASHBOARD, rows[SPRINT], column, rows[TCO], column],
                "gap": 30,
            } | look)  # fmt: skip
        chart.set_title(self._looks.title("From the sprint budget to the lifetime cost, option shown"))
        chart.set_y_axis(self._looks.money_axis(self._thousand))
        chart.set_x_axis(self._looks.names_axis(rotation=-45))
        chart.set_legend({"position": "bottom", "font": self._looks.small(), "delete_series": [0]})
        return chart

    # --- cost by category, every option --------------------------------------------------------------------

    def _options(self) -> Chart:
        chart = self._book.file.add_chart({"type": "column", "subtype": "stacked"})
        options = list(self._book.plan.settings.options)
        rows = self._layout.shares
        labels = [DASHBOARD, rows[options[0]], LABEL, rows[options[-1]], LABEL]
        seen = {"visible": 0, "hidden": 0}
        for category in self._template.cost_categories:
            kind = category.split(".")[0]
            colours = self._colours.visible if kind == "visible" else self._colours.hidden
            row = self._compare.totals[category]
            chart.add_series({
                "name": [DASHBOARD, self._layout.steps[category], LABEL],
                "categories": labels,
                "values": [COMPARE, row, FIRST_OPTION, row, self._compare.last_option],
                "gap": 35,
            } | filled(colours[seen[kind] % len(colours)]))  # fmt: skip
            seen[kind] += 1
        chart.set_title(self._looks.title("Lifetime cost by category, every option: visible in grey, hidden in colour"))
        chart.set_y_axis(self._looks.money_axis(self._thousand))
        chart.set_x_axis(self._looks.names_axis())
        chart.set_legend({"position": "bottom", "font": self._looks.small()})
        return chart

    # --- value less cost by month --------------------------------------------------------------------------

    def _months(self) -> Chart:
        chart = self._book.file.add_chart({"type": "scatter", "subtype": "straight"})
        months, payback = self._layout.months, self._layout.payback
        header, shown = payback - 1, self._colours.accent
        for column, colour, width in ((MONTH_SHOWN, shown, 2.25), (MONTH_REFERENCE, _REFERENCE, 2.25)):
            chart.add_series({
                "name": [DASHBOARD, header, column],
                "categories": [DASHBOARD, months[0], MONTH_X, months[-1], MONTH_X],
                "values": [DASHBOARD, months[0], column, months[-1], column],
                "line": {"color": colour, "width": width} | ({} if colour == shown else {"dash_type": "dash"}),
                "marker": {"type": "none"},
            })  # fmt: skip
        chart.add_series({
            "name": [DASHBOARD, payback, LABEL],
            "categories": [DASHBOARD, payback, MONTH_X, payback, MONTH_X],
            "values": [DASHBOARD, payback, MONTH_SHOWN, payback, MONTH_SHOWN],
            "line": {"none": True},
            "marker": diamond(_CLAIM),
        })  # fmt: skip
        chart.set_title(self._looks.title("Value less cost, cumulated by month, from the decision"))
        chart.set_y_axis(self._looks.money_axis(self._thousand))
        chart.set_x_axis(
            self._looks.axis("month")
            | {"min": 0, "major_unit": _HALF_YEAR, "label_position": "low", "major_gridlines": {"visible": False}}
        )
        chart.set_legend({"position": "bottom", "font": self._looks.small()})
        return chart

    # --- share of value against share of cost --------------------------------------------------------------

    def _shares(self) -> Chart:
        chart = add_points_chart(self._book.file)
        rows = self._layout.shares
        chart.add_series({
            "name": [DASHBOARD, rows[LINE_FROM], LABEL],
            "categories": [DASHBOARD, rows[LINE_FROM], SHARE_X, rows[LINE_TO], SHARE_X],
            "values": [DASHBOARD, rows[LINE_FROM], SHARE_Y, rows[LINE_TO], SHARE_Y],
            "line": {"color": _REFERENCE, "width": 1, "dash_type": "dash"},
            "marker": {"type": "none"},
        })  # fmt: skip
        places = label_positions(self._points(), self._break_even_line())
        for name in (*self._book.plan.settings.options, CLAIM):
            self._share(chart, name, places[name])
        chart.set_title(self._looks.title("Share of the candidate's value against share of its cost"))
        chart.set_y_axis(self._looks.axis("share of value") | {"num_format": "0%"})
        chart.set_x_axis(
            self._looks.axis("share of cost") | {"num_format": "0%", "min": 0, "major_gridlines": {"visible": False}}
        )
        hidden = list(range(1, len(self._book.plan.settings.options) + 1))
        chart.set_legend({"position": "bottom", "font": self._looks.small(), "delete_series": hidden})
        return chart

    def _share(self, chart: Chart, name: str, position: str) -> None:
        row, settings = self._layout.shares[name], self._book.plan.settings
        colour = {settings.candidate: self._colours.accent, settings.reference: self._colours.ink, CLAIM: _CLAIM}.get(
            name, _REFERENCE
        )
        dot = {"type": "circle", "size": 6, "fill": {"color": colour}, "border": {"color": colour}}
        series: Look = {
            "name": [DASHBOARD, row, LABEL],
            "categories": [DASHBOARD, row, SHARE_X, row, SHARE_X],
            "values": [DASHBOARD, row, SHARE_Y, row, SHARE_Y],
            "line": {"none": True},
            "marker": diamond(colour) if name == CLAIM else dot,
        }
        if name != CLAIM:
            series["data_labels"] = {
                "series_name": True,
                "value": False,
                "position": position,
                "font": self._looks.small(),
            }
        chart.add_series(series)

    def _break_even_line(self) -> tuple[Point, Point]:
        """Give the ends of the line in the file's own figures, for labels to keep off it."""
        return Point(*line_start(self._book), ""), Point(1.0, 1.0, "")

    def _points(self) -> dict[str, Point]:
        """Give where the points stand in the file's own figures, to keep their labels apart."""
        results, plan = self._book.cached, self._book.plan
        claim = [results.number(f"claimed_{name}_share", plan.settings.option) for name in ("cost", "value")]
        points = {}
        for option in plan.settings.options:
            shares = (results.scalar(f"{name}_share", option) for name in ("cost", "value"))
            x, y = (share if isinstance(share, float) else 0.0 for share in shares)
            short, role = self._template.options[option].short, role_of(self._book, option)
            points[option] = Point(x, y, f"{short}, {role}" if role else short)
        return points | {CLAIM: Point(claim[0], claim[1], "")}

    @property
    def _thousand(self) -> str:
        return f"{self._book.plan.settings.currency} thousand"

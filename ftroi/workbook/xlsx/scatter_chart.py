"""A chart of points whose labels stay on one line each."""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.chart_scatter import ChartScatter


class PointsChart(ChartScatter):  # type: ignore[misc]  # XlsxWriter comes with no types
    """A scatter chart of XlsxWriter's; LibreOffice would break its labels at a fifth of the chart's width."""

    def _write_a_body_pr(self, rotation: int | None, is_horizontal: bool | None) -> None:  # noqa: FBT001 - XlsxWriter's own
        if rotation is None and not is_horizontal:
            self._xml_empty_tag("a:bodyPr", [("wrap", "none")])
        else:
            super()._write_a_body_pr(rotation, is_horizontal)


def add_points_chart(file: Workbook) -> Any:  # noqa: ANN401 - XlsxWriter comes with no types
    """Add such a chart to a workbook, as its own ``add_chart`` does for other kinds."""
    chart = PointsChart({"type": "scatter"})
    chart.embedded = True
    chart.date_1904, chart.remove_timezone = file.date_1904, file.remove_timezone
    file.charts.append(chart)
    return chart

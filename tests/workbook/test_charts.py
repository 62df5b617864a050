"""Charts as the file has them: their series, and what they tell those who cannot see them."""

from __future__ import annotations

import re
import zipfile
from itertools import combinations
from pathlib import Path

import pytest

from ftroi.workbook.xlsx.label_placement import Point, label_positions
from tests.support.edited import small_plan, small_workbook

WATERFALL, OPTIONS, MONTHS, SHARES = range(1, 5)


@pytest.fixture(scope="module")
def charts(tmp_path_factory: pytest.TempPathFactory) -> dict[int, str]:
    with zipfile.ZipFile(small_workbook(tmp_path_factory.mktemp("charts"))) as archive:
        return {number: archive.read(f"xl/charts/chart{number}.xml").decode() for number in range(1, 5)}


def series(chart: str) -> int:
    return chart.count("<c:ser>")


def test_the_waterfall_stands_on_a_base_that_neither_chart_nor_legend_shows(charts: dict[int, str]) -> None:
    base = charts[WATERFALL].split("<c:ser>")[1]
    assert "<a:noFill/>" in base
    assert "<c:dLbls>" not in base
    legend = charts[WATERFALL].split("<c:legend>")[1]
    assert re.findall(r'<c:legendEntry><c:idx val="(\d+)"/><c:delete val="1"/>', legend) == ["0"]
    assert series(charts[WATERFALL]) == 4


def test_every_category_has_a_series_and_every_option_a_bar(charts: dict[int, str]) -> None:
    plan = small_plan()
    assert series(charts[OPTIONS]) == len(plan.template.cost_categories)
    first = charts[OPTIONS].split("<c:ser>")[1]
    assert first.split("<c:val>")[1].count("<c:pt ") == len(plan.settings.options)
    assert "reference" in first


def test_both_lines_and_the_payback_are_drawn_by_month(charts: dict[int, str]) -> None:
    assert series(charts[MONTHS]) == 3
    assert charts[MONTHS].count('<c:smooth val="1"/>') == 0
    assert "Payback: " in charts[MONTHS]


def test_every_option_and_the_claim_are_points(charts: dict[int, str]) -> None:
    assert series(charts[SHARES]) == len(small_plan().settings.options) + 2
    assert "Claim: 85% of value at 20% of cost" in charts[SHARES]


def test_charts_are_drawn_from_cells_and_have_alternative_texts(charts: dict[int, str], tmp_path: Path) -> None:
    for chart in charts.values():
        assert set(re.findall(r"<c:f>(\w+)!", chart)) <= {"Dashboard", "Compare"}
        assert chart.count("<c:f>") >= 2 * series(chart)
        assert "<c:autoTitleDeleted" in chart or "<c:title>" in chart
    with zipfile.ZipFile(small_workbook(tmp_path)) as archive:
        drawing = archive.read("xl/drawings/drawing1.xml").decode()
    described = re.findall(r'descr="([^"]+)"', drawing)
    assert len(described) == len(charts)
    assert [text.split()[0] for text in described] == ["Waterfall", "Stacked", "Lines", "Points,"]


def test_labels_of_neighbouring_points_stand_on_different_sides() -> None:
    near = {f"option {number}": Point(1 + number / 50, 1, "neighbour") for number in range(2)}
    places = label_positions({"far": Point(3, 0.5, "faraway"), **near})
    assert all(places[one] != places[other] for one, other in combinations(near, 2))


def test_a_label_at_the_right_edge_does_not_leave_the_chart() -> None:
    assert (
        label_positions({"a": Point(0.5, 0.5, "left"), "b": Point(1, 0.5, "a label of some length, too")})["b"]
        != "right"
    )

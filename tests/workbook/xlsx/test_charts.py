"""Charts as the file has them: their series, and what they tell those who cannot see them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from ftroi.workbook.sheets.registry import layout_of
from tests.support.edited import small_plan, small_workbook
from tests.support.package import parts

WATERFALL, OPTIONS, MONTHS, BRIDGE, YEARS, SHARES = range(1, 7)


@dataclass(frozen=True)
class Charts:
    """The Dashboard's charts as openpyxl reads them, and what their cells show."""

    book: Workbook

    def series(self, number: int) -> list[Any]:
        return list(self._chart(number).series)

    def legend_without(self, number: int) -> list[int]:
        return [entry.idx for entry in self._chart(number).legend.legendEntry if entry.delete]

    def name(self, series: Any) -> str:
        return str(self.cells(series.tx.strRef.f)[0])

    def cells(self, text: str) -> list[object]:
        sheet, _, area = text.rpartition("!")
        found = self.book[sheet.strip("'")][area.replace("$", "")]
        rows = found if isinstance(found, tuple) else ((found,),)
        return [cell.value for row in rows for cell in row]

    def _chart(self, number: int) -> Any:
        dashboard: Any = self.book["Dashboard"]
        return dashboard._charts[number - 1]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_workbook(tmp_path_factory.mktemp("charts"))


@pytest.fixture(scope="module")
def charts(path: Path) -> Charts:
    return Charts(load_workbook(path, data_only=True))


def test_the_waterfall_stands_on_a_base_that_neither_chart_nor_legend_shows(charts: Charts) -> None:
    base, *others = charts.series(WATERFALL)
    assert base.spPr.noFill
    assert base.dLbls is None
    assert charts.legend_without(WATERFALL) == [0]
    assert len(others) == 3


def test_every_step_has_a_series_and_every_option_a_bar(charts: Charts) -> None:
    plan = small_plan()
    steps = layout_of(plan).dashboard.costs
    assert sorted(name for names in steps.values() for name in names) == sorted(plan.template.cost_categories)
    assert len(charts.series(OPTIONS)) == len(steps)
    for series in charts.series(OPTIONS):
        assert len(charts.cells(series.val.numRef.f)) == len(plan.settings.options)
        assert any("baseline" in str(label) for label in charts.cells(series.cat.strRef.f))


def test_the_difference_and_the_payback_are_drawn_by_month(charts: Charts) -> None:
    lines = charts.series(MONTHS)
    assert len(lines) == 2
    assert charts.name(lines[0]) == "Managed LoRA less the baseline"
    assert not any(line.smooth for line in lines)
    assert charts.name(lines[-1]).startswith("Payback: ")


def test_the_bridge_leads_from_value_over_every_step_to_the_net_present_value(charts: Charts) -> None:
    base, *others = charts.series(BRIDGE)
    assert base.spPr.noFill
    assert [charts.name(one) for one in others[1:]] == ["Better", "Better, below zero", "Worse", "Worse, below zero"]
    labels = charts.cells(others[0].cat.strRef.f)
    assert (labels[0], labels[-1]) == ("Value", "NPV")
    assert len(labels) == len(layout_of(small_plan()).dashboard.costs) + 2


def test_the_years_show_visible_and_hidden_cost(charts: Charts) -> None:
    assert [charts.name(one) for one in charts.series(YEARS)] == ["Visible cost", "Hidden cost"]


def test_every_option_and_the_claim_are_points(charts: Charts) -> None:
    points = charts.series(SHARES)
    assert len(points) == len(small_plan().settings.options) + 2
    assert "Claim: 85% of value at 20% of cost" in [charts.name(point) for point in points]


def test_charts_are_drawn_from_cells_that_are_seen_in_one_family_of_type(path: Path) -> None:
    for number in range(1, 7):
        chart = parts(path)[f"xl/charts/chart{number}.xml"].decode()
        assert set(re.findall(r"<f>(\w+)!", chart)) <= {"Dashboard", "Annual"}
        assert chart.count("<f>") >= 2 * chart.count("<ser>")
        assert set(re.findall(r'typeface="([^"]+)"', chart)) == {"Calibri"}
        assert chart.count("<title>") >= 1
        assert chart.count('<delete val="0"') == 2
        assert '<smooth val="1"' not in chart


def test_charts_have_alternative_texts(path: Path) -> None:
    drawing = parts(path)["xl/drawings/drawing1.xml"].decode()
    described = re.findall(r'descr="([^"]+)"', drawing)
    assert [text.split()[0] for text in described] == [
        "Waterfall", "Stacked", "A", "Waterfall", "Stacked", "Points,",
    ]  # fmt: skip


def test_the_numbers_of_a_chart_are_written_as_the_chart_says_and_not_as_its_cells_are(path: Path) -> None:
    charts = [content.decode() for name, content in parts(path).items() if name.startswith("xl/charts/chart")]
    formats = [found for chart in charts for found in re.findall(r"<[a-z:]*numFmt [^>]*>", chart)]
    assert len(formats) > len(charts)
    assert [one for one in formats if 'sourceLinked="0"' not in one] == []

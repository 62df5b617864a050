"""Charts as the file has them: their series, and what they tell those who cannot see them."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from tests.workbook.edited import small_plan, small_workbook


def test_the_chart_of_costs_has_a_series_for_each_category_and_an_alternative_text(tmp_path: Path) -> None:
    with zipfile.ZipFile(small_workbook(tmp_path)) as archive:
        chart = archive.read("xl/charts/chart1.xml").decode()
        drawing = archive.read("xl/drawings/drawing1.xml").decode()
    assert chart.count("<c:ser>") == len(small_plan().template.cost_categories)
    assert set(re.findall(r"<c:f>(\w+)!", chart)) == {"Compare"}
    assert 'descr="Stacked columns' in drawing

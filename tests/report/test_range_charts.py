"""The football field and the histogram: every bar, mark and amount stands where its figure is."""

from __future__ import annotations

import pytest

from ftroi.report.number_text import Money
from ftroi.report.range_charts import Range, draw_histogram, draw_ranges
from tests.support.plans import fine_tuning

MONEY = Money("USD")


def test_every_option_has_a_bar_from_p10_to_p90() -> None:
    ranges = [Range("One", low=-10, middle=5, high=20, is_strong=True), Range("Two", low=30, middle=40, high=60)]
    drawing = draw_ranges(ranges, "NPV", MONEY, fine_tuning().theme)
    bars = [element for element in drawing.element if element.tag == "rect"]
    widths = [float(bar.get("width") or 0) for bar in bars]
    assert len(bars) == len(ranges)
    assert widths[0] == pytest.approx(widths[1], rel=0.01)
    assert "One (10), 5, 20" in drawing.about


def test_a_histogram_has_a_bar_for_each_share_and_a_line_for_each_mark() -> None:
    marks = {"P10": -15.0, "base": 1.0, "P90": 18.0}
    drawing = draw_histogram([-20, -10, 0, 10, 20], [0.1, 0.4, 0.3, 0.2], marks, "NPV", MONEY, fine_tuning().theme)
    bars = [element for element in drawing.element if element.tag == "rect"]
    heights = [float(bar.get("height") or 0) for bar in bars]
    assert [round(height / max(heights), 2) for height in heights] == [0.25, 1.0, 0.75, 0.5]
    texts = [element.text for element in drawing.element if element.tag == "text"]
    assert all(name in texts for name in marks)

"""The charts of a paper: every bar, line, mark and amount stands where its figure is; every text is a text."""

from __future__ import annotations

import re
from io import BytesIO
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from ftroi.report.charts import (
    _apart,
    draw_fields,
    draw_histogram,
    draw_months,
    draw_ranges,
    draw_shares,
    draw_stacks,
    draw_steps,
    draw_tornado,
)
from ftroi.report.figures import Claim, Curve, Item, Range, Share, Span, Stack, Step
from ftroi.report.number_text import Money
from ftroi.report.paper import Picture
from tests.support.charts import bars_of, svg_of, words_of
from tests.support.plans import fine_tuning

MONEY = Money("USD")
THEME = fine_tuning().theme
STRANGE = "a $x^2_1$ <script>alert(1)</script> & \x1b[31m\n契約"
FIGURES = st.floats(min_value=-1e9, max_value=1e9, allow_nan=False)


def every_chart(label: str) -> list[Picture]:
    """Each kind of chart once, with one label."""
    red = Item(label, "#CC0000")
    return [
        draw_steps([Step(label, 10, ""), Step("More", 5, "x")], {"": red, "x": red}, label, label, MONEY, THEME),
        draw_stacks([Stack(label, "", [3, -1])], [red, Item("Other", "#00CC00")], label, MONEY, THEME),
        draw_tornado([Span(label, -3, 4)], 1, label, MONEY, THEME),
        draw_ranges([Range(label, -3, 1, 4)], label, MONEY, THEME),
        draw_histogram([0, 1, 2], [0.5, 0.5], {label: 1}, label, MONEY, THEME),
        draw_months([Curve(label, [0, 1, 2], "#CC0000")], None, label, label, MONEY, THEME),
        draw_shares([Share(label, 0.5, 0.5)], Claim(0.2, 0.8), 1, label, THEME),
        draw_fields([[red]], (label, [label]), (label, [label]), label, THEME),
    ]


def test_every_option_has_a_bar_from_p10_to_p90_and_they_share_one_scale() -> None:
    ranges = [Range("One", low=-10, middle=5, high=20, is_strong=True), Range("Two", low=30, middle=40, high=60)]
    picture = draw_ranges(ranges, "NPV", MONEY, THEME)
    (one,), (two,) = bars_of(picture, THEME.colours.accent), bars_of(picture, THEME.colours.visible[-1])
    scale = (one.right - one.left) / 30
    assert two.right - two.left == pytest.approx(30 * scale, rel=0.01)
    assert two.left - one.right == pytest.approx(10 * scale, rel=0.01)
    assert one.bottom < two.top
    assert "One (10), 5, 20" in picture.about
    assert {"One", "Two", "(10)", "20", "30", "60", "USD"} <= set(words_of(picture))


def test_a_histogram_has_a_bar_for_each_share_and_a_name_for_each_mark() -> None:
    marks = {"P10": -15.0, "base": 1.0, "mean": 1.5, "P90": 18.0}
    picture = draw_histogram([-20, -10, 0, 10, 20], [0.1, 0.4, 0.3, 0.2], marks, "NPV", MONEY, THEME)
    heights = [bar.bottom - bar.top for bar in bars_of(picture, THEME.colours.accent)]
    assert [round(height / max(heights), 2) for height in heights] == [0.25, 1.0, 0.75, 0.5]
    assert set(marks) <= set(words_of(picture))
    assert THEME.colours.ink.lower() in picture.file("svg").decode()  # the line at zero


def test_a_waterfalls_steps_begin_where_the_one_before_ended_and_end_at_the_sum() -> None:
    legend = {"": Item("First", "#111111"), "x": Item("Rest", "#CC0000")}
    steps = [Step("Project", 10, ""), Step("Serving", 30, "x"), Step("Refund", -5, "x")]
    picture = draw_steps(steps, legend, "Total", "Cost", MONEY, THEME)
    first, total = bars_of(picture, "#111111")[:2]
    serving, refund = bars_of(picture, "#CC0000")[:2]
    assert serving.left == pytest.approx(first.right, abs=0.1)
    assert refund.right == pytest.approx(serving.right, abs=0.1)
    assert total.right == pytest.approx(refund.left, abs=0.1)
    assert total.left == pytest.approx(first.left, abs=0.1)
    assert {"Project", "Serving", "Refund", "Total", "35", "(5)"} <= set(words_of(picture))


def test_stacked_amounts_stand_beside_each_other_and_refunds_below_zero() -> None:
    legend = [Item("A", "#CC0000"), Item("B", "#00CC00"), Item("C", "#0000CC")]
    picture = draw_stacks([Stack("One", "baseline", [10, 20, -5])], legend, "Cost", MONEY, THEME)
    (a, *_), (b, *_), (c, *_) = (bars_of(picture, item.colour) for item in legend)
    assert b.left == pytest.approx(a.right, abs=0.1)
    assert c.right == pytest.approx(a.left, abs=0.1)
    assert (b.right - b.left) == pytest.approx(2 * (a.right - a.left), rel=0.01)
    assert {"One – baseline", "25"} <= set(words_of(picture))


def test_lines_by_month_end_with_their_names_and_amounts_and_mark_the_payback() -> None:
    curves = [Curve("New", [0, -10, 5, 30], "#CC0000"), Curve("Old", [0, 5, 5, 5], "#00CC00", is_dashed=True)]
    words = words_of(draw_months(curves, 2.0, "2.0 months", "Cash", MONEY, THEME))
    assert {"New: 30", "Old: 5", "payback 2.0 months", "months from the decision"} <= set(words)
    assert "Payback: never" in words_of(draw_months(curves, None, "never", "Cash", MONEY, THEME))


def test_a_map_has_a_field_for_every_pair_with_a_name_that_can_be_read() -> None:
    fields = [[Item("One", "#102030"), Item("Two", "#F0F0F0")], [Item("Two", "#F0F0F0")] * 2]
    picture = draw_fields(fields, ("Across", ["1", "2"]), ("Down", ["x", "y"]), "Best", THEME)
    words = words_of(picture)
    assert [words.count("One"), words.count("Two")] == [1, 3]
    assert {"Across", "Down", "1", "2", "x", "y"} <= set(words)


@pytest.mark.parametrize("place", range(8))
def test_every_text_is_a_text(place: int) -> None:
    picture = every_chart(STRANGE)[place]
    shown = " ".join([*words_of(picture), picture.title])
    assert "$x^2_1$ <script>" in shown
    assert not list(svg_of(picture).iter("{*}script"))
    assert b"\x1b" not in picture.file("svg")


@pytest.mark.parametrize("place", range(8))
def test_the_same_figures_give_the_same_bytes_which_say_nothing_of_their_making(place: int) -> None:
    for kind in ("svg", "png"):
        first, again = (every_chart("One")[place].file(kind) for _ in range(2))
        assert first == again
        assert not re.search(rb"matplotlib (v|version)|Created|Software|dc:date|<!--", first, re.IGNORECASE)


def test_a_picture_of_dots_is_as_wide_as_the_page_at_200_dots_an_inch() -> None:
    picture = every_chart("One")[0]
    assert Image.open(BytesIO(picture.file("png"))).width == pytest.approx(182 / 25.4 * 200, abs=1)


@given(st.lists(FIGURES, min_size=1, max_size=8), st.floats(min_value=0.1, max_value=1e6))
def test_names_keep_their_order_and_leave_room_between_them(places: list[float], room: float) -> None:
    moved = _apart(places, room)
    ranked = sorted(zip(places, moved, strict=True))
    small = 1e-6 * max(room, *map(abs, places))
    for (_, before), (_, after) in pairwise(ranked):
        assert after - before >= room - small
    far = sorted(places)
    if all(b - a >= room for a, b in pairwise(far)):
        assert moved == pytest.approx(places, abs=small)

"""Small pictures in the terminal: each block is as high, or as long, as its figure."""

from __future__ import annotations

from ftroi.cli.console import bar, sparkline


def test_a_histogram_is_as_high_as_its_shares() -> None:
    assert sparkline([0.0, 0.1, 0.2, 0.4, 0.2, 0.001]) == " ▂▄█▄▁"
    assert sparkline([]) == ""
    assert sparkline([0.0, 0.0]) == "  "


def test_a_bar_is_as_long_as_its_amount() -> None:
    assert [len(bar(amount, 100.0, 20)) for amount in (100, 50, 0.1, 0, -5)] == [20, 10, 1, 0, 0]
    assert bar(0.0, 0.0) == ""

"""How sentences show figures: by hand, and as the spreadsheet's text has it."""

from __future__ import annotations

import pytest

from ftroi.language.value_formats import VALUE_FORMATS, format_value, value_to_excel


@pytest.mark.parametrize(
    "value, name, shown",
    [
        (184_651.947, "money", "USD 184,652"),
        (-150_714.96, "money", "USD −150,715"),
        (730_209.0, "money_short", "USD 730k"),
        (-150_714.96, "money_short", "USD −151k"),
        (2_346_000.0, "money_short", "USD 2.35m"),
        (999.4, "money_short", "USD 999"),
        (999.5, "money_short", "USD 1k"),
        (999_499.0, "money_short", "USD 999k"),
        (999_500.0, "money_short", "USD 1.00m"),
        (-0.4, "money", "USD 0"),
        (0.2202, "percent", "22.0%"),
        (-0.05, "percent", "−5.0%"),
        (0.825, "whole_percent", "83%"),
        (0.179, "points", "17.9"),
        (0.17, "whole_points_words", "17 points"),
        (0.01, "whole_points_words", "1 point"),
        (0.059, "points_words", "5.9 points"),
        (1.449, "multiple", "1.45×"),
        (6.04, "months", "6.0 months"),
        (3.0, "days", "3.0 days"),
        (2_000_000.0, "whole", "2,000,000"),
        (36.0, "years", "3 years"),
        (12.0, "years", "1 year"),
        (30.0, "years", "30 months"),
        (46_569.0, "day", "1 Jul 2027"),
        ("never within 36 months", "months", "never within 36 months"),
        ("Not yet", "capitals", "NOT YET"),
        ("the board", "", "the board"),
    ],
)
def test_a_figure_is_shown(value: float | str, name: str, shown: str) -> None:
    assert format_value(value, name, "USD") == shown


def test_every_format_has_a_spreadsheets_text_with_all_its_slots_filled() -> None:
    for name, one in VALUE_FORMATS.items():
        printed = value_to_excel("$A$1", name, "$B$1")
        assert "{" not in printed, name
        assert "$A$1" in printed
        assert one.example
        assert name == "capitals" or printed.startswith("IF(ISNUMBER($A$1),")

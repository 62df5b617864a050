from __future__ import annotations

import pytest

from ftroi.language import FUNCTIONS, did_you_mean, invalid_name_reason
from ftroi.language.names import LONGEST_NAME


@pytest.mark.parametrize(
    "name",
    [
        "price_per_label",
        "month",
        "irr",
        "tco",
        "roi",
        "npv",
        "year_1",
        "tco_2026",
        "abcd2026",
        "r_squared",
        "x",
        "x" * LONGEST_NAME,
    ],
)
def test_names_of_a_term_sheet_may_be_used(name: str) -> None:
    assert invalid_name_reason(name) == ""


@pytest.mark.parametrize(
    "name,reason",
    [
        ("", "lower-case letters"),
        ("Price", "lower-case letters"),
        ("price_", "lower-case letters"),
        ("_price", "lower-case letters"),
        ("price__label", "lower-case letters"),
        ("2nd_price", "lower-case letters"),
        ("price per label", "lower-case letters"),
        ("prix_été", "lower-case letters"),
        ("price\n", "lower-case letters"),
        ("tco2026", "address of a cell"),
        ("roi5", "address of a cell"),
        ("a1", "address of a cell"),
        ("r", "a row or a column"),
        ("c", "a row or a column"),
        ("rc", "a row or a column"),
        ("r1c1", "a row or a column"),
        ("r12c", "a row or a column"),
        ("true", "keeps this name"),
        ("print_area", "keeps this name"),
        ("ft_inputs", "belong to the workbook"),
        ("max", "name of a function"),
        ("to_date", "name of a function"),
        ("x" * (LONGEST_NAME + 1), "at most 60 characters"),
    ],
)
def test_names_that_a_spreadsheet_would_misread_are_refused(name: str, reason: str) -> None:
    assert reason in invalid_name_reason(name)


def test_only_the_timeline_and_one_measure_may_spell_a_function() -> None:
    allowed = {name.lower() for name in FUNCTIONS if not invalid_name_reason(name.lower())}
    assert allowed == {"month", "irr"}


def test_a_misspelt_name_is_told_its_nearest_neighbour() -> None:
    known = ["price_per_label", "labels"]
    assert did_you_mean("price_per_lable", known) == "did you mean 'price_per_label'?"
    assert did_you_mean("quantum", known) == ""

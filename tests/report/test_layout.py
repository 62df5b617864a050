"""How a paper is set: figures in words, tables that fill the width."""

from __future__ import annotations

import pytest

from ftroi.engine import Measured
from ftroi.report.number_text import assumption_words, measured_words, money_of, unit_words, whole
from ftroi.report.paper import Banner, Cards, Heading, Table, Text
from tests.support.papers import PRESETS, paper, preset_plan


@pytest.mark.parametrize(
    "amount,words",
    [(0, "–"), (0.4, "0"), (-0.4, "0"), (1234.5, "1,235"), (-2.5, "(3)"), (-1234.6, "(1,235)"), (1e9, "1,000,000,000")],
)
def test_numbers_are_written_as_finance_writes_them(amount: float, words: str) -> None:
    assert whole(amount) == words


@pytest.mark.parametrize(
    "largest,unit,shown", [(9_000, "JPY", "1,500"), (2e6, "JPY thousand", "2"), (5e9, "JPY million", "0")]
)
def test_money_is_in_one_scale_that_reads_easily(largest: float, unit: str, shown: str) -> None:
    money = money_of("JPY", largest)
    assert (money.unit, money.words(1_500)) == (unit, shown)


@pytest.mark.parametrize(
    "value,unit,shown,words",
    [
        (0.1, "1/year", "10%", "per year"),
        (0.035, "1", "3.5%", ""),
        (500_000, "request/month", "500,000", "requests per month"),
        (0.005, "1/month", "0.5%", "per month"),
        (2, "refresh", "2", "refreshes"),
        (169_000, "money/(FTE*year)", "169,000", "CHF per FTE and year"),
        (0.75, "FTE", "0.75", "FTE"),
        (11, "FTE*month", "11", "FTE-months"),
    ],
)
def test_an_assumption_reads_with_its_unit(value: float, unit: str, shown: str, words: str) -> None:
    assert (assumption_words(value, unit), unit_words(unit, "CHF", is_many=True)) == (shown, words)
    assert unit_words("refresh", "CHF") == "refresh"


def test_a_measure_without_a_number_shows_its_status() -> None:
    money = money_of("USD", 1e6)
    assert measured_words(Measured(None, "never", "never within 36 months"), "month", money) == "never"
    assert measured_words(Measured(None, "no_valid_requests", "x"), "money/krequest", money) == "no valid requests"


@pytest.mark.parametrize("preset", PRESETS)
def test_tables_and_cards_fill_the_width_alike(preset: str) -> None:
    blocks = paper(preset_plan(preset)).blocks
    assert {type(block) for block in blocks} >= {Heading, Text, Banner, Cards, Table}
    for block in blocks:
        if isinstance(block, Table):
            assert sum(column.width for column in block.columns) == pytest.approx(182)

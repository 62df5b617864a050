"""The template's dated prices: each has a source, a day, and a place in the plan's own ranges."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ftroi.errors import TemplateError
from ftroi.prices.listed import KINDS, PRICES_FILE, listed_prices
from tests.support.plans import fine_tuning

ONE = """
[gpu]
label = "GPU"
kind = "accelerator"
unit = "money/(GPU*hour)"
low = 1
price = 2
high = 3
source = "gpu-price-survey"
checked = 2026-11-23
"""


def test_the_shipped_prices_are_of_every_kind_and_agree_with_their_assumptions() -> None:
    found = listed_prices(fine_tuning())
    assert {one.table.kind for one in found} == set(KINDS)
    for one in found:
        if one.table.assumption:
            table = fine_tuning().assumptions[one.table.assumption].table
            assert table.unit == one.table.unit
            assert table.range is None or table.range[0] <= one.table.price <= table.range[1]


def test_a_template_may_go_without(tmp_path: Path) -> None:
    assert listed_prices(replace(fine_tuning(), folder=tmp_path)) == []


@pytest.mark.parametrize(
    "old,new,words",
    [
        ("price = 2", "price = 9", "not in order"),
        ("gpu-price-survey", "gpu-price-surve", "did you mean 'gpu-price-survey'"),
        ('"gpu-price-survey"', '"judgement"', "says why in its note"),
        ("checked = 2026-11-23", 'checked = 2026-11-23\nassumption = "gpu_prise"', "did you mean 'gpu_price'"),
        ("label", "labell", "unknown key 'labell'"),
    ],
)
def test_faults_are_told_with_their_line(old: str, new: str, words: str, tmp_path: Path) -> None:
    (tmp_path / PRICES_FILE).write_text(ONE.replace(old, new))
    with pytest.raises(TemplateError) as caught:
        listed_prices(replace(fine_tuning(), folder=tmp_path))
    assert words in str(caught.value)
    assert f"{PRICES_FILE}:" in str(caught.value)

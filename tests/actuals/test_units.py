"""Units of bills in one spelling."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ftroi.actuals.coded import coded
from ftroi.actuals.texts import Column
from ftroi.actuals.units import normalised
from tests.support.bills import (
    FOCUS,
    focus,
    table,
)
from tests.support.reading_bills import notes, read


@pytest.mark.parametrize(
    "unit,factor,name",
    [
        ("1K Tokens", 1e3, "token"), ("1M tokens", 1e6, "token"), ("10K", 1e4, ""), ("100 Hours", 100, "hour"),
        ("Hrs", 1, "hour"), ("1,000,000 tokens", 1e6, "token"), ("Messages", 1, "message"), ("GB-Mo", 1, "gb-mo"),
        ("M", 1, "M"), ("Kilobytes", 1, "kilobyte"), ("count", 1, "count"), ("", 1, ""),
        ("million tokens", 1e6, "token"),
    ],
)  # fmt: skip
def test_a_unit_is_a_plain_name_and_a_factor(unit: str, factor: float, name: str) -> None:
    quantity, units = normalised(np.array([2.0]), coded(np.array([0]), [unit]), Column("f", "unit", [1]), [])
    assert quantity.tolist() == [2 * factor]
    assert units.tolist() == [name]


def test_a_bare_m_stays_as_it_is(tmp_path: Path) -> None:
    text = table(FOCUS, [focus(1, 1, 1)]).replace("Tokens,1,", "M,1,")
    bill = read(tmp_path, text)
    assert bill.charges["quantity"].tolist() == [1000]
    assert "may be a thousand or a million" in notes(bill)

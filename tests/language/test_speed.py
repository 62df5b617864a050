from __future__ import annotations

import time

import pytest

from ftroi.language import check_formula, parse
from tests.language.toy_names import ToyNames

MOST_SECONDS = 0.040
FORMULAS = [
    "labels * price_per_label * (1 + share)",
    "(1 + growth) ^ ((month - 1) / months_per_year)",
    "IF(OR(operate_flag = 1, month > build_months), fee, PREV(fee)) * (1 - share)",
    "operate_flag * fee / months_per_year * MAX(1, PREV(share)) + TOTAL(fee) / budget * fee",
    "IF(AND(month >= build_months, month <= build_months + 1), TO_DATE(fee) * share, 0)",
] * 50


def seconds_to_read_and_check() -> float:
    start = time.perf_counter()
    for text in FORMULAS:
        check_formula(parse(text), ToyNames(), "a line", text)
    return time.perf_counter() - start


@pytest.mark.benchmark
def test_a_whole_term_sheet_is_read_and_checked_in_a_blink() -> None:
    assert min(seconds_to_read_and_check() for _ in range(5)) < MOST_SECONDS

from __future__ import annotations

import pytest

from ftroi.language import is_whole, parse
from tests.support.toy_names import ToyNames


@pytest.mark.parametrize(
    "text",
    [
        "0",
        "12",
        "200%",
        "month",
        "-month",
        "month + 1 - build_months * places",
        "IF(share > 1, month, 0)",
        "MAX(month, 0)",
        "MIN(month, build_months, 1)",
        "ABS(month)",
        "MOD(month, build_months)",
        "INT(share)",
        "ROUND(share, 0)",
        "ROUNDUP(share, 0)",
        "ROUNDDOWN(share, 0)",
        "YEAR(start_date)",
        "MONTH(start_date)",
        "FIRST(operate_flag)",
        "PREV(month) + 1",
        "TO_DATE(operate_flag)",
        "TOTAL(operate_flag)",
        "REFERENCE(month)",
        "CANDIDATE(month)",
        "NOTHING(month)",
        "unknown_name",
    ],
)
def test_whole_whatever_the_inputs(text: str) -> None:
    assert is_whole(parse(text), ToyNames())


@pytest.mark.parametrize(
    "text",
    [
        "0.5",
        "5%",
        "share",
        "-share",
        "month + share",
        "month * share",
        "month / build_months",
        "month ^ places",
        "IF(month > 1, share, 0)",
        "MAX(month, share)",
        "ABS(share)",
        "MOD(month, share)",
        "ROUND(month, 1)",
        "ROUND(month, places)",
        "SQRT(month)",
        "EXP(0)",
        "LN(1)",
        "IRR(month)",
        "PREV(share)",
        "TOTAL(share)",
    ],
)
def test_perhaps_not_whole(text: str) -> None:
    assert not is_whole(parse(text), ToyNames())

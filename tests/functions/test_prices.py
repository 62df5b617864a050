"""FT_PRICE in a plan of another currency, and what it says of a price that is not known; its figures: test_call."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from ftroi.functions.call import call
from ftroi.functions.prices import ft_price
from ftroi.functions.question import Question
from ftroi.functions.session import Evaluated
from ftroi.prices.tokens import list_price
from tests.support.function_sheet import Workbook, plan


@pytest.mark.parametrize(
    "product, part, says",
    [
        ("gpt-4o-minni", None, "did you mean"),
        ("no such model at all", None, "has no price"),
        ("gpt-4o", "price", "there is no 'price' of this price"),
        ("object_storage", "output", "choose from price, low, high, age"),
    ],
)
def test_what_is_not_known_is_told(product: str, part: str | None, says: str) -> None:
    told = str(call("FT_PRICE", [product, part], Workbook()))
    assert told.startswith("#FT: ")
    assert says in told.lower() or says in told


def test_a_plan_in_another_currency_has_prices_in_it() -> None:
    settings = replace(plan().settings, exchange_rate=0.9)
    question = Question({"product": "gpt-4o", "part": "output"}, "rag", Evaluated(replace(plan(), settings=settings)))
    stated = list_price("gpt-4o", None, datetime.now().astimezone().date()).output
    assert stated is not None
    assert ft_price(question) == pytest.approx(0.9 * stated)

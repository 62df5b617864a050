"""Token prices against the published case, request by request, and what cannot be priced."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from ftroi.errors import PlanError
from ftroi.prices.tokens import PriceAge, Request, list_price, models_of, price_age, price_of

CASE = json.loads((Path(__file__).parents[1] / "cases" / "published" / "genai_prices_oracle.json").read_text())
DAY = date(2026, 11, 20)


@pytest.mark.parametrize("row,total", [*zip(CASE["inputs"]["rows"], CASE["expected"]["total_usd"], strict=True)])
def test_the_published_totals(row: dict[str, object], total: float) -> None:
    request = Request(*(int(str(row[name])) for name in ("input_tokens", "output_tokens", "cache_read_tokens")))
    found = price_of(str(row["model"]), str(row["provider"]), request, DAY)
    assert found == pytest.approx(total, rel=CASE["tolerance"]["rel"])


def test_many_requests_are_priced_one_by_one() -> None:
    expected = CASE["expected"]
    one_by_one = price_of("gpt-6-luna", "openai", Request(1_000, 200), DAY, 20_000)
    as_one = price_of("gpt-6-luna", "openai", Request(20_000_000, 4_000_000), DAY)
    assert one_by_one == pytest.approx(expected["gpt6luna_20000_requests"], rel=1e-9)
    assert as_one == pytest.approx(expected["gpt6luna_naive_aggregate"], rel=1e-9)


def test_list_prices_are_of_a_million_tokens() -> None:
    price = list_price("gpt-6-luna", "openai", DAY)
    assert (price.input, price.cached_input, price.output) == (0.1, 0.01, 0.5)
    assert price.has_tiers


def test_a_model_without_a_price_is_refused_with_a_cure() -> None:
    with pytest.raises(PlanError, match=r"ft:gpt-4\.1.*has no price of openai.*prices --provider openai"):
        price_of("ft:gpt-4.1", "openai", Request(1), DAY)


@pytest.mark.parametrize("request_", [Request(-1), Request(1, -1), Request(1, 1, 2), Request(1, 1, -1)])
def test_tokens_that_cannot_be_are_refused(request_: Request) -> None:
    with pytest.raises(PlanError):
        price_of("gpt-4o", "openai", request_, DAY)


def test_the_models_of_a_vendor() -> None:
    assert ("openai", "gpt-4o") in models_of("openai")
    assert len(models_of(None)) > len(models_of("openai"))
    with pytest.raises(PlanError, match="did you mean 'openai'"):
        models_of("opnai")


def test_how_old_the_prices_are() -> None:
    of = price_age(DAY)
    assert of.newest is not None
    assert date(2026, 10, 1) <= of.newest <= DAY
    assert of.age(date(2027, 11, 20)) == (date(2027, 11, 20) - of.newest).days
    assert PriceAge("x", "1", None).age(DAY) is None

"""``ftroi prices`` as a person meets it."""

from __future__ import annotations

from tests.support.running import Ftroi


def test_the_template_s_prices_with_their_age(ftroi: Ftroi) -> None:
    out = ftroi.done("prices").out
    assert "H100 80 GB, on demand" in out
    assert "List prices of genai-prices" in out
    answer = ftroi.done("prices", "--json").json
    assert answer["prices"]["age_days"] >= 0
    assert all(one["age_days"] >= 0 and one["source_title"] for one in answer["listed"])


def test_requests_are_priced_one_by_one(ftroi: Ftroi) -> None:
    words = ("prices", "gpt-6-luna", "--input-tokens", "1000", "--output-tokens", "200", "--requests", "20000")
    day = ("--on", "2026-11-20")
    (answer,) = ftroi.done(*words, *day, "--json").json["tokens"]
    assert round(answer["cost"], 9) == 4
    assert "each priced by itself" in ftroi.done(*words, *day).out


def test_every_model_without_a_price_is_told(ftroi: Ftroi) -> None:
    message = ftroi.refused("prices", "gpt-4o", "no-model-a", "no-model-b")
    assert "2 findings" in message
    assert "there are tokens, and no model" in ftroi.refused("prices", "--input-tokens", "5")


def test_models_are_listed(ftroi: Ftroi) -> None:
    assert "openai  gpt-4o\n" in ftroi.done("prices", "--models", "--provider", "openai").out
    assert ftroi.done("prices", "--models", "--json").json["models"]

"""Prices of tokens by model, from the data that the package genai-prices includes; nothing is fetched.

Vendors price each request on its own, and a long prompt may fall into a more expensive tier. So one request is priced
and then multiplied; the sum of many requests would be priced like one very long prompt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from importlib.metadata import version
from typing import Any

from ftroi.errors import Finding, PlanError
from ftroi.language import did_you_mean

_DAY = re.compile(r"\b20\d\d-\d\d-\d\d\b")
_MTOK = 1_000_000
_SAMPLE = 1_000
"""Tokens of the sample request that list prices are derived from, too short for any vendor's tier for long prompts."""


@dataclass(frozen=True, slots=True)
class Request:
    """The tokens of one request; cached tokens are included in the input tokens."""

    input_tokens: int
    output_tokens: int = 0
    cached_tokens: int = 0


@dataclass(frozen=True, slots=True)
class TokenPrice:
    """A model's list prices on a day, in USD per million tokens; None if the vendor states none."""

    model: str
    provider: str
    name: str
    input: float | None
    cached_input: float | None
    output: float | None
    has_tiers: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class PriceAge:
    """The age of the prices: the package, its version, and the newest date in its data that is not in the future.

    The package has no date of its own; dates are those on which prices start, and those in the notes on prices.
    """

    package: str
    version: str
    newest: date | None

    def age(self, today: date) -> int | None:
        """Days since the newest date; None if the data has no dates."""
        return None if self.newest is None else (today - self.newest).days


def price_age(today: date) -> PriceAge:
    """The version of the prices, and the newest date in them up to ``today``."""
    newest = max((day for _, model in _models() for day in _dates(model) if day <= today), default=None)
    return PriceAge("genai-prices", version("genai-prices"), newest)


def price_of(model: str, provider: str | None, request: Request, day: date, requests: int = 1) -> float:
    """The cost of a number of equal requests to a model on a day, in USD at list price.

    Raises PlanError for a model without a price, and for impossible numbers of tokens.
    """
    if min(request.input_tokens, request.output_tokens, request.cached_tokens, requests) < 0:
        raise PlanError(Finding("tokens", "are negative", "write 0 or more"))
    if request.cached_tokens > request.input_tokens:
        what = f"{request.cached_tokens:,} are read from the cache, and {request.input_tokens:,} are sent in all"
        raise PlanError(Finding("--cached-tokens", what, "the cached tokens are a part of the input"))
    return float(_priced(model, provider, request, day).total_price * requests)


def list_price(model: str, provider: str | None, day: date) -> TokenPrice:
    """A model's list prices on a day. Raises PlanError for a model without a price."""
    sample = _priced(model, provider, Request(_SAMPLE, _SAMPLE), day)
    prices = sample.model_price
    known = sample.model

    def of_million(request: Request) -> float:
        return float(_priced(model, provider, request, day).total_price / _SAMPLE * _MTOK)

    return TokenPrice(
        known.id, sample.provider.id, known.name or known.id,
        input=None if prices.input_mtok is None else of_million(Request(_SAMPLE)),
        cached_input=None if prices.cache_read_mtok is None else of_million(Request(_SAMPLE, 0, _SAMPLE)),
        output=None if prices.output_mtok is None else of_million(Request(0, _SAMPLE)),
        has_tiers=any(hasattr(one, "tiers") for one in (prices.input_mtok, prices.output_mtok)),
        note="deprecated" if known.deprecated else "",
    )  # fmt: skip


def models_of(provider: str | None) -> list[tuple[str, str]]:
    """All models with a price as (provider, model), of one provider or all. Raises PlanError for an unknown one."""
    names = sorted({of for of, _ in _models()})
    if provider is not None and provider not in names:
        cure = did_you_mean(provider, names) or f"choose from {', '.join(names)}"
        raise PlanError(Finding("--provider", f"there are no prices of '{provider}'", cure))
    return [(of, model.id) for of, model in _models() if provider in (None, of)]


def _models() -> Iterator[tuple[str, Any]]:
    try:
        from genai_prices.data_snapshot import get_snapshot
    except ModuleNotFoundError:
        cure = "install genai-prices, or type the price"
        raise PlanError(Finding("prices of tokens", "the package genai-prices is not here", cure)) from None

    for provider in get_snapshot().providers:
        for model in provider.models:
            yield provider.id, model


def _dates(model: Any) -> Iterator[date]:  # noqa: ANN401 - a model of genai-prices, as old as the package is
    """The dates on which a model's prices start, and those in the notes on them."""
    dated = [*(model.prices if isinstance(model.prices, list) else []), *(model.price_variants or [])]
    begins = (getattr(one.constraint, "start_date", None) for one in dated)
    yield from (day for day in begins if day is not None)
    for text in _DAY.findall(model.price_comments or ""):
        try:
            yield date.fromisoformat(text)
        except ValueError:
            continue


def _priced(model: str, provider: str | None, request: Request, day: date) -> Any:  # noqa: ANN401 - as above
    from genai_prices import Usage, calc_price

    usage = Usage(
        input_tokens=request.input_tokens,
        output_tokens=request.output_tokens,
        cache_read_tokens=request.cached_tokens or None,
    )
    moment = datetime.combine(day, time(12), UTC)
    try:
        return calc_price(usage, model, provider_id=provider, genai_request_timestamp=moment)
    except LookupError:
        known = [one for _, one in models_of(provider)]
        near = did_you_mean(model, known)
        cure = f"{near} Or list the models with 'ftroi prices --provider {provider or 'openai'} --models'".strip()
        where = f"model '{model}'"
        what = f"has no price{f' of {provider}' if provider else ''} in genai-prices"
        raise PlanError(Finding(where, what, cure)) from None
    except ValueError as error:
        raise PlanError(Finding(f"model '{model}'", f"cannot be priced ({error})", "name other tokens")) from None

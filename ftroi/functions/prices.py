"""FT_PRICE: list prices of tokens, and the template's dated ones of accelerators, tuning, hosting and storage."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from ftroi.dates import local_day
from ftroi.errors import Finding, PlanError
from ftroi.functions.question import Question, Value
from ftroi.language import did_you_mean
from ftroi.prices.listed import ListedPrice, listed_prices
from ftroi.prices.tokens import list_price, models_of, price_age

_PRICES = ("price", "low", "high")
_TOKENS = {"input": "input", "cached": "cached_input", "output": "output"}
_AGE = "age"
_TOKEN_CURRENCY = "USD"


def ft_price(question: Question) -> Value:
    """A list price in the plan's currency, or how many days old it is.

    A name of the template's list has ``price`` (the default), ``low``, ``high``; a model's tokens ``input`` (the
    default), ``cached``, ``output``, for a million. Raises PlanError for what has no price.
    """
    item, plan = question.words("product"), question.plan
    part = question.words("part") if question.is_given("part") else ""
    listed = {one.name: one for one in listed_prices(plan.template)}
    today = local_day()
    if item in listed:
        found = listed[item]
        if part == _AGE:
            return float((today - found.table.checked).days)
        return _listed(found, _known(part or "price", _PRICES)) * (plan.settings.exchange_rate or 1.0)
    models = [model for _, model in models_of(None)]
    if item not in models and (near := did_you_mean(item, [*listed, *models])):
        raise PlanError(Finding("product", f"nothing is known of the price of '{item}'", near))
    if part == _AGE:
        age = price_age(today).age(today)
        return "no price bears a date" if age is None else float(age)
    price: float | None = getattr(list_price(item, None, today), _TOKENS[_known(part or "input", _TOKENS)])
    if price is None:
        return f"the vendor states no price of {part or 'input'}"
    if plan.template.currency != _TOKEN_CURRENCY:
        what = f"tokens are priced in {_TOKEN_CURRENCY}, and the template in {plan.template.currency}"
        raise PlanError(Finding("product", what, "convert the price of 'ftroi prices' at a rate of your own"))
    return price * (plan.settings.exchange_rate or 1.0)


def _listed(found: ListedPrice, part: str) -> float:
    return float(getattr(found.table, part))


def _known(part: str, parts: tuple[str, ...] | Mapping[str, str]) -> str:
    if part not in parts:
        cure = did_you_mean(part, (*parts, _AGE)) or f"choose from {', '.join((*parts, _AGE))}"
        raise PlanError(Finding("part", f"there is no '{part}' of this price", cure))
    return part


PRICES: Mapping[str, Callable[[Question], Value]] = MappingProxyType({"FT_PRICE": ft_price})
"""What answers FT_PRICE."""

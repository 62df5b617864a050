"""``ftroi prices``: what tokens, accelerators, tuning, hosting and storage cost, and how old that is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from ftroi.cli.console import MISSING, console, print_json, say, table, unit_words
from ftroi.dates import local_day
from ftroi.errors import Finding, PlanError
from ftroi.prices.listed import KINDS, ListedPrice, listed_prices
from ftroi.prices.tokens import PriceAge, Request, TokenPrice, list_price, models_of, price_age, price_of
from ftroi.termsheet import Template
from ftroi.termsheet.catalogue import find_template
from ftroi.termsheet.load import DEFAULT_TEMPLATE


@dataclass(frozen=True, slots=True)
class Wanted:
    """The models asked about, the requests to price, and the day; without models, the template's own prices."""

    models: tuple[str, ...]
    provider: str | None
    input_tokens: int | None
    output_tokens: int
    cached_tokens: int
    requests: int
    day: date | None

    @property
    def request(self) -> Request | None:
        """The request to price; None where list prices are wanted."""
        if self.input_tokens is None and not self.output_tokens:
            return None
        return Request(self.input_tokens or 0, self.output_tokens, self.cached_tokens)


def show_prices(wanted: Wanted, template: str | None, *, names: bool, as_json: bool) -> None:
    """Show the prices that were asked for."""
    today = local_day()
    day = wanted.day or today
    if names:
        _show_models(wanted, as_json=as_json)
    elif wanted.models:
        _show_tokens(wanted, day, today, as_json=as_json)
    elif wanted.request is not None:
        raise PlanError(Finding("MODEL", "there are tokens, and no model", "name one, such as gpt-4o"))
    else:
        _show_listed(find_template(template or DEFAULT_TEMPLATE), today, as_json=as_json)


def _show_models(wanted: Wanted, *, as_json: bool) -> None:
    found = models_of(wanted.provider)
    if as_json:
        print_json({"models": [{"provider": of, "model": model} for of, model in found]})
    else:
        say(*(f"{of}  {model}" for of, model in found))


def _show_tokens(wanted: Wanted, day: date, today: date, *, as_json: bool) -> None:
    found = list(_priced(wanted, day))
    of = price_age(today)
    if as_json:
        tokens = [asdict(price) | ({} if cost is None else {"cost": cost}) for price, cost in found]
        print_json({"currency": "USD", "day": day.isoformat(), "prices": _price_age(of, today), "tokens": tokens})
        return
    out = console()
    headers = ("Model", "Vendor", "Input", "Cached", "Output", *(("Cost",) if wanted.request else ()))
    out.print(table(f"USD for a million tokens, {day}", headers, map(_row, found), headers[2:]))
    if wanted.request:
        say(f"Cost: of {wanted.requests:,} requests, each priced by itself.")
    if any(price.has_tiers for price, _ in found):
        say("Longer prompts cost more at some of these vendors: price such a request with --input-tokens.")
    say(_age(of, today))


def _priced(wanted: Wanted, day: date) -> Iterator[tuple[TokenPrice, float | None]]:
    """Each model's list price and the requests' cost; raises PlanError with every model that has no price."""
    findings: list[Finding] = []
    found = []
    for model in wanted.models:
        try:
            price = list_price(model, wanted.provider, day)
            request = wanted.request
            cost = None if request is None else price_of(model, wanted.provider, request, day, wanted.requests)
        except PlanError as error:
            findings.extend(error.findings)
        else:
            found.append((price, cost))
    if findings:
        raise PlanError(*findings)
    yield from found


def _row(found: tuple[TokenPrice, float | None]) -> tuple[str, ...]:
    price, cost = found
    figures = tuple(_money(one) for one in (price.input, price.cached_input, price.output))
    mark = f" ({price.note})" if price.note else ""
    return (f"{price.model}{mark}", price.provider, *figures, *(() if cost is None else (_money(cost),)))


def _money(value: float | None) -> str:
    return MISSING if value is None else f"{value:,.2f}" if value >= 1 or value == 0 else f"{value:.4g}"


def _price_age(of: PriceAge, today: date) -> dict[str, Any]:
    newest = None if of.newest is None else of.newest.isoformat()
    return {"package": of.package, "version": of.version, "newest": newest, "age_days": of.age(today)}


def _age(of: PriceAge, today: date) -> str:
    age = of.age(today)
    dated = "" if age is None else f"; the newest day in it is {of.newest}, {age} days ago"
    return f"List prices of {of.package} {of.version}{dated}. For newer ones: pip install -U {of.package}"


def _show_listed(template: Template, today: date, *, as_json: bool) -> None:
    found = listed_prices(template)
    of = price_age(today)
    if as_json:
        listed = [
            {"name": one.name, **one.table.model_dump(mode="json"), "age_days": (today - one.table.checked).days,
             "source_title": one.source}
            for one in found
        ]  # fmt: skip
        head = {"template": template.id, "currency": template.currency, "prices": _price_age(of, today)}
        print_json({**head, "listed": listed})
        return
    out = console()
    headers = ("", "Price", "From", "To", "Unit", "Days old")
    for kind, title in KINDS.items():
        rows = [_listed_row(one, template, today) for one in found if one.table.kind == kind]
        if rows:
            out.print(table(f"{title}, {template.currency}", headers, rows, (*headers[1:4], headers[5])))
    say("Tokens: name a model, such as gpt-4o; 'ftroi prices --models' lists them.", _age(of, today))


def _listed_row(one: ListedPrice, template: Template, today: date) -> tuple[str, ...]:
    figures = (_money(float(value)) for value in (one.table.price, one.table.low, one.table.high))
    return (
        one.table.label,
        *figures,
        unit_words(one.table.unit, template.currency),
        str((today - one.table.checked).days),
    )

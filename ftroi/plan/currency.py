"""Plans in another currency than the template's prices.

Every value of the template with money in its unit is converted once, at one dated exchange rate, before a plan is made:
bases, lows, highs, ranges, and the values of options and presets. The engine then computes in the plan's currency.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TypeVar

from ftroi.language import parse_unit
from ftroi.plan.plan import Entry, Plan
from ftroi.termsheet import Assumption, Template
from ftroi.termsheet.schema import OptionTable, OwnValue, OwnValueTable, PresetTable, PresetValue, Table

_Model = TypeVar("_Model", bound=Table)
_DIGITS = 12


def unit_in(unit: str, currency: str) -> str:
    """A unit with the currency in place of money: "EUR/month" for "money/month"."""
    return re.sub(r"\bmoney\b", currency, unit)


def in_currency(template: Template, currency: str, rate: float) -> Template:
    """The template with its prices in another currency.

    ``rate`` is the price of one unit of the template's currency in the other one. A preset whose own prices are in
    another currency than the template's is left unchanged.
    """
    scales = {name: money_scale(one, rate) for name, one in template.assumptions.items()}
    return replace(
        template,
        currency=currency,
        converted_from=template.list_currency,
        plain=None if template.plain is None else in_currency(template.plain, currency, rate),
        assumptions={name: _assumption(one, scales[name]) for name, one in template.assumptions.items()},
        options={name: _option(one, scales) for name, one in template.options.items()},
        presets={
            name: _preset(one, currency, scales) if one.preset.currency == template.currency else one
            for name, one in template.presets.items()
        },
    )


def money_scale(assumption: Assumption, rate: float) -> float:
    """The factor for an assumption's values: the rate to the power that money has in its unit, such as 1/rate."""
    powers = dict(parse_unit(assumption.table.unit))
    return float(rate ** float(powers.get("money", 0)))


def rescaled(figure: float, scale: float) -> float:
    """The product, rounded to 12 digits, so that a value at the end of its range is still there after a round trip."""
    return float(f"{figure * scale:.{_DIGITS}g}")


def _assumption(one: Assumption, scale: float) -> Assumption:
    if scale == 1:
        return one
    span = one.table.range
    table = _scaled(one.table, scale, "base", "low", "high")
    if span is not None:
        table = table.model_copy(update={"range": (rescaled(span[0], scale), rescaled(span[1], scale))})
    return replace(one, table=table)


def _scaled(table: _Model, scale: float, *keys: str) -> _Model:
    figures = {key: getattr(table, key) for key in keys}
    return table.model_copy(update={key: rescaled(value, scale) for key, value in figures.items() if value is not None})


def _option(option: OptionTable, scales: Mapping[str, float]) -> OptionTable:
    return option.model_copy(update={"values": _own_values(option.values, scales)})


def _own_values(values: Mapping[str, OwnValue], scales: Mapping[str, float]) -> dict[str, OwnValue]:
    return {name: _own_value(value, scales[name]) for name, value in values.items()}


def _own_value(value: OwnValue, scale: float) -> OwnValue:
    return _scaled(value, scale, "value") if isinstance(value, OwnValueTable) else rescaled(value, scale)


def _preset(preset: PresetTable, currency: str, scales: Mapping[str, float]) -> PresetTable:
    assumptions: dict[str, PresetValue] = {
        name: _scaled(value, scales[name], "base", "low", "high") for name, value in preset.assumptions.items()
    }
    options = {name: _own_values(values, scales) for name, values in preset.options.items()}
    head = preset.preset.model_copy(update={"currency": currency})
    return preset.model_copy(update={"preset": head, "assumptions": assumptions, "options": options})


def converted(plan: Plan, currency: str, rate: float, day: date) -> Plan:
    """The plan with all of its money, own costs too, in another currency than its template's, at a dated rate.

    ``rate`` is the price of one unit of the template's currency in the other one.
    """
    scales = {name: money_scale(one, rate) for name, one in plan.template.assumptions.items()}
    entries = {name: _entry(entry, scales[name]) for name, entry in plan.entries.items()}
    costs = tuple(replace(cost, amount=rescaled(cost.amount, rate)) for cost in plan.own_costs)
    template = in_currency(plan.template, currency, rate)
    plan = replace(plan, template=template, entries=entries, own_costs=costs)
    return plan.with_settings(currency=currency, exchange_rate=rate, exchange_rate_date=day)


def _entry(entry: Entry, scale: float) -> Entry:
    if scale == 1:
        return entry
    low, high = (None if end is None else rescaled(end, scale) for end in (entry.low, entry.high))
    own = {option: rescaled(value, scale) for option, value in entry.own.items()}
    return replace(entry, base=rescaled(entry.base, scale), low=low, high=high, own=own)

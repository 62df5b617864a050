"""Plans in another currency than the template's prices.

Every figure of the template with money in its unit is converted once, by one dated rate, before a
plan is made: bases, ends, ranges, and the options' and presets' own values. The engine then
computes in the plan's currency, and every measure of money is the template's times the rate.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from ftroi.language import parse_unit
from ftroi.termsheet import Assumption, Template
from ftroi.termsheet.schema import OptionTable, OwnValue, OwnValueTable, PresetTable, PresetValue, Table

_Model = TypeVar("_Model", bound=Table)
_DIGITS = 12


def unit_in(unit: str, currency: str) -> str:
    """A unit with its money named by the currency: money/month is EUR/month."""
    return re.sub(r"\bmoney\b", currency, unit)


def in_currency(template: Template, currency: str, rate: float) -> Template:
    """The template with its prices in another currency.

    ``rate`` is how much of that currency one unit of the template's buys. Presets that bring
    prices of their own in a currency of their own keep them.
    """
    scales = {name: money_scale(one, rate) for name, one in template.assumptions.items()}
    return replace(
        template,
        currency=currency,
        assumptions={name: _assumption(one, scales[name]) for name, one in template.assumptions.items()},
        options={name: _option(one, scales) for name, one in template.options.items()},
        presets={
            name: _preset(one, currency, scales) if one.preset.currency == template.currency else one
            for name, one in template.presets.items()
        },
    )


def money_scale(assumption: Assumption, rate: float) -> float:
    """What an assumption's figures are multiplied by: the rate as often as its unit has money."""
    powers = dict(parse_unit(assumption.table.unit))
    return float(rate ** float(powers.get("money", 0)))


def _times(figure: float, scale: float) -> float:
    """Multiply, and round to 12 digits: a figure at its range's end stays there when a workbook has stored both."""
    return float(f"{figure * scale:.{_DIGITS}g}")


def _assumption(one: Assumption, scale: float) -> Assumption:
    if scale == 1:
        return one
    span = one.table.range
    table = _scaled(one.table, scale, "base", "low", "high")
    if span is not None:
        table = table.model_copy(update={"range": (_times(span[0], scale), _times(span[1], scale))})
    return replace(one, table=table)


def _scaled(table: _Model, scale: float, *keys: str) -> _Model:
    figures = {key: getattr(table, key) for key in keys}
    return table.model_copy(update={key: _times(value, scale) for key, value in figures.items() if value is not None})


def _option(option: OptionTable, scales: Mapping[str, float]) -> OptionTable:
    return option.model_copy(update={"values": _own_values(option.values, scales)})


def _own_values(values: Mapping[str, OwnValue], scales: Mapping[str, float]) -> dict[str, OwnValue]:
    return {name: _own_value(value, scales[name]) for name, value in values.items()}


def _own_value(value: OwnValue, scale: float) -> OwnValue:
    return _scaled(value, scale, "value") if isinstance(value, OwnValueTable) else _times(value, scale)


def _preset(preset: PresetTable, currency: str, scales: Mapping[str, float]) -> PresetTable:
    assumptions: dict[str, PresetValue] = {
        name: _scaled(value, scales[name], "base", "low", "high") for name, value in preset.assumptions.items()
    }
    options = {name: _own_values(values, scales) for name, values in preset.options.items()}
    head = preset.preset.model_copy(update={"currency": currency})
    return preset.model_copy(update={"preset": head, "assumptions": assumptions, "options": options})

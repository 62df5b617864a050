"""Figures of the template in money, as the cells of a workbook hold them: times the exchange rate, until typed over.

Another currency, rate and date can so be typed into the sheet: what came with the template is converted at once, and
what people typed stays as they typed it.
"""

from __future__ import annotations

import re

from ftroi.language import parse_unit
from ftroi.plan.currency import rescaled
from ftroi.termsheet import Assumption

FACTOR = "FT_ExchangeFactor"
"""The name of the cell with the rate, or 1 for a plan in the template's own currency."""

_PRICED = re.compile(rf"=?\s*(-?[\d.]+(?:[eE][+-]?\d+)?)\*{FACTOR}(?:\^\(?(-?[\d.]+)\)?)?")


def power_of_money(assumption: Assumption) -> float:
    """The power that money has in an assumption's unit; 0 for none."""
    return float(dict(parse_unit(assumption.table.unit)).get("money", 0))


def priced(figure: float, power: float, rate: float) -> str:
    """The formula, without a leading ``=``, of a figure that is ``figure`` at an exchange rate."""
    stated = rescaled(figure, 1 / rate**power)
    return f"{stated!r}*{FACTOR}" if power == 1 else f"{stated!r}*{FACTOR}^({power:g})"


def is_priced(formula: str) -> bool:
    """Say whether a formula is a figure of the template times the exchange rate."""
    return _PRICED.fullmatch(formula.replace("$", "")) is not None


def price_in(formula: str, rate: float) -> float | None:
    """The figure of such a formula at an exchange rate; None for any other formula."""
    found = _PRICED.fullmatch(formula.replace("$", ""))
    return None if found is None else rescaled(float(found[1]), rate ** float(found[2] or 1))

"""Formatting numbers for a paper: money in one scale for the whole paper, negatives in parentheses, a dash for zero."""

from __future__ import annotations

from dataclasses import dataclass

from ftroi.engine import Measured
from ftroi.language.value_formats import round_half_away
from ftroi.plan.currency import unit_in

MISSING = "–"

_MILLION, _THOUSAND = 1_000_000.0, 1_000.0
_SCALES = ((1e9, _MILLION, "million"), (2e5, _THOUSAND, "thousand"))
_SMALL, _LARGE = 10.0, 1000.0
_SHORT = {"never": "never", "immediate": "at once", "no_difference": MISSING, "none": "none", "off": "off"}


@dataclass(frozen=True, slots=True)
class Money:
    """Amounts of a paper: what they are divided by, and how its word and currency read."""

    currency: str
    divisor: float = 1.0
    word: str = ""

    @property
    def unit(self) -> str:
        """The unit of every amount, such as "USD thousand"."""
        return f"{self.currency} {self.word}".strip()

    def words(self, amount: float | None) -> str:
        """An amount in the paper's unit."""
        return MISSING if amount is None else whole(amount / self.divisor)


def money_of(currency: str, largest: float) -> Money:
    """The scale in which the largest amount of a paper still reads easily."""
    for least, divisor, word in _SCALES:
        if abs(largest) >= least:
            return Money(currency, divisor, word)
    return Money(currency)


def whole(amount: float) -> str:
    """A number without decimals."""
    rounded = int(round_half_away(amount, 0))
    if rounded == 0:
        return MISSING if amount == 0 else "0"
    return f"({-rounded:,})" if rounded < 0 else f"{rounded:,}"


def percent(share: float) -> str:
    """A fraction as a percentage."""
    shown = round_half_away(share, 3)
    return f"({-shown:.1%})" if shown < 0 else f"{shown:.1%}"


def months(number: float) -> str:
    """A number of months."""
    return f"{round_half_away(number, 1):.1f} months"


def measured_words(measured: Measured, unit: str, money: Money) -> str:
    """A measure in few words: its figure, or the status in its place."""
    if measured.value is None:
        return _SHORT.get(measured.status, measured.status.replace("_", " ") or MISSING)
    if unit == "money":
        return money.words(measured.value)
    if unit == "month":
        return months(measured.value)
    return percent(measured.value) if unit == "1" else plain(measured.value)


def plain(value: float) -> str:
    """A figure as it is, with the digits that matter."""
    if abs(value) >= _LARGE or (value == int(value) and abs(value) >= _SMALL):
        return f"{round_half_away(value, 0):,.0f}"
    return f"{value:.4g}"


def assumption_words(value: float | None, unit: str) -> str:
    """An assumption's figure without its unit; shares and rates a year or a month as percentages."""
    if value is None:
        return MISSING
    if unit in ("1/year", "1/month") or (unit == "1" and abs(value) <= 1):
        return f"{value * 100:.4g}%"
    return f"{round_half_away(value, 0):,.0f}" if abs(value) >= _LARGE else f"{value:.4g}"


def _plural(noun: str) -> str:
    """More than one of a count noun; names in capitals, such as USD and FTE, have no other form."""
    if not noun or noun.isupper():
        return noun
    return f"{noun}es" if noun.endswith(("sh", "ch")) else f"{noun}s"


def unit_words(unit: str, currency: str, *, is_many: bool = False) -> str:
    """A unit as people read it, with the plan's currency; ``is_many`` where the figure is not one."""
    if unit == "1":
        return ""
    above, _, below = unit_in(unit, currency).replace("krequest", "1,000 requests").partition("/")
    noun = above.replace("*", "-").removeprefix("1")
    words = _plural(noun) if is_many else noun
    return f"{words} per {below.strip('()').replace('*', ' and ')}".strip() if below else words

"""What was paid against what was planned: the variance by its causes, the forecast at completion, going on or not.

A variance is actual less plan: positive is adverse for a cost and favourable for a value. Months are numbered from 1
and flows fall at their ends. The definitions, and the figures that the tests reproduce, stand in docs/measures.md
under tracking.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from ftroi.engine import FloatArray
from ftroi.errors import Finding, PlanError

_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Drivers:
    """What makes an amount: volume × usage of one × price of one unit of usage × exchange rate.

    For tokens: requests, tokens of a request, money of a token in the currency billed, and money of the plan for one
    of that currency.
    """

    volume: float
    usage: float
    price: float
    rate: float = 1.0

    @property
    def amount(self) -> float:
        """The amount in the plan's currency."""
        return self.volume * self.usage * self.price * self.rate


@dataclass(frozen=True, slots=True)
class Effects:
    """A variance by its causes, in money of the plan; they add up to it."""

    volume: float = 0.0
    usage: float = 0.0
    price: float = 0.0
    currency: float = 0.0
    phasing: float = 0.0
    unexplained: float = 0.0

    @property
    def total(self) -> float:
        """The variance: actual less plan."""
        return float(sum(getattr(self, field.name) for field in fields(self)))


def explain_variance(
    planned: Drivers | float, actual: Drivers | float, phased: Drivers | float | None = None
) -> Effects:
    """Split a variance into its causes, each at what the ones after it were planned at.

    ``phased`` is the plan as it would stand had it begun when the work really did: what lies between it and
    ``planned`` is a matter of time alone. Where any of the two has no quantity, all that is left is unexplained.
    """
    base = planned if phased is None else phased
    shift = _amount(base) - _amount(planned)
    if not isinstance(base, Drivers) or not isinstance(actual, Drivers):
        return Effects(phasing=shift, unexplained=_amount(actual) - _amount(base))
    at_plan = base.price * base.rate
    return Effects(
        volume=(actual.volume - base.volume) * base.usage * at_plan,
        usage=actual.volume * (actual.usage - base.usage) * at_plan,
        price=actual.volume * actual.usage * (actual.price - base.price) * base.rate,
        currency=actual.volume * actual.usage * actual.price * (actual.rate - base.rate),
        phasing=shift,
    )


def _amount(of: Drivers | float) -> float:
    return of.amount if isinstance(of, Drivers) else of


# --- at completion -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Forecast:
    """What was paid to date, what is still to come, and how both stand against the approved plan; all in money."""

    to_date: float
    planned_to_date: float
    to_come: float
    planned: float

    @property
    def at_completion(self) -> float:
        """Actual to date and forecast."""
        return self.to_date + self.to_come

    @property
    def variance_to_date(self) -> float:
        """Actual less plan, of the months that are over."""
        return self.to_date - self.planned_to_date

    @property
    def variance(self) -> float:
        """Actual and forecast less the approved plan, over the whole life."""
        return self.at_completion - self.planned


def reforecast(actual: Sequence[float], approved: Sequence[float], later: Sequence[float] | None = None) -> Forecast:
    """Put the months that are over in the place of their plan.

    ``actual`` holds months 1 to k; ``approved`` every month of the frozen baseline; ``later`` every month of the
    plan as it stands today, of which those after k count: by default the baseline. Raises PlanError where more
    months are over than are planned.
    """
    over, rest = len(actual), approved if later is None else later
    if over > len(approved):
        what = f"{over} months are billed, and the plan has {len(approved)}"
        raise PlanError(Finding("horizon", what, "lengthen the plan, or leave the later bills out"))
    return Forecast(sum(actual), sum(approved[:over]), sum(rest[over:]), sum(approved))


# --- going on, stopping, switching -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Later:
    """What each choice is worth from a month's end on, at that day; what is past counts no more. In money."""

    month: int
    go_on: float
    stop: float
    switch: float

    @property
    def best(self) -> str:
        """The choice worth most; going on where two are worth the same."""
        worth = {"go_on": self.go_on, "stop": self.stop, "switch": self.switch}
        return max(worth, key=lambda name: worth[name])


def value_later(flows: FloatArray, month: int, yearly_rate: float) -> float:
    """Present value at the end of ``month`` of the flows of later months; ``flows`` begin with month 1."""
    rest = np.asarray(flows, dtype=float)[month:]
    rate = (1 + yearly_rate) ** (1 / _MONTHS) - 1
    return float((rest * (1 + rate) ** -np.arange(1.0, len(rest) + 1)).sum())


@dataclass(frozen=True, slots=True)
class Ending:
    """What it takes to end an option: its exit if it is stopped, or switched; the set-up and the months of a switch."""

    stopping_cost: float
    switching_cost: float
    months_lost: int


def choose_later(option: FloatArray, other: FloatArray, month: int, yearly_rate: float, ending: Ending) -> Later:
    """Compare going on with stopping, and with switching to another option, after a month.

    ``option`` and ``other`` are net flows by month above doing nothing. What stopping or switching costs falls in the
    month after, and the other option begins once the months lost are over.
    """
    begins = np.arange(1, len(other) + 1) > month + ending.months_lost
    switched = np.where(begins, other, 0.0)
    stopped = np.zeros(len(other))
    if month < len(other):
        switched[month] -= ending.switching_cost
        stopped[month] -= ending.stopping_cost
    return Later(
        month,
        go_on=value_later(option, month, yearly_rate),
        stop=value_later(stopped, month, yearly_rate),
        switch=value_later(switched, month, yearly_rate),
    )

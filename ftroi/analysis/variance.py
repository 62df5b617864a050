"""Variance analysis: actual against planned costs by cause, and the forecast at completion.

A variance is actual minus plan: positive is adverse for a cost and favourable for a value. Months are numbered from 1,
and flows fall at their ends. docs/measures.md defines the terms under tracking, with the examples of the tests.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

from ftroi.errors import Finding, PlanError


@dataclass(frozen=True, slots=True)
class Drivers:
    """The drivers of an amount: volume × usage per unit of volume × price per unit of usage × exchange rate.

    For tokens: requests, tokens per request, price per token in the billing currency, and the price of one unit of that
    currency in the plan's.
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
    """A variance split by cause, in the plan's currency; the parts add up to it."""

    volume: float = 0.0
    usage: float = 0.0
    price: float = 0.0
    currency: float = 0.0
    phasing: float = 0.0
    unexplained: float = 0.0

    @property
    def total(self) -> float:
        """The variance: actual minus plan."""
        return float(sum(getattr(self, field.name) for field in fields(self)))


def explain_variance(
    planned: Drivers | float, actual: Drivers | float, phased: Drivers | float | None = None
) -> Effects:
    """Split a variance by cause, in the order of `Drivers`: each cause is valued with later drivers as planned.

    ``phased`` is the plan shifted to the actual start of work; it differs from ``planned`` by the effect of phasing.
    If plan or actual is an amount without drivers, the rest of the variance is unexplained.
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
    """Actual cost to date, the forecast of the remaining months, and the approved plan; all in money."""

    to_date: float
    planned_to_date: float
    to_come: float
    planned: float

    @property
    def at_completion(self) -> float:
        """The forecast at completion: actual to date plus the forecast of the remaining months."""
        return self.to_date + self.to_come

    @property
    def variance(self) -> float:
        """The variance at completion: forecast at completion minus the approved plan."""
        return self.at_completion - self.planned


def reforecast(actual: Sequence[float], approved: Sequence[float], later: Sequence[float] | None = None) -> Forecast:
    """The forecast with actual amounts in place of the plan for the months to date.

    ``actual`` holds months 1 to k; ``approved`` all months of the frozen baseline; ``later`` all months of the present
    plan (default: the baseline), of which those after k are used. Raises PlanError if there are more actual than
    planned months.
    """
    over, rest = len(actual), approved if later is None else later
    if over > len(approved):
        what = f"{over} months are billed, and the plan has {len(approved)}"
        raise PlanError(Finding("horizon", what, "lengthen the plan, or leave the later bills out"))
    return Forecast(sum(actual), sum(approved[:over]), sum(rest[over:]), sum(approved))

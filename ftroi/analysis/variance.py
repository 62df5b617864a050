"""What was paid against what was planned: the variance by its causes, and the forecast at completion.

A variance is actual less plan: positive is adverse for a cost and favourable for a value. Months are numbered from 1
and flows fall at their ends. The definitions, and the figures that the tests reproduce, stand in docs/measures.md
under tracking.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

from ftroi.errors import Finding, PlanError


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

"""What a simulation found, as a workbook keeps it: figures by name and option, under a stamp of their inputs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from ftroi.termsheet.simulated import BEATS_REFERENCE

if TYPE_CHECKING:
    from ftroi.plan.plan import Entry, OwnCost, Plan

FRESH, STALE, NOT_SIMULATED = "fresh", "stale", "not simulated yet"
"""Whether kept figures are about the inputs as they stand."""

_DIGEST = 16

Figure = float | str | None


@dataclass(frozen=True, slots=True)
class Stamp:
    """How figures came about: draws, seed, method, version of ftroi, when, and from which inputs.

    ``digest`` tells the inputs, ``budget`` is the approved one in cash that they were drawn with. ``fingerprint``
    is what the workbook's cells made of the inputs then; None where no workbook has had the figures.
    """

    draws: int
    seed: int
    method: str
    version: str
    template: str
    made: str
    digest: str
    budget: float | None = None
    fingerprint: float | None = None


@dataclass(frozen=True)
class Simulated:
    """A simulation's figures by name and option, in the units of their measures, with their stamp."""

    stamp: Stamp
    figures: Mapping[str, Mapping[str, Figure]] = field(repr=False)

    def number(self, name: str, option: str) -> float | None:
        """Give a figure of an option; None where it is no number, or was not simulated."""
        found = self.figures.get(name, {}).get(option)
        return found if isinstance(found, float) else None


def state_of(plan: Plan) -> str:
    """Say whether a plan's kept figures are fresh, stale or not there."""
    if plan.simulated is None:
        return NOT_SIMULATED
    return FRESH if plan.simulated.stamp.digest == digest_of(plan) else STALE


def fresh_odds(plan: Plan) -> float | None:
    """Give the simulated probability that the candidate's NPV is positive; None where it is not known, or stale."""
    return fresh_figure(plan, BEATS_REFERENCE)


def fresh_figure(plan: Plan, name: str) -> float | None:
    """Give a simulated figure of the candidate; None where it is not known, or stale."""
    if plan.simulated is None or state_of(plan) != FRESH:
        return None
    return plan.simulated.number(name, plan.settings.candidate)


def digest_of(plan: Plan) -> str:
    """Give a short text that is another when anything is that a simulation depends on.

    The option and the case that are shown are not, nor are texts beside the figures, gates and the Log.
    """
    return sha256("\n".join(_lines(plan)).encode()).hexdigest()[:_DIGEST]


def _lines(plan: Plan) -> Iterator[str]:
    settings = plan.settings
    yield f"{plan.template.id} {plan.template.version}"
    yield f"{settings.options} {settings.reference} {settings.candidate} {settings.start}"
    yield from (f"{name} {_entry(plan.entries[name])}" for name in sorted(plan.entries))
    yield from sorted(_own_cost(cost) for cost in plan.own_costs)


def _entry(entry: Entry) -> str:
    own = " ".join(f"{option}={_number(value)}" for option, value in sorted(entry.own.items()))
    ends = "" if entry.low is None or entry.high is None else f"{_number(entry.low)} {_number(entry.high)}"
    return f"{_number(entry.base)} {ends} {entry.distribution} {own}"


def _own_cost(cost: OwnCost) -> str:
    amounts = f"{_number(cost.amount)} {_number(cost.growth)}"
    return f"{cost.option} {cost.category} {cost.nature} {cost.first_month} {cost.last_month} {amounts}"


def _number(value: float) -> str:
    """Write a figure with the digits that a workbook's file keeps."""
    return f"{value + 0.0:.12g}"

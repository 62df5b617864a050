"""The functions on break-even, sensitivity and retraining, together with those on simulation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from ftroi.analysis.break_even import BreakEven, BreakEvenQuery, break_even
from ftroi.analysis.cadence import NEVER, cadence
from ftroi.analysis.sensitivity import SHOWN, tornado_report
from ftroi.analysis.sweep import target_named
from ftroi.errors import Finding, PlanError
from ftroi.functions.question import Answer, Question, Table, Value
from ftroi.functions.simulated_answers import SIMULATED

TORNADO_COLUMNS = ("assumption", "label", "low", "high", "at_low", "at_high", "swing", "unit")


_WITHOUT = {
    "above": "none: it stays above its threshold from {low:g} to {high:g}",
    "below": "none: it stays below its threshold from {low:g} to {high:g}",
    "no_difference": "none: it makes no difference to the net present value",
    "no_number": "none: there is no net present value to speak of",
}


def ft_breakeven(question: Question) -> Value:
    """The value of an assumption at which the NPV over the reference is 0; a text if there is none, or several."""
    plan = question.plan
    found = break_even(
        plan, BreakEvenQuery(target_named(plan, question.words("assumption")), plan.template.role("gain"))
    )
    return found.crossings[0].value if found.status == "one" else _text_without_one_value(found)


def _text_without_one_value(found: BreakEven) -> str:
    if found.crossings:
        return "several: " + ", ".join(f"{one.value:.10g}" for one in found.crossings)
    low, high = found.searched
    return _WITHOUT[found.side].format(low=low, high=high)


def ft_tornado(question: Question) -> Table:
    """The assumptions that change the NPV most, with low and high and the NPV at each."""
    most = question.whole("n") if question.is_given("n") else SHOWN
    if most < 1:
        raise PlanError(Finding("n", f"{most} assumptions cannot be shown", "write a number from 1"))
    bars = tornado_report(question.plan, question.plan.template.role("gain"), most)["tornado"]
    return (TORNADO_COLUMNS, *(tuple(bar[column] for column in TORNADO_COLUMNS) for bar in bars))


def ft_cadence(question: Question) -> Value:
    """The retraining interval with the lowest cost of retraining and drift, in months, or "never"."""
    best = cadence(question.plan).best
    return NEVER if best.months is None else float(best.months)


RISK: Mapping[str, Callable[[Question], Answer]] = MappingProxyType({
    "FT_BREAKEVEN": ft_breakeven,
    **SIMULATED,
    "FT_TORNADO": ft_tornado,
    "FT_CADENCE": ft_cadence,
})  # fmt: skip
"""The implementations of the functions, by name."""

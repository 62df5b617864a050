"""The functions on risk: each entry leads from a question to its answer."""

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
    """The one value at which the NPV against the reference is 0; a text where there is none, or several."""
    plan = question.plan
    found = break_even(
        plan, BreakEvenQuery(target_named(plan, question.words("assumption")), plan.template.role("gain"))
    )
    return found.crossings[0].value if found.status == "one" else _not_one(found)


def _not_one(found: BreakEven) -> str:
    if found.crossings:
        return "several: " + ", ".join(f"{one.value:.10g}" for one in found.crossings)
    low, high = found.searched
    return _WITHOUT[found.side].format(low=low, high=high)


def ft_tornado(question: Question) -> Table:
    """The assumptions that move the NPV most, with their ends and the NPV at each."""
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
"""What answers each function on risk; a question has the plan, the results, and the arguments by their names."""

"""The functions on risk: each entry leads from a question to its answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from ftroi.errors import Finding, PlanError
from ftroi.functions.question import Answer, Question
from ftroi.functions.simulated_answers import SIMULATED


def _not_yet(question: Question) -> Answer:
    raise PlanError(Finding(question.plan.template.id, "not in this version", "install a newer version of ftroi"))


RISK: Mapping[str, Callable[[Question], Answer]] = MappingProxyType({
    "FT_BREAKEVEN": _not_yet,
    **SIMULATED,
    "FT_TORNADO": _not_yet,
    "FT_CADENCE": _not_yet,
})  # fmt: skip
"""What answers each function on risk; a question has the plan, the results, and the arguments by their names."""

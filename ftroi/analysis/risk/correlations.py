"""The correlations of a template's groups, pair by pair."""

from __future__ import annotations

from itertools import combinations

from ftroi.risk import Correlation, factor_of
from ftroi.termsheet import Template


def correlations_of(template: Template) -> tuple[Correlation, ...]:
    """The correlation of every two members of every group."""
    return tuple(
        Correlation(first, second, group.value)
        for group in template.correlations.values()
        for first, second in combinations(group.members, 2)
    )


def require_possible(template: Template) -> None:
    """Raise PlanError, naming a pair, if the groups contradict each other: their matrix is not positive definite."""
    factor_of(tuple(template.assumptions), correlations_of(template))

"""Evaluating the checks of checks.toml on the engine's results, independently of the cells of a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

import numpy as np

from ftroi.analysis.rule_cells import OptionTable, value_or_text
from ftroi.engine import Results
from ftroi.language import evaluate
from ftroi.language.rules import RuleCells, Value, value_of_rule
from ftroi.language.scalar_bodies import Figures
from ftroi.plan.plan import Plan
from ftroi.termsheet.check_rules import CheckPart


class _OptionCells(RuleCells):
    """The names that a check may mention of an option: lines by month, values, columns of the verdict's table."""

    def __init__(self, plan: Plan, results: Results, options: OptionTable, option: str) -> None:
        self._plan, self._results, self._options, self._option = plan, results, options, option
        self._known = options.cells(option)
        self._facts = options.columns.keys()

    def value(self, name: str, via: str) -> Figures:
        """A number or a text; for a line by month an array of its months."""
        if via == "TOTAL":
            return float(self._results.row(name, self._option).sum())
        if via == "PREV":
            row = self._results.row(name, self._option)
            return np.concatenate(([self._opening(name)], row[:-1]))
        return self._options.across(name, via) if via else self._plain(name)

    def _plain(self, name: str) -> Figures:
        template = self._plan.template
        if name in self._facts:
            return self._known.value(name, "")
        if name == "months":
            return float(self._results.months)
        if name in template.series:
            return self._results.row(name, self._option)
        words = template.how_gates_are_judged.words
        return words[name] if name in words else value_or_text(self._results, name, self._option)

    def _opening(self, name: str) -> float:
        tree = self._plan.template.lines[name].opening
        return 0.0 if tree is None else evaluate(tree, lambda one, _: self._results.number(one, self._option))


def cells_of(plan: Plan, results: Results, options: OptionTable) -> dict[str, RuleCells]:
    """The cells that the checks read, by option."""
    return {option: _OptionCells(plan, results, options, option) for option in plan.settings.options}


def differences(plan: Plan, cells: Mapping[str, RuleCells], part: CheckPart) -> dict[str, Value]:
    """The difference of a part by option: 0 if it holds, "" if there is nothing to compare.

    Differences are rounded to the template's decimal places, so that floating-point noise does not count.
    """
    rounding = plan.template.views.roles.rounding
    places = int(plan.entries[rounding].base) if rounding else None
    return {option: _difference(own, part, places) for option, own in cells.items()}


def _difference(cells: RuleCells, part: CheckPart, places: int | None) -> Value:
    if part.difference is None or (part.table.only_if and isinstance(cells.value(part.table.only_if, ""), str)):
        return ""
    found = float(value_of_rule(part.difference, cells))
    return (found if places is None else round(found, places)) + 0.0


def failures(plan: Plan, results: Results, options: OptionTable) -> list[str]:
    """The sentences of all checks that a plan fails, in the order of the sheet Checks."""
    checks, cells = plan.template.checks, cells_of(plan, results, options)
    parts = checks.parts.values() if checks else ()
    return [told for part in parts for told in _failure(plan, cells, part)]


def _failure(plan: Plan, cells: Mapping[str, RuleCells], part: CheckPart) -> Iterator[str]:
    if part.difference is None or part.table.edited:
        return
    found = {one: far for one, far in differences(plan, cells, part).items() if not isinstance(far, str)}
    worst = max(found, key=lambda one: found[one], default="")
    if worst and found[worst] > plan.zero_tolerance:
        yield reason_of(plan, cells, part, worst)


def reason_of(plan: Plan, cells: Mapping[str, RuleCells], part: CheckPart, option: str) -> str:
    """The sentence of a part that fails for an option."""
    if part.reason is not None:
        return part.reason.filled(cells[option], {}, plan.settings.currency)
    return default_reason(plan, part, plan.template.options[option].short)


def default_reason(
    plan: Plan, part: CheckPart, where: str, first_input: Mapping[str, Value] = MappingProxyType({})
) -> str:
    """The sentence of a part without a reason of its own, or of a ``look``.

    ``first_input`` holds the values that the reason mentions of the first invalid input.
    """
    checks = plan.template.checks
    if checks is None:
        return ""
    told = _ReasonCells(
        part=part.table.label, where=where, template_currency=plan.template.list_currency, **first_input
    )
    return (part.reason or checks.reason).filled(told, {}, plan.settings.currency)


class _ReasonCells(RuleCells):
    """The cells that a reason may mention of a part."""

    def __init__(self, **known: Value) -> None:
        self._known = known

    def value(self, name: str, via: str) -> Value:  # noqa: ARG002 - no option is asked for
        return self._known[name]

"""``ftroi breakeven``: the value of an assumption at which a measure crosses its threshold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path

from ftroi.analysis.break_even import BreakEven, BreakEvenQuery, Crossing, break_even, break_even_report, threshold_of
from ftroi.analysis.sweep import target_named
from ftroi.cli.calc import heading
from ftroi.cli.console import figure_words, print_json, say, unit_words, warn
from ftroi.cli.plan_source import Question, plan_asked
from ftroi.errors import Finding, PlanError
from ftroi.plan import Plan

_MOST_WORDS = 2
_NOTHING = 1e-12
"""Below it a value at which something jumps is told as 0: only that it is not 0 matters there."""
_WITHOUT = {
    "above": "None: it stays above {threshold} from {low} to {high}.",
    "below": "None: it stays below {threshold} from {low} to {high}.",
    "no_difference": "None: this assumption makes no difference to it.",
    "no_number": "None: it has no number from {low} to {high}.",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for, and from where to where.

    ``measure`` is None for the net one; ``threshold`` is a number, a measure's name, or None.
    """

    measure: str | None
    threshold: str | None
    low: float | None
    high: float | None


def words_of(words: Sequence[str]) -> tuple[str, Path | None]:
    """Split "NAME [WORKBOOK]", in either order; raises PlanError for anything else."""
    books = [word for word in words if word.lower().endswith((".xlsx", ".xlsm"))]
    names = [word for word in words if word not in books]
    if len(names) != 1 or len(words) > _MOST_WORDS:
        what = f"there are {len(names)} names and {len(books)} workbooks"
        raise PlanError(Finding("NAME [WORKBOOK]", what, "name one assumption and a workbook, or --preset"))
    return names[0], Path(books[0]) if books else None


def show_break_even(question: Question, name: str, wanted: Wanted, *, as_json: bool) -> None:
    """Find the break-even that was asked for and show it."""
    asked = plan_asked(question, one_option=True)
    target = target_named(asked.plan, name)
    measure = wanted.measure or asked.plan.template.role("gain")
    found = break_even(
        asked.plan, BreakEvenQuery(target, measure, _threshold(wanted.threshold), wanted.low, wanted.high)
    )
    if as_json:
        print_json(break_even_report(asked.plan, found) | {"warnings": list(asked.warnings)})
        return
    say(*heading(asked.plan, option=True), *_lines(asked.plan, found))
    warn(asked.warnings)


def _threshold(text: str | None) -> float | str | None:
    """A number or a percentage as a number; any other text is the name of a measure."""
    if text is None:
        return None
    try:
        number = float(text[:-1]) / 100 if text.endswith("%") else float(text)
    except ValueError:
        return text
    if not isfinite(number):
        raise PlanError(Finding("--threshold", f"{number:g} is no number to reach", "give another"))
    return number


def _lines(plan: Plan, found: BreakEven) -> Iterator[str]:
    target, measure = found.asked.target, plan.template.measures[found.asked.measure]
    label = plan.template.assumptions[target.name].table.label
    owner = f", of {plan.template.options[target.option].label}" if target.option else ""
    yield f"{label} ({target}){owner}: {_figure(plan, found, found.today)} today"
    threshold = _threshold_words(plan, found.asked)
    yield f"{measure.label} ({measure.name}) against {threshold}:"
    if not found.crossings:
        low, high = (_figure(plan, found, one) for one in found.searched)
        yield f"  {_WITHOUT[found.side].format(threshold=threshold, low=low, high=high)}"
        yield f"  Tried at {found.tried:,} values; two crossings between neighbours would not be seen"
    for one in found.crossings:
        yield f"  {_crossing(plan, found, one)}"
    if found.status == "one" and not 0 < abs(found.crossings[0].value) < _NOTHING:
        yield f"Put it back: --set {target}={found.crossings[0].value!r}"


def _crossing(plan: Plan, found: BreakEven, one: Crossing) -> str:
    figure = _figure(plan, found, one.value)
    if 0 < abs(one.value) < _NOTHING:
        figure = f"just {'above' if one.value > 0 else 'below'} 0"
    sides = "from below to above" if one.rises else "from above to below"
    if one.is_jump:
        return f"Jumps {sides} at {figure}, the first value on the other side"
    return f"Breaks even at {figure}, {sides} as the assumption grows"


def _figure(plan: Plan, found: BreakEven, value: float) -> str:
    unit = plan.template.assumptions[found.asked.target.name].table.unit
    return f"{figure_words(value, unit)} {unit_words(unit, plan.settings.currency)}".rstrip()


def _threshold_words(plan: Plan, asked: BreakEvenQuery) -> str:
    threshold = threshold_of(plan, asked)
    if threshold == "reference":
        return f"that of {plan.template.options[plan.settings.reference].label}"
    if isinstance(threshold, str):
        return f"{plan.template.measures[threshold].label} ({threshold})"
    return figure_words(threshold, plan.template.measures[asked.measure].unit, asked.measure)

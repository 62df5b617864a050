"""``ftroi cadence``: how often to retrain."""

from __future__ import annotations

from collections.abc import Iterator

from ftroi.analysis.cadence import NEVER, Cadence, Interval, cadence, cadence_report
from ftroi.cli.calc import heading
from ftroi.cli.console import console, figure_words, print_json, say, table, warn
from ftroi.cli.plan_source import Question, plan_asked

_BESIDE = 2
"""How many intervals are shown on each side of the best one."""


def show_cadence(question: Question, *, as_json: bool) -> None:
    """Find the cadence of the plan that was asked for and show it."""
    asked = plan_asked(question, one_option=True)
    found = cadence(asked.plan)
    if as_json:
        print_json(cadence_report(asked.plan, found) | {"warnings": list(asked.warnings)})
        return
    say(*heading(asked.plan, option=True))
    say(f"Retraining and drift together cost least: {_words(found.best)}. Today: {_words(found.today)}.")
    headers = ("Interval", "Retraining", "Lost to drift", "Together")
    out = console()
    title = f"At present value, in {asked.plan.settings.currency}"
    out.print(table(title, headers, _rows(found), headers[1:]))
    warn(asked.warnings)


def _words(interval: Interval) -> str:
    if interval.months is None:
        return f"{NEVER} retrained"
    return "every month" if interval.months == 1 else f"every {interval.months} months"


def _rows(found: Cadence) -> Iterator[tuple[str, ...]]:
    at = found.intervals.index(found.best)
    near = found.intervals[max(0, at - _BESIDE) : at + _BESIDE + 1]
    shown = dict.fromkeys((*near, found.today, found.intervals[-1]))
    for one in sorted(shown, key=lambda one: one.months or len(found.intervals) + 1):
        mark = " *" if one == found.best else ""
        figures = (figure_words(value, "money") for value in (one.retraining, one.drift, one.total))
        yield f"{_words(one)}{mark}", *figures

"""``ftroi compare``: all options beside each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import inf

from ftroi.analysis import give_verdict, judge_plan
from ftroi.analysis.report import Report, compare_report
from ftroi.cli.calc import heading, verdict_lines
from ftroi.cli.console import figure_words, print_json, print_table, say, warn
from ftroi.cli.output import Output
from ftroi.cli.plan_source import Question, plan_asked
from ftroi.plan import Plan, calculate


def show_comparison(question: Question, output: Output | None = None, *, as_json: bool) -> None:
    """Compute the plan that was asked for and show all its options."""
    asked = plan_asked(question, one_option=False)
    results = calculate(asked.plan)
    report = compare_report(asked.plan, results)
    report["warnings"] = [*asked.warnings, *report["warnings"]]
    if output:
        from ftroi.frames import compare_frame

        output.write(compare_frame(asked.plan, results), "Options")
    if as_json:
        print_json(report)
        return
    say(*verdict_lines(give_verdict(asked.plan, results, judge_plan(asked.plan, results))), "")
    say(*heading(asked.plan, option=False))
    _show_table(asked.plan, report)
    warn(report["warnings"])


def _show_table(plan: Plan, report: Report) -> None:
    """Show the options, the best one first; a figure that does not exist comes last."""
    shown = {one.measure: one.short for one in plan.template.views.shown_in("compare")}
    gain, found = plan.template.role("gain"), report["options"]
    ranked = sorted(plan.settings.options, key=lambda option: -_number(found[option][gain]))
    columns = [[_name(option, plan) for option in ranked], *(_column(name, plan, found, ranked) for name in shown)]
    print_table("", ("Option", *shown.values()), zip(*columns, strict=True), list(shown.values()))
    say("* the proposed option; returns are against the baseline. A dash: see 'ftroi calc --option ID'.")


def _number(value: float | None) -> float:
    return -inf if value is None else value


def _column(name: str, plan: Plan, found: Mapping[str, Mapping[str, float | None]], ranked: Sequence[str]) -> list[str]:
    unit = plan.template.measures[name].unit
    return [figure_words(found[option][name], unit, name) for option in ranked]


def _name(option: str, plan: Plan) -> str:
    mark = " *" if option == plan.settings.candidate else ""
    return f"{plan.template.options[option].short}{mark}"

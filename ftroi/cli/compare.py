"""``ftroi compare``: all options beside each other."""

from __future__ import annotations

from ftroi.analysis.report import Report, compare_report
from ftroi.cli.calc import heading
from ftroi.cli.console import console, figure_words, print_json, say, table, warn
from ftroi.cli.output import Output
from ftroi.cli.plan_source import Question, plan_asked
from ftroi.plan import Plan, calculate

_GAP = 3
_NAME = 18


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
    say(*heading(asked.plan, option=False))
    _show_table(asked.plan, report)
    warn(report["warnings"])


def _show_table(plan: Plan, report: Report) -> None:
    out = console()
    shown = {one.measure: one.short for one in plan.template.views.shown_in("compare")}
    columns = {name: [short, *_column(name, plan, report)] for name, short in shown.items()}
    fitting = _fitting(columns, out.width)
    headers = ("Option", *(shown[name] for name in fitting))
    names = [_name(option, plan) for option in plan.settings.options]
    rows = zip(names, *(columns[name][1:] for name in fitting), strict=True)
    out.print(table("", headers, rows, headers[1:], firm=headers[:1]))
    left_out = [shown[name] for name in columns if name not in fitting]
    if left_out:
        say(f"Columns hidden (window too narrow): {', '.join(left_out)}. Widen the terminal, or use --json.")
    say("* the proposed option; returns are against the baseline. A dash: see 'ftroi calc --option ID'.")


def _column(name: str, plan: Plan, report: Report) -> list[str]:
    unit = plan.template.measures[name].unit
    return [figure_words(measures[name], unit, name) for measures in report["options"].values()]


def _fitting(columns: dict[str, list[str]], width: int) -> list[str]:
    """Choose as many columns, each its header and cells, as the terminal has room for, in order; always one."""
    room = width - _NAME
    fitting: list[str] = []
    for name, cells in columns.items():
        room -= max(len(cell) for cell in cells) + _GAP
        if room < 0 and fitting:
            break
        fitting.append(name)
    return fitting


def _name(option: str, plan: Plan) -> str:
    mark = " *" if option == plan.settings.candidate else ""
    return f"{plan.template.options[option].short}{mark}"

"""``ftroi compare``: all options beside each other."""

from __future__ import annotations

from ftroi.analysis.report import Report, compare_report
from ftroi.cli.calc import heading
from ftroi.cli.console import console, figure_words, print_json, say, table, warn
from ftroi.cli.output import Output
from ftroi.cli.plan_source import Question, plan_asked
from ftroi.plan import Plan, calculate

_COLUMNS = {
    "tco": "Lifetime cost",
    "npv": "NPV",
    "hidden_share": "Hidden",
    "payback_months": "Payback, mths",
    "roi": "ROI",
    "unit_cost": "Per 1,000 valid",
    "expected_npv": "Expected NPV",
}
"""The measures that are shown, the most telling first: those that do not fit are left out from the end."""

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
    columns = {name: _column(name, plan, report) for name in _COLUMNS if name in plan.template.measures}
    fitting = _fitting(columns, out.width)
    headers = ("Option", *(_COLUMNS[name] for name in fitting))
    names = [_name(option, plan) for option in plan.settings.options]
    rows = zip(names, *(columns[name] for name in fitting), strict=True)
    out.print(table("", headers, rows, headers[1:], firm=headers[:1]))
    left_out = [_COLUMNS[name] for name in columns if name not in fitting]
    if left_out:
        say(f"Left out for want of room: {', '.join(left_out)}. Widen the terminal, or use --json.")
    say("* the candidate; NPV, ROI and payback are against the reference. A dash: see 'ftroi calc --option ID'.")


def _column(name: str, plan: Plan, report: Report) -> list[str]:
    unit = plan.template.measures[name].unit
    return [figure_words(measures[name], unit, name) for measures in report["options"].values()]


def _fitting(columns: dict[str, list[str]], width: int) -> list[str]:
    """Choose as many columns, in order, as the terminal has room for; always one."""
    room = width - _NAME
    fitting: list[str] = []
    for name, cells in columns.items():
        room -= max(len(cell) for cell in (*cells, _COLUMNS[name])) + _GAP
        if room < 0 and fitting:
            break
        fitting.append(name)
    return fitting


def _name(option: str, plan: Plan) -> str:
    mark = " *" if option == plan.settings.candidate else ""
    return f"{plan.template.options[option].short}{mark}"

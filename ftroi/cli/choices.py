"""``ftroi choices``: waiting, stopping and switching compared with going on."""

from __future__ import annotations

from collections.abc import Iterator

from ftroi.analysis.alternatives import Choices, Rights, choices, choices_report, label_of, rights
from ftroi.analysis.risk.simulation import Setup
from ftroi.cli.calc import heading
from ftroi.cli.console import console, figure_words, print_json, say, table, warn
from ftroi.cli.plan_source import Question, plan_asked
from ftroi.plan import Plan


def show_choices(question: Question, deferral: int, setup: Setup, *, as_json: bool) -> None:
    """Compare the choices of the plan that was asked for and show them."""
    asked = plan_asked(question, one_option=True)
    found, worth = choices(asked.plan, deferral), rights(asked.plan, setup, deferral)
    warnings = [*asked.warnings, *_late(asked.plan, found)]
    if as_json:
        print_json(choices_report(asked.plan, found, worth) | {"warnings": warnings})
        return
    say(*heading(asked.plan, option=True))
    headers = ("Choice", "NPV", "Against going on")
    console().print(table("Net present value against the baseline", headers, _rows(found), headers[1:]))
    say(*_gate_lines(asked.plan, found), *_rights_lines(found, worth))
    warn(warnings)


def _rows(found: Choices) -> Iterator[tuple[str, ...]]:
    for name, npv in found.npv.items():
        difference = "" if name == "go_on" else _money(npv - found.npv["go_on"])
        yield label_of(name, found), _money(npv), difference


def _gate_lines(plan: Plan, found: Choices) -> Iterator[str]:
    yield f"At the review, after month {found.review}, later flows above the status quo are worth:"
    for name, value in found.at_review.items():
        yield f"  {plan.template.measures[name].label}: {_money(value)}"


def _rights_lines(found: Choices, worth: Rights) -> Iterator[str]:
    yield f"Over {worth.draws:,} draws, as if the outcome were known by then:"
    yield f"  Mean NPV of going on: {_money(worth.mean)}"
    yield f"  The right to stop is worth up to {_money(worth.stop)}: better in {worth.stop_share:.1%} of the draws"
    wait = f"{_money(worth.wait)}: the project then pays in {worth.wait_share:.1%} of the draws"
    yield f"  The right to wait {found.deferral} months is worth up to {wait}"


def _late(plan: Plan, found: Choices) -> Iterator[str]:
    until = plan.last_start(plan.settings.option)
    if found.late and until is not None:
        yield f"{plan.settings.option} cannot be started after {until.isoformat()}: it cannot wait so long"


def _money(value: float) -> str:
    return figure_words(value, "money")

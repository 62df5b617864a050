"""``ftroi approve``: freeze a plan as approved, so that bills are measured against it and later edits are seen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ftroi.actuals.keep import frozen, refrozen
from ftroi.actuals.rules import rules_of
from ftroi.analysis import give_verdict, judge_plan
from ftroi.analysis.approval import void_approval
from ftroi.analysis.gates import NOT_DECIDABLE
from ftroi.cli.console import print_json, say, warn
from ftroi.cli.plan_source import Question, plan_asked
from ftroi.cli.writing import examined_for_writing, write_revision
from ftroi.dates import local_day
from ftroi.errors import Finding, PlanError
from ftroi.plan import LogEntry, Plan, calculate
from ftroi.plan.check import LONGEST_TEXT
from ftroi.termsheet.simulated_names import measure_names_in_sentences
from ftroi.workbook.regeneration.regenerate import Revision


def show_approval(path: Path, by: str, option: str | None, *, accept: bool, as_json: bool) -> None:
    """Freeze the plan of a workbook and say what was approved."""
    name = " ".join(by.split())
    if not name or len(name) > LONGEST_TEXT:
        raise PlanError(Finding("--by", "is no name", 'say who approves, such as --by "A. Smith"'))
    found = examined_for_writing(path, accept=accept)
    asked = plan_asked(Question(path, None, None, (), option, "base"), one_option=True)
    today = local_day()
    chosen = option or asked.plan.settings.candidate
    baseline = frozen(asked.plan, chosen, name, today)
    cost = sum(sum(row) for row in baseline.months.values())
    rules = rules_of(asked.plan.template)

    def approved(old: Plan) -> Plan:
        return replace(old, actuals=refrozen(old.actuals, baseline, rules))

    currency = asked.plan.settings.currency
    amount = f"{next(iter(measure_names_in_sentences(asked.plan.template).values()))} {currency} {cost:,.0f}"
    what = f"Approved: {chosen}, {amount}, inputs {baseline.digest}"
    told = write_revision(found, Revision(approved, (LogEntry(today, what, by=name),)), today)
    results = calculate(asked.plan)
    gates = judge_plan(asked.plan, results)
    verdict = give_verdict(asked.plan, results, gates).sentence
    if as_json:
        print_json({
            **told, "option": chosen, "by": name, "day": today.isoformat(), "inputs": baseline.digest, "cost": cost,
            "verdict": verdict,
            "warnings": list(asked.warnings),
        })  # fmt: skip
        return
    label = asked.plan.template.options[chosen].label
    say(
        f"Approved by {name}: {label}, {amount}, inputs {baseline.digest}.",
        f"The verdict of this plan: {verdict}",
        "The sheets Actuals and Log say so; a later change of the inputs makes the approval void, and is shown there.",
    )
    warn(one for one in asked.warnings if one != void_approval(asked.plan))
    if waiting := [one.table.brief for one in gates if one.status == NOT_DECIDABLE and one.table.is_brought]:
        say(f"Approving a plan is no evidence for a gate: type it, with dates, on Gates for {'; '.join(waiting)}.")

"""``ftroi explain``: how one figure comes about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from ftroi.analysis.explain import Explanation, explain
from ftroi.analysis.history import History, history_of
from ftroi.cli.console import figure_words, print_json, say, unit_words, warn
from ftroi.cli.plan_source import Question, default_preset, plan_asked
from ftroi.errors import Finding, PlanError
from ftroi.plan import Plan, calculate
from ftroi.termsheet.catalogue import find_template
from ftroi.termsheet.load import DEFAULT_TEMPLATE

_MOST_WORDS = 2


def line_asked(words: Sequence[str]) -> tuple[Path | None, str]:
    """Split "[WORKBOOK] LINE"; raises PlanError for anything else."""
    if len(words) > _MOST_WORDS:
        what = f"there are {len(words)} names"
        raise PlanError(Finding("[WORKBOOK] LINE", what, "name a workbook and one line, or one line with --preset"))
    if len(words) == 1 and (Path(words[0]).suffix in (".xlsx", ".xlsm") or Path(words[0]).is_file()):
        what = "there is a workbook and no line"
        raise PlanError(Finding("[WORKBOOK] LINE", what, f"name one, such as 'ftroi explain {words[0]} tco'"))
    return (Path(words[0]) if len(words) == _MOST_WORDS else None), words[-1]


def show_explanation(question: Question, line: str, month: int | None, *, as_json: bool) -> None:
    """Compute the plan that was asked for and explain one of its figures; by default that of a preset."""
    if question.workbook is None and question.preset is None:
        question = replace(question, preset=default_preset(find_template(question.template or DEFAULT_TEMPLATE)))
        warn([f"figures of the preset {question.preset}; name a workbook for your own"])
    asked = plan_asked(question, one_option=True)
    told = explain(asked.plan, calculate(asked.plan), line, month)
    history = history_of(asked.plan, line)
    if as_json:
        print_json(asdict(told) | {"history": _report(history)})
        return
    say(*_lines(told, asked.plan), *_ingredients(told, asked.plan), *_behind(history))
    warn(asked.warnings)
    if month is not None and told.month is None:
        warn([f"{told.name} is one figure for the whole life: --month makes no difference"])


def _lines(told: Explanation, plan: Plan) -> Iterator[str]:
    currency = plan.settings.currency
    yield f"{told.label} ({told.name}, {told.kind})"
    when = "" if told.month is None else f"; month {told.month} of {plan.horizon}"
    yield f"{plan.template.options[told.option].label}; {told.case} case{when}"
    if told.value is None:
        yield f"There is no number: {told.text}"
        yield f"  because   {told.formula}"
        yield f"  that is   {told.numbers}"
    else:
        yield f"  formula   {told.formula}"
        yield f"  numbers   {told.numbers}"
        remark = f" ({told.text})" if told.text else ""
        figure = figure_words(told.value, told.unit, "" if told.kind == "assumption" else told.name)
        yield f"  result    {figure} {unit_words(told.unit, currency)}{remark}".rstrip()
    if told.total is not None:
        yield f"  in all    {figure_words(told.total, 'money')} {currency} over {plan.horizon} months"
    if told.note:
        yield told.note


def _ingredients(told: Explanation, plan: Plan) -> Iterator[str]:
    """What went into the formula: each name with its value, what it is, and where it comes from."""
    for one in told.ingredients:
        name = f"{one.via}({one.name})" if one.via else one.name
        figure = figure_words(one.value, one.unit, one.name if one.name in plan.template.lines else "")
        yield f"  {name} = {figure} {unit_words(one.unit, plan.settings.currency)}".rstrip()
        if one.label != one.name:
            yield f"      {one.label}"
        if one.basis:
            yield f"      {one.basis}"


def _report(history: History) -> dict[str, Any]:
    """The same for JSON, days as texts."""
    approval = history.approval
    return {
        "template": history.template, "inputs": history.digest,
        "approval": asdict(approval) | {"day": str(approval.day)} if approval else None,
        "billed": [asdict(one) | {"month": f"{one.month:%Y-%m}"} for one in history.billed],
        "log": [asdict(one) | {"day": str(one.day or "")} for one in history.log],
    }  # fmt: skip


def _behind(history: History) -> Iterator[str]:
    """The bills, the approval and the entries of the Log behind a figure, and the template that it is made with."""
    for one in history.billed:
        is_one = one.first_line == one.last_line
        lines = f"line {one.first_line}" if is_one else f"lines {one.first_line} to {one.last_line}"
        rule = f"rule {one.rule}" if one.rule else "no rule"
        amount = f"{one.month:%Y-%m} {one.amount:,.2f} {one.category}"
        yield f"  billed    {amount}: {one.file}, {lines}, {rule}"
    if history.approval is not None:
        by, day = history.approval.by, history.approval.day
        state = "as they are" if history.approval.holds else "changed since"
        yield f"  plan      {f'approved by {by}' if by else 'frozen at the first import'} on {day}; inputs {state}"
    for entry in history.log:
        changed = f": {entry.was} to {entry.now}" if entry.now != "" else ""
        yield f"  log       {entry.day} {entry.what}{changed} ({entry.by})"
    if history.billed or history.log:
        yield f"  template  {history.template}"

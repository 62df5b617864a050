"""``ftroi check``: what is wrong with a workbook or a template."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from ftroi.cli.console import print_json, say, warn
from ftroi.errors import EvaluationError, Finding, FtroiError, PlanError, WorkbookError
from ftroi.termsheet.catalogue import built_in, find_template, registered, template_of_id
from ftroi.termsheet.load import DEFAULT_TEMPLATE

if TYPE_CHECKING:
    from ftroi.engine import Results
    from ftroi.plan import Plan
    from ftroi.termsheet.own_formulas import OwnFormula
    from ftroi.workbook.reading.file import Reading
    from ftroi.workbook.regeneration.kept_formulas import ReadBack

WANTING = 1
"""The exit code when there are findings."""


def show_check(target: Path | None, *, as_json: bool) -> int:
    """Check a workbook or a template, show what was found, and give the exit code.

    Raises WorkbookError where the file is no workbook that can be opened, and TemplateError where
    its template is not registered: nothing could be checked then.
    """
    name = str(target) if target else DEFAULT_TEMPLATE
    is_template = target is None or target.is_dir() or (not target.exists() and name in {**built_in(), **registered()})
    remarks: list[str] = []
    found = _check_template(name) if is_template else _check_workbook(Path(name), remarks)
    if as_json:
        print_json({"checked": name, "findings": [asdict(finding) for finding in found]})
    else:
        say(*_words(name, found))
    warn(remarks)
    return WANTING if found else 0


def _words(name: str, found: Sequence[Finding]) -> list[str]:
    if not found:
        return [f"{name}: no problems found"]
    return [*(str(finding) for finding in found), f"{name}: {len(found)} finding{'s' * (len(found) > 1)}"]


def _check_template(name: str) -> Sequence[Finding]:
    """Find what stops a template; where nothing does, what should not ship."""
    from ftroi.actuals.rules import rules_of, wrong_names
    from ftroi.actuals.tracking import tracking_of
    from ftroi.analysis.risk.correlations import require_possible
    from ftroi.prices.listed import listed_prices
    from ftroi.termsheet.checks.review import review
    from ftroi.workbook.complete import missing_for_workbook

    try:
        template = find_template(name)
        require_possible(template)
        tracking_of(template)
        listed_prices(template)
        wrong = wrong_names(rules_of(template), template, template.options)
        return [*review(template), *missing_for_workbook(template), *wrong]
    except FtroiError as error:
        return error.findings


def _check_workbook(path: Path, remarks: list[str]) -> Sequence[Finding]:
    """Find what is wrong with a workbook's inputs; where nothing is, compute it and look for edited formulas.

    What may well be meant goes to ``remarks``.
    """
    from ftroi.analysis.approval import void_approval
    from ftroi.plan import calculate
    from ftroi.plan.presets import left_as_it_came
    from ftroi.workbook.reading.file import read_workbook
    from ftroi.workbook.regeneration.comparison import find_edits
    from ftroi.workbook.regeneration.saved_figures import bills_otherwise, saved_otherwise
    from ftroi.workbook.xlsx.safe_files import require_workbook

    require_workbook(path)
    try:
        reading = read_workbook(path, template_of_id)
        back, remark = find_edits(path, reading)
        results = calculate(back.plan)
    except (WorkbookError, PlanError, EvaluationError) as error:
        return error.findings
    remarks += (one for one in (*left_as_it_came(back.plan), void_approval(back.plan)) if one)
    found = [*reading.warnings, *saved_otherwise(path, reading, results), *bills_otherwise(path, back.plan)]
    if remark:
        found.append(Finding(str(path), remark, "'ftroi regenerate' brings it to the present template"))
    found += _edited(reading, back)
    return found or list(_without_verdict(path, back.plan, results))


def _without_verdict(path: Path, plan: Plan, results: Results) -> Iterator[Finding]:
    """Find why there is no verdict, where no input and no formula tells it: as the checks or the saved sheets say."""
    from ftroi.analysis.checks import failures
    from ftroi.analysis.rule_cells import OptionTable
    from ftroi.workbook.schema import VERDICT, VERDICT_CODE
    from ftroi.workbook.xlsx.package_parts import open_parts

    cure = "there is no verdict until this is corrected"
    told = failures(plan, results, OptionTable(plan, results)) if plan.template.checks else []
    yield from (Finding(str(path), reason, cure) for reason in told)
    with open_parts(path) as parts:
        areas = [parts.area_named(name) for name in (VERDICT_CODE, VERDICT)]
        code, sentence = (str(next(iter(parts.cells(area)))[0].value) if area else "" for area in areas)
    if code == "no_verdict" and not told:
        yield Finding(str(path), sentence, cure)


def _edited(reading: Reading, back: ReadBack) -> Iterator[Finding]:
    """Findings: formulas that a person edited, and what was typed where the next regeneration keeps nothing."""
    from ftroi.workbook.regeneration.edited_plan import KEPT, unread_finding
    from ftroi.workbook.regeneration.edits import PUT_IN

    for one in back.kept:
        place = f"{one.edit.was or 'nothing'} stands in place of {one.edit.now}" if one.edit.now else one.edit.was
        what = f"edited: {place}, and is computed as yours"
        yield Finding(f"{one.edit.sheet}!{one.edit.cells}", f"{what}{_effect(reading, back, one.formula)}", KEPT)
    yield from map(unread_finding, back.unread)
    for edit in back.others:
        where = f"{edit.sheet}!{edit.cells}"
        if edit.was == PUT_IN:
            yield Finding(where, "edited: a row was put in", "'ftroi regenerate' leaves it out and notes it in the Log")
        elif edit.now:
            what = f"edited: {edit.was or 'nothing'} stands in place of {edit.now}"
            yield Finding(where, what, "'ftroi regenerate' puts the formula back and notes yours in the Log")
        else:
            what = f"edited: {edit.was} was typed beside the model"
            yield Finding(where, what, "'ftroi regenerate' notes it in the Log; a sheet of your own is kept")


def _effect(reading: Reading, back: ReadBack, own: OwnFormula) -> str:
    """What an own formula does to the main figures of its option, with all others in place."""
    from ftroi.workbook.regeneration.kept_formulas import changed_figures

    key = (own.option, own.line)
    former = [formula for formula in reading.plan.own_formulas if (formula.option, formula.line) == key]
    others = tuple(formula for formula in back.plan.own_formulas if (formula.option, formula.line) != key)
    without = back.plan.with_formulas((*others, *former))
    told = [
        f"{label} {before:,.2f} before, {after:,.2f} now"
        for label, before, after in changed_figures(without, back.plan, own.option)
        if before is not None and after is not None
    ]
    return f" ({'; '.join(told)})" if told else ""

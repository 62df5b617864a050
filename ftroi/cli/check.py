"""``ftroi check``: what is wrong with a workbook or a template."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from ftroi.cli.console import print_json, say
from ftroi.cli.plan_source import DEFAULT_TEMPLATE
from ftroi.errors import EvaluationError, Finding, FtroiError, PlanError, WorkbookError
from ftroi.plan import Plan
from ftroi.termsheet.catalogue import built_in, find_template, registered, template_of_id

WANTING = 1
"""The exit code when there are findings."""


def show_check(target: Path | None, *, as_json: bool) -> int:
    """Check a workbook or a template, show what was found, and give the exit code.

    Raises WorkbookError where the file is no workbook that can be opened, and TemplateError where
    its template is not registered: nothing could be checked then.
    """
    name = str(target) if target else DEFAULT_TEMPLATE
    is_template = target is None or target.is_dir() or (not target.exists() and name in {**built_in(), **registered()})
    found = _check_template(name) if is_template else _check_workbook(Path(name))
    if as_json:
        print_json({"checked": name, "findings": [asdict(finding) for finding in found]})
    else:
        say(*_words(name, found))
    return WANTING if found else 0


def _words(name: str, found: Sequence[Finding]) -> list[str]:
    if not found:
        return [f"{name}: nothing found"]
    return [*(str(finding) for finding in found), f"{name}: {len(found)} finding{'s' * (len(found) > 1)}"]


def _check_template(name: str) -> Sequence[Finding]:
    """Find what stops a template; where nothing does, what should not ship."""
    from ftroi.analysis.risk.correlations import require_possible
    from ftroi.termsheet.checks.review import review

    try:
        template = find_template(name)
        require_possible(template)
        return review(template)
    except FtroiError as error:
        return error.findings


def _check_workbook(path: Path) -> Sequence[Finding]:
    """Find what is wrong with a workbook's inputs; where nothing is, compute it and look for edited formulas."""
    from ftroi.plan import calculate
    from ftroi.workbook.reading.file import read_workbook
    from ftroi.workbook.xlsx.safe_files import require_workbook

    require_workbook(path)
    try:
        reading = read_workbook(path, template_of_id)
        calculate(reading.plan)
    except (WorkbookError, PlanError, EvaluationError) as error:
        return error.findings
    return [*reading.warnings, *_edited(path, reading.plan)]


def _edited(path: Path, plan: Plan) -> Iterator[Finding]:
    """Find formulas that a person edited, and what was typed where the next regeneration keeps nothing."""
    from ftroi.workbook.regeneration.regenerate import find_edits

    for edit in find_edits(path, plan)[0]:
        where = f"{edit.sheet}!{edit.cells}"
        if edit.now:
            what = f"edited: {edit.was or 'nothing'} stands in place of {edit.now}"
            yield Finding(where, what, "'ftroi regenerate' puts the formula back and notes yours in the Log")
        else:
            what = f"edited: {edit.was} was typed beside the model"
            yield Finding(where, what, "'ftroi regenerate' notes it in the Log; a sheet of your own is kept")

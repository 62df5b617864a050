"""The plan that a command works on: from a workbook or a preset, with the requested changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ftroi.errors import Finding, PlanError
from ftroi.plan import Plan, apply_changes, check_plan, plan_from_preset
from ftroi.plan.option_names import option_named
from ftroi.termsheet import Template
from ftroi.termsheet.catalogue import find_template, template_of_id
from ftroi.termsheet.load import DEFAULT_PRESET, DEFAULT_TEMPLATE


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked on the command line; None is what was left out."""

    workbook: Path | None
    preset: str | None
    template: str | None
    changes: tuple[str, ...]
    option: str | None
    case: str | None


@dataclass(frozen=True, slots=True)
class Asked:
    """The plan, and warnings of the workbook that it came from."""

    plan: Plan
    warnings: tuple[str, ...] = ()


def plan_asked(question: Question, *, one_option: bool) -> Asked:
    """The plan of a question, changed as asked and sound.

    ``one_option`` says that the answer is about one option alone: changing a base is then refused
    where that option has a value of its own. Raises PlanError, WorkbookError or TemplateError.
    """
    asked = _source(question)
    plan = asked.plan
    option = question.option and option_named(plan.template, plan.settings.options, question.option)
    chosen = {"option": option, "case": question.case}
    plan = plan.with_settings(**{key: value for key, value in chosen.items() if value is not None})
    plan = changed(plan, question.changes, plan.settings.option if one_option else None)
    return Asked(_directed(plan) if question.workbook is None else plan, asked.warnings)


def _directed(plan: Plan) -> Plan:
    """A plan that no workbook holds, with the good ends of its ranges found by their effect."""
    from ftroi.analysis.case_directions import with_directions

    return with_directions(plan)


def default_preset(template: Template) -> str:
    """The preset that stands for a template where none is named."""
    return DEFAULT_PRESET if DEFAULT_PRESET in template.presets else next(iter(template.presets), DEFAULT_PRESET)


def _source(question: Question) -> Asked:
    if question.workbook is None and question.preset is None:
        cure = f"name a workbook, or a preset such as --preset {DEFAULT_PRESET}"
        raise PlanError(Finding("WORKBOOK", "there is nothing to compute", cure))
    if question.workbook is None:
        return Asked(plan_from_preset(find_template(question.template or DEFAULT_TEMPLATE), question.preset or ""))
    if question.preset is not None or question.template is not None:
        option = "--preset" if question.preset is not None else "--template"
        raise PlanError(Finding(option, "a workbook brings its own plan and template", "leave one of the two out"))
    from ftroi.analysis.approval import void_approval
    from ftroi.workbook.reading.file import read_workbook
    from ftroi.workbook.regeneration.edited_plan import as_sheets_compute
    from ftroi.workbook.xlsx.safe_files import lock_of

    reading = as_sheets_compute(question.workbook, read_workbook(question.workbook, template_of_id))
    warnings = [str(warning) for warning in reading.warnings]
    if lock_of(question.workbook):
        warnings.append(f"{question.workbook} is open elsewhere: it was read as last saved")
    if told := void_approval(reading.plan):
        warnings.append(told)
    return Asked(reading.plan, tuple(warnings))


def changed(plan: Plan, changes: Iterable[str], option: str | None) -> Plan:
    """A sound plan with every "name=value"; raises PlanError with all findings together."""
    findings: list[Finding] = []
    for change in changes:
        try:
            plan = apply_changes(plan, [change], option)
        except PlanError as error:
            findings.extend(error.findings)
    findings.extend(check_plan(plan))
    if findings:
        raise PlanError(*findings)
    return plan

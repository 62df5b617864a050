"""``ftroi report``: the board paper of a plan, as PDF, HTML or Word document."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace as replaced
from pathlib import Path

from ftroi.analysis.difference import Difference, compare_plans
from ftroi.analysis.risk.freshness import state_of
from ftroi.cli.console import say, warn
from ftroi.cli.plan_source import Question, plan_asked
from ftroi.dates import local_day
from ftroi.errors import Finding, PlanError
from ftroi.plan import Plan, calculate
from ftroi.plan.simulated import FRESH
from ftroi.report.content import paper_of
from ftroi.report.html import html_of
from ftroi.report.paper import Paper
from ftroi.report.pdf import LOOK, write_pdf
from ftroi.resources import templates_folder
from ftroi.termsheet.load import DEFAULT_TEMPLATE
from ftroi.workbook.xlsx.look import dressed, stored_look
from ftroi.workbook.xlsx.safe_files import put_in_place

KINDS = ("pdf", "html", "docx")
"""What a paper may be written as."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where the paper goes and as what; None is what was left out."""

    output: Path | None
    kind: str | None


def write_report(question: Question, target: Target, since: Path | None, *, replace: bool) -> None:
    """Write the paper of the plan that was asked for, with what changed ``since`` an earlier one, and say where.

    Raises PlanError, WorkbookError, TemplateError or HostError, and leaves an existing file as it was.
    """
    kind = _kind(target)
    asked = plan_asked(question, one_option=True)
    path = target.output or _beside(question, kind)
    plan = _dressed(asked.plan, question.workbook)
    today = local_day()
    paper = paper_of(plan, calculate(plan), asked.warnings, today, _changes(plan, question, since))
    look = _look(plan.template.folder)
    backup = put_in_place(
        path, lambda fresh: _write(paper, kind, fresh, look), today, replace=replace, ending=f".{kind}"
    )
    say(f"Written: {path}")
    if backup:
        say(f"What was there before: {backup}")
    if question.workbook and state_of(plan) != FRESH:
        warn([f"odds and ranges are missing: run 'ftroi simulate {question.workbook} --write', then this again"])


def _changes(plan: Plan, question: Question, since: Path | None) -> tuple[str, Difference] | None:
    if since is None:
        return None
    before = plan_asked(Question(since, None, None, (), question.option, question.case), one_option=True).plan
    option = plan.settings.option if question.option else None
    return since.name, compare_plans(before, plan, option)


def _dressed(plan: Plan, workbook: Path | None) -> Plan:
    """The plan in the look that its workbook was given, else in its template's."""
    own = stored_look(workbook) if workbook else None
    template = dressed(replaced(plan.template, look=own) if own else plan.template)
    warn(str(one) for one in (template.look.findings if template.look else ()))
    return replaced(plan, template=template)


def _kind(target: Target) -> str:
    """The kind asked for, or that of the file's name; else PDF."""
    by_name = target.output.suffix.lower().removeprefix(".") if target.output else ""
    kind = target.kind or by_name or "pdf"
    if kind not in KINDS:
        where = "--format" if target.kind else "--output"
        raise PlanError(Finding(where, f"'{kind}' is not a supported format", f"choose from {', '.join(KINDS)}"))
    return kind


def _beside(question: Question, kind: str) -> Path:
    return (question.workbook or Path(question.preset or "plan")).with_suffix(f".{kind}")


def _look(folder: Path) -> Path:
    """The file that says how the paper looks: the template's own, or the shipped one."""
    own = folder / LOOK
    return own if own.is_file() else templates_folder() / DEFAULT_TEMPLATE / LOOK


def _write(paper: Paper, kind: str, path: Path, look: Path) -> None:
    if kind == "pdf":
        write_pdf(paper, path, look)
    elif kind == "docx":
        from ftroi.report.docx import write_docx

        write_docx(paper, path)
    else:
        path.write_bytes(html_of(paper))

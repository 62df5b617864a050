"""The check that a template has everything that the sheets of a workbook show."""

from __future__ import annotations

from collections.abc import Iterator

from ftroi.errors import Finding, TemplateError
from ftroi.plan import plan_from_preset
from ftroi.termsheet import Template
from ftroi.workbook.write import filled_book
from ftroi.workbook.xlsx.file import File


def missing_for_workbook(template: Template) -> Iterator[Finding]:
    """Find a name that a sheet shows and the template lacks: a workbook of its first preset is tried, and not kept."""
    if not template.presets:
        return
    plan = plan_from_preset(template, next(iter(template.presets)))
    try:
        filled_book(plan, File(), None, plan.settings.options[:1])
    except KeyError as error:
        what = f"a workbook shows '{error.args[0]}', which the template does not have"
        cure = "add it; start from a copy of the template that comes with ftroi"
        yield Finding(f"template '{template.id}'", what, cure)


def require_complete(template: Template) -> None:
    """Raises TemplateError for a template without which no workbook can be made, and what the trial itself raises."""
    findings = list(missing_for_workbook(template))
    if findings:
        raise TemplateError(*findings)

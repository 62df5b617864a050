"""``ftroi new``: a workbook from a ready-made plan."""

from __future__ import annotations

import dataclasses
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ftroi.analysis.case_directions import with_directions
from ftroi.cli.console import say, unit_words, warn
from ftroi.cli.plan_source import changed, default_preset
from ftroi.dates import local_day
from ftroi.errors import Finding, PlanError, TemplateError
from ftroi.plan import Plan, plan_from_preset
from ftroi.plan.currency import in_currency
from ftroi.plan.presets import left_as_it_came
from ftroi.termsheet import Template
from ftroi.termsheet.catalogue import ADD_COMMAND, built_in, find_template, registered
from ftroi.termsheet.load import DEFAULT_TEMPLATE
from ftroi.workbook.xlsx.add_in_calls import EXCEL
from ftroi.workbook.xlsx.macros import MACRO_FREE, WITH_MACROS, Macros


@dataclass(frozen=True, slots=True)
class Wish:
    """The workbook that was asked for; None is what was left out."""

    path: Path
    preset: str | None
    template: str | None
    options: str | None
    changes: tuple[str, ...]
    project: str | None
    currency: str | None
    exchange_rate: float | None
    rate_date: date | None
    functions: str
    look: Path | None = None


def write_new(wish: Wish, *, replace: bool) -> None:
    """Write the workbook and say what to do next.

    Raises PlanError, TemplateError or WorkbookError, and leaves an existing file as it was.
    """
    from ftroi.workbook.complete import require_complete
    from ftroi.workbook.write import write_workbook
    from ftroi.workbook.xlsx.look import dressed
    from ftroi.workbook.xlsx.safe_files import put_in_place

    macros = _macros(wish)
    template = _template(wish)
    if template.id not in built_in():
        require_complete(template)
    preset = wish.preset or default_preset(template)
    plan = _plan(wish, template, preset)
    plan = dataclasses.replace(plan, template=dressed(plan.template, wish.look))
    today = local_day()  # names the copy of what is replaced; the workbook bears no clock
    backup = put_in_place(
        wish.path,
        lambda path: write_workbook(plan, path, spelling=wish.functions, macros=macros),
        today,
        replace=replace,
        ending=WITH_MACROS if macros else MACRO_FREE,
    )
    say(f"Written: {wish.path} ({preset}, {len(plan.settings.options)} options, {plan.horizon} months)")
    if backup:
        say(f"What was there before: {backup}")
    warn(str(one) for one in (plan.template.look.findings if plan.template.look else ()))
    warn(left_as_it_came(plan))
    if macros:
        say(f"Its functions run in Excel on Windows, with the Python in {sys.prefix}")
    say(f"Next: open it and answer the questions on the sheet Start; then ftroi compare {wish.path}")


def presets_listed() -> None:
    """Say what the ready-made plans of the template that comes along are, in a sentence or two each."""
    for name, one in find_template(DEFAULT_TEMPLATE).presets.items():
        say(f"{name}: {one.preset.description}")


def assumptions_listed() -> None:
    """Say what `--set` can change of the template that comes along: each assumption's name, label and unit."""
    template = find_template(DEFAULT_TEMPLATE)
    for one in template.assumptions.values():
        if one.table.kind != "constant":
            unit = unit_words(one.table.unit, template.currency)
            say(f"{one.name}: {one.table.label}{f', {unit}' if unit else ''}")


def _macros(wish: Wish) -> Macros | None:
    """The macros of the workbook that was asked for; raises PlanError where it would call the add-in besides."""
    from ftroi.hosts.build import macros_for

    macros = macros_for(wish.path)
    if macros and wish.functions == EXCEL:
        what = "a workbook with macros has the functions in itself, and calls no add-in"
        raise PlanError(Finding("--functions", what, "leave it out, or name a workbook that ends with .xlsx"))
    return macros


def _template(wish: Wish) -> Template:
    """The template, which has to be registered: a workbook names it by its id alone."""
    template = find_template(wish.template or DEFAULT_TEMPLATE)
    folder = {**registered(), **built_in()}.get(template.id)
    if folder is None or folder.resolve() != template.folder.resolve():
        what = f"the template '{template.id}' in {template.folder} is not registered, and a workbook has only its id"
        raise TemplateError(Finding("--template", what, f"register it first: {ADD_COMMAND}"))
    return template


def _plan(wish: Wish, template: Template, preset: str) -> Plan:
    options = _options(wish)
    plan = plan_from_preset(template, preset, options)
    currency = wish.currency or plan.settings.currency
    rate, day = wish.exchange_rate, wish.rate_date
    if _is_converted(wish, plan):
        plan = plan_from_preset(in_currency(template, currency, rate or 1), preset, options)
        plan = plan.with_settings(exchange_rate=rate, exchange_rate_date=day)
    if wish.project is not None:
        plan = plan.with_settings(project=wish.project)
    return with_directions(changed(plan, wish.changes, None))


def _options(wish: Wish) -> tuple[str, ...]:
    """The options that were asked for, none for the preset's own; raises PlanError for a list that names none."""
    chosen = tuple(one.strip() for one in (wish.options or "").split(",") if one.strip())
    if wish.options is not None and not chosen:
        raise PlanError(Finding("--options", "names no option", "write ids, such as rag,distillation, or leave it out"))
    return chosen


def _is_converted(wish: Wish, plan: Plan) -> bool:
    """Say whether prices are converted; raises PlanError where currency, rate and date do not go together."""
    own, wanted = plan.settings.currency, wish.currency or plan.settings.currency
    rated = wish.exchange_rate is not None or wish.rate_date is not None
    if wanted == own:
        if rated:
            what = f"the plan is in {own}, and nothing is converted"
            raise PlanError(Finding("--exchange-rate", what, "leave it out, or name another --currency"))
        return False
    if len(wanted) != len("USD") or not (wanted.isascii() and wanted.isupper() and wanted.isalpha()):
        raise PlanError(Finding("--currency", f"'{wanted}' is no currency", "write its three letters, such as EUR"))
    if wish.exchange_rate is None or wish.rate_date is None:
        what = f"prices are in {own}, and there is no dated rate to convert them by"
        cure = f"add --exchange-rate (how much {wanted} one {own} is) and --rate-date"
        raise PlanError(Finding("--currency", what, cure))
    if not 0 < wish.exchange_rate < float("inf"):
        raise PlanError(Finding("--exchange-rate", f"{wish.exchange_rate:g} is no rate", "give a number above 0"))
    return True

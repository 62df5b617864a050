"""The commands and their options, as typer reads them; what they do stands in a module each."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from ftroi.cli.parameters import AsJson, Case, Changes, Force, LookFile, Option, Output, Preset, TemplateName, Workbook


def _list_presets(wanted: bool) -> None:  # noqa: FBT001 - a flag of the command line
    """Show the ready-made plans, and end there."""
    if wanted:
        from ftroi.cli.new import presets_listed

        presets_listed()
        raise typer.Exit


def _list_names(wanted: bool) -> None:  # noqa: FBT001 - a flag of the command line
    """Show the names that --set takes, and end there."""
    if wanted:
        from ftroi.cli.new import assumptions_listed

        assumptions_listed()
        raise typer.Exit


def new(
    path: Annotated[Path, typer.Argument(help="The workbook to write: .xlsx, or .xlsm with macros.")],
    preset: Annotated[str | None, typer.Option(help="The ready-made plan to start from.", metavar="NAME")] = None,
    template: TemplateName = None,
    options: Annotated[str | None, typer.Option(help="Only these options, or all.", metavar="ID,ID")] = None,
    changes: Changes = None,
    project: Annotated[str | None, typer.Option(help="The project's name.", metavar="TEXT")] = None,
    currency: Annotated[str | None, typer.Option(help="Another currency than the template's.", metavar="CODE")] = None,
    exchange_rate: Annotated[
        float | None, typer.Option(help="How much of it one unit of the template's currency is.", metavar="RATE")
    ] = None,
    rate_date: Annotated[
        datetime | None, typer.Option(help="The day of that rate.", formats=["%Y-%m-%d"], metavar="YYYY-MM-DD")
    ] = None,
    functions: Annotated[
        Literal["plain", "excel"],
        typer.Option(help="How cells call the add-in: plain, or as Excel stores it, by a link to ftroi.xlam."),
    ] = "plain",
    look: LookFile = None,
    *,
    force: Annotated[bool, typer.Option("--force", help="Replace a workbook; a dated copy is kept.")] = False,
    _listed: Annotated[
        bool, typer.Option("--list", help="Show the ready-made plans.", callback=_list_presets, is_eager=True)
    ] = False,
    _named: Annotated[
        bool, typer.Option("--names", help="Show the names that --set takes.", callback=_list_names, is_eager=True)
    ] = False,
) -> None:
    """Write a workbook from a ready-made plan.

    \b
    Example:
      ftroi new plan.xlsx --preset support_assistant --set requests_per_month=200000
      ftroi new --list
      ftroi new --names
    """
    from ftroi.cli.new import Wish, write_new

    day = rate_date.date() if rate_date else None
    asked = (project, currency, exchange_rate, day, functions, look)
    wish = Wish(path, preset, template, options, tuple(changes or ()), *asked)
    write_new(wish, replace=force)


def regenerate(
    workbooks: Annotated[list[Path], typer.Argument(metavar="WORKBOOK...", help="One workbook or more.")],
    *,
    accept: Annotated[
        bool, typer.Option("--yes", help="Go on where something of your own sheets cannot be kept.")
    ] = False,
    drop_sheets: Annotated[bool, typer.Option("--drop-sheets", help="Leave your own sheets out.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,
    options: Annotated[
        str | None, typer.Option("--options", help="The options of the plan, by id or label; else as on Start.")
    ] = None,
    look: LookFile = None,
    as_json: AsJson = False,
) -> None:
    """Rebuild a workbook, keeping your entries.

    They follow the present template. Inputs, notes, owners, own costs, the Log and your own sheets are kept,
    and so is the old file, under a dated name. What changes, and which formulas were edited, is told before
    anything is written.

    \b
    Examples:
      ftroi regenerate plan.xlsx --dry-run
      ftroi regenerate plans/*.xlsx --yes
    """
    from ftroi.cli.regenerate import Way, show_regeneration

    wanted = tuple(options.split(",")) if options is not None else ()
    way = Way(accept=accept, keep_sheets=not drop_sheets, dry_run=dry_run, look=look, options=wanted)
    raise typer.Exit(show_regeneration(workbooks, way, as_json=as_json))


def calc(
    workbook: Workbook = None,
    preset: Preset = None,
    template: TemplateName = None,
    changes: Changes = None,
    option: Option = None,
    case: Case = None,
    output: Output = None,
    *,
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Compute every figure of one option.

    \b
    Examples:
      ftroi calc plan.xlsx --option rag --case pessimistic
      ftroi calc --preset support_assistant --set discount_rate=8% --json
    """
    from ftroi.cli import output as files
    from ftroi.cli.calc import show_calc
    from ftroi.cli.plan_source import Question

    question = Question(workbook, preset, template, tuple(changes or ()), option, case)
    show_calc(question, files.Output.asked(output, replace=force), as_json=as_json)


def compare(
    workbook: Workbook = None,
    preset: Preset = None,
    template: TemplateName = None,
    changes: Changes = None,
    case: Case = None,
    output: Output = None,
    *,
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Compare all options, each against the baseline.

    \b
    Examples:
      ftroi compare plan.xlsx
      ftroi compare plan.xlsx --output options.csv
      ftroi compare --preset clinical_summaries --case optimistic --json
    """
    from ftroi.cli import output as files
    from ftroi.cli.compare import show_comparison
    from ftroi.cli.plan_source import Question

    question = Question(workbook, preset, template, tuple(changes or ()), None, case)
    show_comparison(question, files.Output.asked(output, replace=force), as_json=as_json)


def simulate(
    workbook: Workbook = None,
    preset: Preset = None,
    template: TemplateName = None,
    changes: Changes = None,
    option: Option = None,
    draws: Annotated[int, typer.Option(help="At least so many; at most an eighth more are made.")] = 10_000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same draws.")] = 1,
    method: Annotated[str, typer.Option(help="sobol, lhs or plain.", metavar="NAME")] = "sobol",
    budget: Annotated[
        float | None, typer.Option(help="Approved, in cash; else as entered at its gate.", metavar="MONEY")
    ] = None,
    output: Output = None,
    *,
    force: Force = False,
    all_options: Annotated[bool, typer.Option("--all", help="Every option, by the same draws.")] = False,
    by_year: Annotated[bool, typer.Option("--by-year", help="Cost and value of each year, too.")] = False,
    write: Annotated[bool, typer.Option("--write", help="Write the sheet Risk too; the old file is kept.")] = False,
    accept: Annotated[
        bool, typer.Option("--yes", help="Write although edited formulas, or parts of your sheets, cannot be kept.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Run a Monte Carlo simulation: percentiles and odds.

    \b
    Examples:
      ftroi simulate plan.xlsx --option rag
      ftroi simulate plan.xlsx --write
      ftroi simulate plan.xlsx --output draws.parquet
      ftroi simulate --preset support_assistant --all --draws 100000 --json
    """
    from ftroi.analysis.risk.simulation import Setup
    from ftroi.cli import output as files
    from ftroi.cli.plan_source import Question
    from ftroi.cli.simulate import Wanted, show_simulation

    question = Question(workbook, preset, template, tuple(changes or ()), option, None)
    wanted = Wanted(Setup(draws, seed, method), all_options, budget, by_year, write, accept)
    show_simulation(question, wanted, files.Output.asked(output, replace=force), as_json=as_json)


def report(
    workbook: Workbook = None,
    preset: Preset = None,
    template: TemplateName = None,
    changes: Changes = None,
    option: Option = None,
    case: Case = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The file to write; else beside the workbook.", metavar="FILE")
    ] = None,
    kind: Annotated[
        str | None, typer.Option("--format", help="pdf, html or docx; pdf if left out.", metavar="KIND")
    ] = None,
    since: Annotated[
        Path | None, typer.Option(help="An earlier plan: what changed since, and what it did.", metavar="WORKBOOK")
    ] = None,
    *,
    force: Annotated[bool, typer.Option("--force", help="Replace a file; a dated copy is kept.")] = False,
) -> None:
    """Write the board paper of a plan.

    The verdict with its reasons, charts, the table of options, gates, the assumptions that matter most, and
    the sources. The look of the PDF is the template's paper.typ, which a company can change; the HTML stands alone,
    in one file.

    \b
    Examples:
      ftroi report plan.xlsx
      ftroi report plan.xlsx --output board.html --case pessimistic
      ftroi report plan.xlsx --since january.xlsx
      ftroi report plan.xlsx --format docx
    """
    from ftroi.cli.plan_source import Question
    from ftroi.cli.report import Target, write_report

    question = Question(workbook, preset, template, tuple(changes or ()), option, case)
    write_report(question, Target(output, kind), since, replace=force)


def explain(
    words: Annotated[list[str], typer.Argument(metavar="[WORKBOOK] LINE", help="A line, measure or assumption.")],
    preset: Preset = None,
    template: TemplateName = None,
    changes: Changes = None,
    option: Option = None,
    case: Case = None,
    month: Annotated[int | None, typer.Option(help="The month of a line that varies.", metavar="N")] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Show how a figure comes about.

    First the formula, then the same with its numbers in place, the result, and the sources of what went in.

    \b
    Examples:
      ftroi explain plan.xlsx data_labelling --month 3
      ftroi explain roi --preset support_assistant --option rag
    """
    from ftroi.cli.explain import line_asked, show_explanation
    from ftroi.cli.plan_source import Question

    workbook, line = line_asked(words)
    question = Question(workbook, preset, template, tuple(changes or ()), option, case)
    show_explanation(question, line, month, as_json=as_json)


def check(
    target: Annotated[
        Path | None, typer.Argument(metavar="WORKBOOK|FOLDER", help="A workbook, or a template's folder or id.")
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Check a workbook, or a template.

    Of a workbook the inputs, of a template also the sources and the worked examples; exit code 1 tells of
    findings. Without a name, the template that comes with ftroi is checked.

    \b
    Examples:
      ftroi check plan.xlsx
      ftroi check our_templates/acme_tuning
    """
    from ftroi.cli.check import show_check

    raise typer.Exit(show_check(target, as_json=as_json))


def doctor(
    workbooks: Annotated[
        list[Path] | None, typer.Argument(metavar="[WORKBOOK...]", help="Workbooks whose functions do not work.")
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Find what keeps the FT_ functions from working here, and say what to do.

    Nothing is started, and nothing is changed. Exit code 2 tells of findings.

    \b
    Examples:
      ftroi doctor
      ftroi doctor plan.xlsx --json
    """
    from ftroi.cli.doctor import show_examination

    raise typer.Exit(show_examination(workbooks or [], as_json=as_json))


def add_template(
    folder: Annotated[Path, typer.Argument(help="The folder with template.toml.")],
    *,
    replace: Annotated[bool, typer.Option("--replace", help="In place of another folder's of the same id.")] = False,
) -> None:
    """Register a template of your own.

    Workbooks of it can then be made and read on this machine: they name it by its id, never by a path.

    \b
    Example:
      ftroi template add our_templates/acme_tuning
    """
    from ftroi.cli.templates import add

    add(folder, replace=replace)


def list_templates(
    *,
    as_json: AsJson = False,
) -> None:
    """List the templates on this machine.

    \b
    Example:
      ftroi template list
    """
    from ftroi.cli.templates import show_list

    show_list(as_json=as_json)

"""The commands that keep a plan true over its life: what changed, what was billed, what prices are now."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from ftroi.cli.parameters import AsJson, Force, Option, Output, TemplateName


def actuals(
    workbook: Annotated[Path, typer.Argument(metavar="WORKBOOK", help="The plan.")],
    bills: Annotated[list[Path], typer.Argument(metavar="BILL...", help="Bills: CSV, Excel or JSON.")],
    option: Annotated[
        str | None, typer.Option(help="The option that was billed; the proposed one if left out.", metavar="ID")
    ] = None,
    basis: Annotated[
        Literal["effective", "billed"], typer.Option(help="Commitments spread over their use, or as invoiced.")
    ] = "effective",
    rates: Annotated[
        list[str] | None,
        typer.Option("--rate", help="A rate for another currency; may be repeated.", metavar="EUR=1.08@YYYY-MM-DD"),
    ] = None,
    accounts: Annotated[
        list[str] | None, typer.Option("--account", help="An account that is yours; others are refused.", metavar="ID")
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option(help="Columns of tables of your own, as TOML.", metavar="FILE")
    ] = None,
    rules: Annotated[
        Path | None, typer.Option(help="Rules that come before the template's, as TOML.", metavar="FILE")
    ] = None,
    approved: Annotated[
        Path | None, typer.Option(help="The approved plan; the plan itself if left out.", metavar="WORKBOOK")
    ] = None,
    until: Annotated[str | None, typer.Option(help="The last month that counts.", metavar="YYYY-MM")] = None,
    output: Output = None,
    *,
    write: Annotated[bool, typer.Option("--write", help="Keep what was billed in the workbook's sheets.")] = False,
    accept: Annotated[bool, typer.Option("--yes", help="Write also where something else cannot be kept.")] = False,
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Compare bills with the plan.

    FOCUS, OpenAI, Anthropic, Azure, AWS and Google Cloud are known by their columns, and so is a table of people's
    hours; other tables need a mapping. What stands in two bills counts once. Every charge gets a category by rules;
    what none fits is shown as not assigned. Then: the variance by month and category with its causes, the cost at
    completion, and whether to go on, judged by later flows alone. The workbook is changed with --write alone: the
    sheet Actuals then keeps every amount with file, lines and rule, and Mapping the rules, which may be changed there.

    \b
    Examples:
      ftroi actuals plan.xlsx bills/*.csv
      ftroi actuals plan.xlsx april.csv --write
      ftroi actuals plan.xlsx openai.csv hours.xlsx --approved january.xlsx --until 2026-03
      ftroi actuals plan.xlsx azure.csv --rate EUR=1.08@2026-03-31 --output charges.xlsx
    """
    from ftroi.cli.actuals import Wanted, show_actuals
    from ftroi.cli.output import Output as Target
    from ftroi.cli.plan_source import Question

    wanted = Wanted(basis, tuple(rates or ()), tuple(accounts or ()), mapping, rules, approved, until, write, accept)
    target = Target.asked(output, replace=force)
    show_actuals(Question(workbook, None, None, (), option, None), bills, wanted, target, as_json=as_json)


def approve(
    workbook: Annotated[Path, typer.Argument(metavar="WORKBOOK", help="The plan.")],
    by: Annotated[str, typer.Option(help="Who approves it.", metavar="NAME")],
    option: Annotated[
        str | None, typer.Option(help="The option approved; the proposed one if left out.", metavar="ID")
    ] = None,
    *,
    accept: Annotated[bool, typer.Option("--yes", help="Write also where something else cannot be kept.")] = False,
    as_json: AsJson = False,
) -> None:
    """Approve a plan: freeze its cost, and note who and when.

    Bills are measured against the frozen plan. The sheet Actuals says whether the inputs still are those approved: any
    later change makes the approval void there, until the plan is approved again. The Log keeps every approval.

    \b
    Examples:
      ftroi approve plan.xlsx --by "A. Smith"
    """
    from ftroi.cli.approve import show_approval

    show_approval(workbook, by, option, accept=accept, as_json=as_json)


def diff(
    workbooks: Annotated[
        list[Path], typer.Argument(metavar="WORKBOOK [WORKBOOK]", help="The plan before, and the plan after.")
    ],
    option: Option = None,
    *,
    preset: Annotated[
        bool, typer.Option("--preset", help="Compare with the ready-made plan that is nearest to the workbook.")
    ] = False,
    backup: Annotated[
        bool, typer.Option("--backup", help="Compare with the newest dated copy beside the workbook.")
    ] = False,
    formulas: Annotated[
        bool, typer.Option("--formulas", help="List edited formulas too, which takes some seconds more.")
    ] = False,
    output: Output = None,
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Say what changed between two plans, and what each change did.

    Inputs, options, own costs, gates and settings that differ, and the effect of each on total cost of ownership and
    net present value: a waterfall that adds up, in which no order of the changes is preferred. The figures are
    those of each plan's proposed option, unless one is named.

    \b
    Examples:
      ftroi diff january.xlsx april.xlsx
      ftroi diff plan.xlsx --backup
      ftroi diff plan.xlsx --preset --option rag --json
      ftroi diff january.xlsx april.xlsx --output diff.xlsx
    """
    from ftroi.cli import output as files
    from ftroi.cli.diff import Against, show_difference

    against = Against(preset=preset, backup=backup, formulas=formulas)
    show_difference(workbooks, against, option, files.Output.asked(output, replace=force), as_json=as_json)


def prices(
    models: Annotated[list[str] | None, typer.Argument(metavar="[MODEL...]", help="Models, such as gpt-4o.")] = None,
    provider: Annotated[str | None, typer.Option(help="The vendor, such as openai or anthropic.", metavar="ID")] = None,
    input_tokens: Annotated[
        int | None, typer.Option(help="Price requests of so many input tokens each, cached ones among them.")
    ] = None,
    output_tokens: Annotated[int, typer.Option(help="Output tokens of a request.")] = 0,
    cached_tokens: Annotated[int, typer.Option(help="Input tokens of a request that are read from the cache.")] = 0,
    requests: Annotated[int, typer.Option(help="How many such requests.")] = 1,
    template: TemplateName = None,
    day: Annotated[
        datetime | None, typer.Option("--on", help="Prices of that day; today's if left out.", formats=["%Y-%m-%d"])
    ] = None,
    *,
    names: Annotated[bool, typer.Option("--models", help="List the models that have a price.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show what tokens, accelerators, tuning, hosting and storage cost.

    Token prices are list prices of the package genai-prices, all others those of the template. Nothing is
    fetched: the answer says how old the prices are. Requests are priced one by one, as vendors do.

    \b
    Examples:
      ftroi prices
      ftroi prices gpt-4o claude-sonnet-5-5
      ftroi prices gpt-6-luna --input-tokens 1000 --output-tokens 200 --requests 20000 --json
      ftroi prices --provider openai --models
    """
    from ftroi.cli.prices import Wanted, show_prices

    wanted = Wanted(
        tuple(models or ()), provider, input_tokens, output_tokens, cached_tokens, requests, day.date() if day else None
    )
    show_prices(wanted, template, names=names, as_json=as_json)


def reassess(
    workbook: Annotated[Path, typer.Argument(metavar="WORKBOOK", help="The plan.")],
    models: Annotated[
        list[str] | None,
        typer.Option(
            "--model", help="Whose tokens the proposed option, or another, buys; may be repeated.", metavar="[ID=]MODEL"
        ),
    ] = None,
    accepted: Annotated[
        list[str] | None,
        typer.Option("--accept", help="Write this price into the plan, or 'all'; may be repeated.", metavar="NAME"),
    ] = None,
    *,
    accept: Annotated[bool, typer.Option("--yes", help="Write also where something else cannot be kept.")] = False,
    as_json: AsJson = False,
) -> None:
    """Hold a plan against today's prices and dates.

    Prices of the template's dated list, and token prices of the models that are named, beside those of the plan, with
    what each does to total cost, net present value and verdict, alone and together. Figures past their review and
    products withdrawn within the plan are told. Nothing is fetched: the answer says how old the token prices are. In a
    terminal each price is asked for, y or n; elsewhere --accept names what is written. The Log has the figures before
    and after.

    \b
    Examples:
      ftroi reassess plan.xlsx --model gpt-4o-mini
      ftroi reassess plan.xlsx --model rag=claude-sonnet-4-5 --accept rag.input_token_price
      ftroi reassess plan.xlsx --accept all --json
    """
    from ftroi.cli.reassess import show_reassessment

    show_reassessment(workbook, models or (), accepted or (), accept=accept, as_json=as_json)

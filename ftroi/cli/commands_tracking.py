"""The commands that keep a plan true over its life: what changed, what was billed, what prices are now."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from ftroi.cli.parameters import AsJson, Option, TemplateName


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
    """
    from ftroi.cli.diff import Against, show_difference

    show_difference(workbooks, Against(preset=preset, backup=backup), option, as_json=as_json)


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

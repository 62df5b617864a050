"""The commands on what would have to be true: they join those of the app when this module is imported."""

from __future__ import annotations

from typing import Annotated

import typer

from ftroi.cli.app import AsJson, Case, Changes, Option, Preset, TemplateName, app

__all__ = ["app", "breakeven"]


@app.command()
def breakeven(
    words: Annotated[
        list[str], typer.Argument(metavar="NAME [WORKBOOK]", help="An assumption, or OPTION.NAME for one option's own.")
    ],
    preset: Preset = None,
    template: TemplateName = None,
    changes: Changes = None,
    option: Option = None,
    case: Case = None,
    measure: Annotated[str, typer.Option(help="The measure that breaks even.", metavar="NAME")] = "npv",
    threshold: Annotated[
        str | None,
        typer.Option(
            help="A number or another measure; else 0 or, for a cost, the reference's own figure.", metavar="VALUE|NAME"
        ),
    ] = None,
    low: Annotated[float | None, typer.Option("--from", help="Look from here on.", metavar="VALUE")] = None,
    high: Annotated[float | None, typer.Option("--to", help="Look up to here.", metavar="VALUE")] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Find the value of an assumption at which a measure crosses its threshold.

    By default that is where the reference overtakes the option: its NPV is 0. The whole allowed range is
    searched; none, one and several crossings are told apart.

    \b
    Examples:
      ftroi breakeven requests_per_month plan.xlsx
      ftroi breakeven discount_rate plan.xlsx --measure npv_over_nothing

    \b
    The claim that prompting gets 85% of the value at 20% of the cost: at which share of the
    value does it stop winning, at the cost that is claimed, and at which quality as modelled?
      ftroi breakeven claimed_value_share plan.xlsx --measure claim_hurdle --threshold benefit_to_cost
      ftroi breakeven prompt_engineering.quality_level plan.xlsx
    """
    from ftroi.cli.asked import Question
    from ftroi.cli.breakeven import Wanted, show_break_even, words_of

    name, workbook = words_of(words)
    question = Question(workbook, preset, template, tuple(changes or ()), option, case)
    show_break_even(question, name, Wanted(measure, threshold, low, high), as_json=as_json)

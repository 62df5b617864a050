"""The commands on what would have to be true: break-even, sensitivity, cadence, choices and scenarios."""

from __future__ import annotations

from typing import Annotated

import typer

from ftroi.cli.parameters import AsJson, Case, Changes, Force, Option, Output, Preset, TemplateName, Workbook


def breakeven(
    words: Annotated[
        list[str], typer.Argument(metavar="NAME [WORKBOOK]", help="An assumption, or OPTION.NAME for one option's own.")
    ],
    preset: Preset = None,
    template: TemplateName = None,
    changes: Changes = None,
    option: Option = None,
    case: Case = None,
    measure: Annotated[
        str | None, typer.Option(help="The measure that breaks even; by default the NPV.", metavar="NAME")
    ] = None,
    threshold: Annotated[
        str | None,
        typer.Option(
            help="A number or another measure; else 0 or, for a cost, the baseline's own figure.", metavar="VALUE|NAME"
        ),
    ] = None,
    low: Annotated[float | None, typer.Option("--from", help="Look from here on.", metavar="VALUE")] = None,
    high: Annotated[float | None, typer.Option("--to", help="Look up to here.", metavar="VALUE")] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Find the value of an assumption at which a plan breaks even.

    A measure crosses its threshold there: by default the NPV is 0, and the baseline overtakes the option. The
    whole allowed range is searched; none, one and several crossings are told apart.

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
    from ftroi.cli.breakeven import Wanted, show_break_even, words_of
    from ftroi.cli.plan_source import Question

    name, workbook = words_of(words)
    question = Question(workbook, preset, template, tuple(changes or ()), option, case)
    show_break_even(question, name, Wanted(measure, threshold, low, high), as_json=as_json)


def sensitivity(
    workbook: Workbook = None,
    preset: Preset = None,
    template: TemplateName = None,
    changes: Changes = None,
    option: Option = None,
    measure: Annotated[
        str | None, typer.Option(help="The measure that is looked at; by default the NPV.", metavar="NAME")
    ] = None,
    top: Annotated[int, typer.Option(help="How many assumptions are shown.", min=1)] = 10,
    grid: Annotated[
        tuple[str, str] | None,
        typer.Option(help="Cross two assumptions, as NAME or NAME=VALUE,VALUE.", metavar="ROWS COLUMNS"),
    ] = None,
    rows: Annotated[int, typer.Option(help="Of --indices: a power of two; more give narrower errors.")] = 512,
    seed: Annotated[int, typer.Option(help="Of --indices: the same seed gives the same draws.", min=0)] = 1,
    output: Output = None,
    *,
    force: Force = False,
    indices: Annotated[bool, typer.Option("--indices", help="Show shares of the variance, by Sobol.")] = False,
    winners: Annotated[bool, typer.Option("--winners", help="Show the best option at pairs of values.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show which assumptions a measure depends on.

    By default a tornado: each assumption alone from its low to its high end. With --indices the shares of the
    variance that each explains, alone and with its interactions; with --grid the measure at pairs of values, and
    with --winners which option is best there.

    \b
    Examples:
      ftroi sensitivity plan.xlsx --top 15
      ftroi sensitivity plan.xlsx --indices --measure tco
      ftroi sensitivity plan.xlsx --grid requests_per_month quality_level=70%,80%,90%
      ftroi sensitivity plan.xlsx --winners --grid requests_per_month discount_rate
    """
    from ftroi.cli import output as files
    from ftroi.cli.plan_source import Question
    from ftroi.cli.sensitivity import Wanted, show_sensitivity

    question = Question(workbook, preset, template, tuple(changes or ()), option, None)
    wanted = Wanted(measure, top, grid, indices, rows, seed, winners)
    show_sensitivity(question, wanted, files.Output.asked(output, replace=force), as_json=as_json)


def cadence(
    workbook: Workbook = None,
    preset: Preset = None,
    template: TemplateName = None,
    changes: Changes = None,
    option: Option = None,
    case: Case = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Find how often to retrain, so that it costs least.

    Every whole interval is tried, and never: what retraining costs, and the value that drift takes, at present value.

    \b
    Example:
      ftroi cadence plan.xlsx --option lora_hosted
    """
    from ftroi.cli.cadence import show_cadence
    from ftroi.cli.plan_source import Question

    show_cadence(Question(workbook, preset, template, tuple(changes or ()), option, case), as_json=as_json)


def choices(
    workbook: Workbook = None,
    preset: Preset = None,
    template: TemplateName = None,
    changes: Changes = None,
    option: Option = None,
    defer: Annotated[int, typer.Option(help="How long the project could wait.", metavar="MONTHS")] = 12,
    draws: Annotated[int, typer.Option(help="For what the rights to stop and to wait are worth.")] = 4_096,
    seed: Annotated[int, typer.Option(help="The same seed gives the same draws.")] = 1,
    *,
    as_json: AsJson = False,
) -> None:
    """Compare going on with waiting, stopping and switching.

    Each has its NPV against the baseline; by draws follows what it is worth to be free to stop or to wait.

    \b
    Example:
      ftroi choices plan.xlsx --option rag --defer 6
    """
    from ftroi.analysis.risk.simulation import Setup
    from ftroi.cli.choices import show_choices
    from ftroi.cli.plan_source import Question

    question = Question(workbook, preset, template, tuple(changes or ()), option, "base")
    show_choices(question, defer, Setup(draws, seed), as_json=as_json)


def scenarios(
    workbook: Workbook = None,
    preset: Preset = None,
    template: TemplateName = None,
    changes: Changes = None,
    option: Option = None,
    named: Annotated[
        list[str] | None,
        typer.Option(help="A scenario of your own: NAME: CHANGE; CHANGE. May be repeated.", metavar="TEXT"),
    ] = None,
    *,
    write: Annotated[
        bool, typer.Option("--write", help="Write them into the sheet Scenarios, and compute it afresh.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Of --write: also where something cannot be kept.")] = False,
    as_json: AsJson = False,
) -> None:
    """Put scenarios side by side: optimistic, base, pessimistic, and your own.

    Each shows the option's figures, and which option is the best one then. Your own are those of the workbook's sheet
    Scenarios and those that are named here; their changes are made in the base case.

    \b
    Examples:
      ftroi scenarios plan.xlsx
      ftroi scenarios plan.xlsx --named "Slow start: ramp_months=18; requests_per_month=200k" --write
    """
    from ftroi.cli.plan_source import Question
    from ftroi.cli.scenarios import show_scenarios

    question = Question(workbook, preset, template, tuple(changes or ()), option, "base")
    show_scenarios(question, tuple(named or ()), write=write, accept=yes, as_json=as_json)

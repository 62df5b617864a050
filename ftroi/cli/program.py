"""The program: one table of its commands, in the order in which the help lists them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from ftroi.cli import commands, commands_addin, commands_risk, commands_tracking

COMMANDS: dict[str, Callable[..., None]] = {
    "new": commands.new,
    "regenerate": commands.regenerate,
    "calc": commands.calc,
    "compare": commands.compare,
    "simulate": commands.simulate,
    "report": commands.report,
    "explain": commands.explain,
    "check": commands.check,
    "doctor": commands.doctor,
    "breakeven": commands_risk.breakeven,
    "sensitivity": commands_risk.sensitivity,
    "cadence": commands_risk.cadence,
    "choices": commands_risk.choices,
    "scenarios": commands_risk.scenarios,
    "actuals": commands_tracking.actuals,
    "approve": commands_tracking.approve,
    "diff": commands_tracking.diff,
    "prices": commands_tracking.prices,
    "reassess": commands_tracking.reassess,
    "template add": commands.add_template,
    "template list": commands.list_templates,
    "addin checklist": commands_addin.write_checklist,
    "addin build": commands_addin.build_addin,
}
"""What is called for each command."""

GROUPS = {
    "template": "Register and list templates.",
    "addin": "Build the add-ins of the spreadsheet programs, and a workbook to try them with.",
}
"""The commands that have commands of their own, with their help."""


def program() -> typer.Typer:
    """Make the program from the table."""
    app = typer.Typer(
        name="ftroi",
        help="What fine-tuning an AI model really costs over its life, and whether it beats the cheaper ways.",
        epilog="Start with: ftroi new plan.xlsx",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    app.callback()(_root)
    groups = {
        name: typer.Typer(help=text, no_args_is_help=True, rich_markup_mode=None) for name, text in GROUPS.items()
    }
    for name, group in groups.items():
        app.add_typer(group, name=name)
    for words, command in COMMANDS.items():
        *above, name = words.split()
        (groups[above[0]] if above else app).command(name)(command)
    return app


def _show_version(value: bool) -> None:  # noqa: FBT001 - typer passes the option's value so
    if value:
        from ftroi import __version__

        typer.echo(f"ftroi {__version__}")
        raise typer.Exit


def _root(
    *,
    _version: Annotated[
        bool, typer.Option("--version", help="Show the version.", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    """Hold the options of ``ftroi`` itself."""

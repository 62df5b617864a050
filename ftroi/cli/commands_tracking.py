"""The commands that keep a plan true over its life: what changed, what was billed, what prices are now."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ftroi.cli.parameters import AsJson, Option


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

"""The parameters that several commands take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Workbook = Annotated[Path | None, typer.Argument(metavar="WORKBOOK", help="A workbook made by 'ftroi new'.")]
Preset = Annotated[str | None, typer.Option(help="A ready-made plan, in place of a workbook.", metavar="NAME")]
TemplateName = Annotated[
    str | None, typer.Option("--template", help="A template's id or folder; fine_tuning if left out.", metavar="ID")
]
Changes = Annotated[
    list[str] | None,
    typer.Option(
        "--set", help="Another base for an assumption, or OPTION.NAME=VALUE; may be repeated.", metavar="NAME=VALUE"
    ),
]
Option = Annotated[str | None, typer.Option(help="The option whose figures are shown.", metavar="ID")]
Case = Annotated[str | None, typer.Option(help="optimistic, base or pessimistic.", metavar="NAME")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, with money not rounded.")]
LookFile = Annotated[
    Path | None,
    typer.Option("--look", help="A look.xlsx with fonts, colours, number formats and logo.", metavar="FILE"),
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="Write the figures too: .csv, .xlsx or .parquet.", metavar="FILE"),
]
Force = Annotated[bool, typer.Option("--force", help="Let --output replace a file; a dated copy is kept.")]

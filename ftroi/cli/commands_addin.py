"""The commands on add-ins."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from ftroi.cli.parameters import AsJson, Preset


def write_checklist(
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The workbook to write: .xlsx, or .xlsm with the functions in it.")
    ] = Path("checklist.xlsx"),
    preset: Preset = None,
    functions: Annotated[
        Literal["plain", "excel"],
        typer.Option(help="How cells call the add-in: as Excel stores it, or plain, as LibreOffice wants it."),
    ] = "excel",
    *,
    force: Annotated[bool, typer.Option("--force", help="Replace a workbook; a dated copy is kept.")] = False,
) -> None:
    """Write a workbook with every function and what it should show, to tick off in Excel or LibreOffice.

    \b
    Examples:
      ftroi addin checklist --output checklist.xlsx
      ftroi addin checklist --output checklist.xlsx --functions plain
    """
    from ftroi.cli.addin import checklist

    checklist(output, preset, functions, replace=force)


def build_addin(
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The folder to write into; made if need be.", metavar="DIR")
    ] = Path(),
    host: Annotated[
        Literal["calc", "excel"] | None, typer.Option(help="Only this program's; all that can be built if left out.")
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Write ftroi.oxt for LibreOffice Calc and ftroi.xlam for Excel.

    Both are for this machine and this Python: they bear its path. The one for Excel needs Windows.

    \b
    Example:
      ftroi addin build --output addins
    """
    from ftroi.cli.addin import build

    build(output, host, as_json=as_json)

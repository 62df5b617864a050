"""``ftroi template``: templates of one's own."""

from __future__ import annotations

from pathlib import Path

from ftroi.cli.console import console, print_json, say, table
from ftroi.errors import TemplateError
from ftroi.termsheet import load_template
from ftroi.termsheet.catalogue import built_in, register, registered
from ftroi.termsheet.look import STANDARD


def add(folder: Path, *, replace: bool) -> None:
    """Register a template's folder, once a workbook of it can be made, and say how to use it."""
    from ftroi.workbook.complete import require_complete
    from ftroi.workbook.xlsx.look import dressed

    loaded = load_template(folder)
    require_complete(loaded)
    if faults := (dressed(loaded).look or STANDARD).findings:
        raise TemplateError(*faults)
    template = register(folder, replace=replace)
    say(
        f"Registered: {template.id} {template.version} ({template.label}), in {template.folder}",
        f"Next: ftroi new plan.xlsx --template {template.id}",
    )


def show_list(*, as_json: bool) -> None:
    """Show every template's id and folder."""
    folders = {**built_in(), **registered()}
    if as_json:
        print_json({"templates": {name: str(folder) for name, folder in folders.items()}})
        return
    rows = [(name, "comes with ftroi" if name in built_in() else str(folder)) for name, folder in folders.items()]
    console().print(table("", ("Template", "Folder"), rows, ()))

"""``ftroi template``: templates of one's own."""

from __future__ import annotations

from pathlib import Path

from ftroi.cli.console import console, print_json, say, table
from ftroi.termsheet.catalogue import built_in, register, registered


def add(folder: Path) -> None:
    """Register a template's folder and say how to use it."""
    template = register(folder)
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

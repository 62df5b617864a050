"""The versions of an environment's packages, read from the names of their folders, without starting its Python."""

from __future__ import annotations

import re
from pathlib import Path

from ftroi.installer.machine import WINDOWS, Machine

_FOLDER = re.compile(r"(?P<name>[A-Za-z0-9_.]+)-(?P<version>[0-9][^-]*)\.dist-info")
_NOTED = ("ftroi", "numpy", "xlwings")


def site_folders(machine: Machine) -> list[Path]:
    """The environment's site-packages folder; empty if there is no environment."""
    environment = machine.environment
    return sorted(environment.glob("Lib/site-packages" if machine.system == WINDOWS else "lib/python3.*/site-packages"))


def installed_versions(machine: Machine) -> dict[str, str]:
    """The versions of the packages that the add-ins depend on, by name; missing packages are left out."""
    found = [_FOLDER.fullmatch(path.name) for folder in site_folders(machine) for path in folder.glob("*.dist-info")]
    versions = {match["name"].lower(): match["version"] for match in found if match}
    return {name: versions[name] for name in _NOTED if name in versions}

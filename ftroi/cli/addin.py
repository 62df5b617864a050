"""``ftroi addin build``: the add-ins of the spreadsheet programs, as files."""

from __future__ import annotations

from pathlib import Path

from ftroi.cli.show import print_json, say, warn
from ftroi.errors import HostError
from ftroi.hosts.build import BUILDERS, build_add_in

NEXT = {
    "calc": "close LibreOffice, then unopkg add --force {path}",
    "excel": "close Excel, then copy {path} into Excel's XLSTART folder",
}
"""What to do with each add-in; setup_addin.py does it by itself."""


def build(output: Path, host: str | None, *, as_json: bool) -> None:
    """Build one program's add-in, or all that can be built on this machine, and say where they are.

    Raises HostError where the one asked for, or every one, cannot be built here.
    """
    built, errors = {}, []
    for name in [host] if host else list(BUILDERS):
        try:
            built[name] = build_add_in(name, output)
        except HostError as error:
            errors.append(error)
    findings = [finding for error in errors for finding in error.findings]
    if not built:
        raise HostError(*findings)
    warn(f"not built: {finding}" for finding in findings)
    if as_json:
        print_json({"built": {name: str(path) for name, path in built.items()}, "not_built": [*map(str, findings)]})
        return
    for name, path in built.items():
        say(f"Written: {path}", f"Next: {NEXT[name].format(path=path)}")

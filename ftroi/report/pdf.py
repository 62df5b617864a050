"""Printing a paper to PDF with LibreOffice, where it is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from ftroi.errors import Finding, HostError
from ftroi.report.pages import pages_of
from ftroi.report.paper import Paper

SECONDS = 180
"""The time that LibreOffice is given."""

_COMMANDS = ("soffice", "libreoffice")
_PLACES = {
    "darwin": ("/Applications/LibreOffice.app/Contents/MacOS/soffice",),
    "win32": (r"LibreOffice\program\soffice.exe", r"LibreOffice 5\program\soffice.exe"),
}
_TRIES = 2  # a new profile may end the first start at once
_HTML_INSTEAD = "install LibreOffice, or ask for --format html and print that"


def office_program() -> str | None:
    """Give the program that starts LibreOffice, None where it is not installed."""
    found = next((path for path in map(shutil.which, _COMMANDS) if path), None)
    return found or next((str(path) for path in _places() if path.is_file()), None)


def _places() -> list[Path]:
    folders = [os.environ.get(name, "") for name in ("ProgramFiles", "ProgramFiles(x86)")]
    places = _PLACES.get(sys.platform, ())
    return [Path(folder) / place for folder in (folders if sys.platform == "win32" else [""]) for place in places]


def write_pdf(paper: Paper, path: Path) -> None:
    """Write a paper as PDF over ``path``; raises HostError where LibreOffice is missing or does not print."""
    program = office_program()
    if program is None:
        raise HostError(Finding("LibreOffice", "is not installed, and the PDF needs it", _HTML_INSTEAD))
    with tempfile.TemporaryDirectory(prefix="ftroi-paper-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "paper.fods").write_bytes(pages_of(paper))
        printed = _printed(program, folder)
        shutil.copyfile(printed, path)


def _printed(program: str, folder: Path) -> Path:
    """Print the pages in a folder; the profile is one of their own, so that no open LibreOffice is disturbed."""
    profile = (folder / "profile").as_uri()
    command = [program, "--headless", "--norestore", f"-env:UserInstallation={profile}"]
    command += ["--convert-to", "pdf", "--outdir", str(folder), str(folder / "paper.fods")]
    told = ""
    for _ in range(_TRIES):
        try:
            ended = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)  # noqa: S603 - no word of the command comes from a workbook
        except (OSError, subprocess.TimeoutExpired) as error:
            told = str(error)
            continue
        if (folder / "paper.pdf").is_file():
            return folder / "paper.pdf"
        told = ended.stderr.strip().splitlines()[-1] if ended.stderr.strip() else f"exit code {ended.returncode}"
    raise HostError(Finding("LibreOffice", f"did not print the paper ({told})", _HTML_INSTEAD))

"""Get what the tests need outside Python: LibreOffice Calc, its Python bridge, poppler and a font.

Run as `python tests/install_office.py [--dry-run]`; the standard library is enough. Exit code 0: everything
is here; 1: something is missing and cannot be installed by this script, which then prints the command to type.

LibreOffice must be 25.2 or newer: older ones do not recognise the functions of an add-in in a workbook's file.
Debian 12 has it in its backports only. That source is derived from the machine's own apt sources, so that a
company's mirror stays the one that is used.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

OLDEST_OFFICE = (25, 2)
OLDEST_TEXT = "{}.{}".format(*OLDEST_OFFICE)
PACKAGES = ("libreoffice-calc", "python3-uno", "poppler-utils", "fonts-crosextra-carlito")
APT_FOLDER = Path("/etc/apt")
BRIDGE_FOLDER = Path("/usr/lib/python3/dist-packages")
FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path("/Library/Fonts"))
PROGRAM_FOLDERS = (
    Path("/usr/lib/libreoffice/program"),
    *sorted(Path("/opt").glob("libreoffice*/program"), reverse=True),
)
DOWNLOAD_PAGE = "https://www.libreoffice.org/download/"


class CannotInstallError(Exception):
    """The tools cannot be installed from here; the text says why."""


@dataclass(frozen=True)
class AptSource:
    """A package source for apt: the text of a file, and the ending that tells apt its format."""

    text: str
    ending: str


# --- what is here ------------------------------------------------------------------------------------------


def program_folder() -> Path | None:
    """The folder with LibreOffice's programs, or None when there is none on this machine."""
    on_path = shutil.which("soffice")
    candidates = [*PROGRAM_FOLDERS, *([Path(on_path).resolve().parent] if on_path else [])]
    return next((folder for folder in candidates if (folder / "soffice.bin").exists()), None)


def office_version(folder: Path) -> tuple[int, int]:
    """Ask LibreOffice in `folder` for its version; (0, 0) when it does not say."""
    answer = subprocess.run(
        [str(folder / "soffice.bin"), "--headless", "--version"], capture_output=True, text=True, check=False
    )
    return read_version(answer.stdout)


def read_version(text: str) -> tuple[int, int]:
    """Read the first two numbers of a version in `text`, such as "4:25.2.3-2" or "LibreOffice 25.2.3.2"."""
    found = re.search(r"(?:^|\s|:)(\d+)\.(\d+)", text)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def missing_tools() -> list[str]:
    """Name what is missing, in words for a message; an empty list when the tests can run."""
    folder = program_folder()
    checks = {
        "LibreOffice Calc": folder is not None,
        f"LibreOffice {OLDEST_TEXT} or newer": folder is None or office_version(folder) >= OLDEST_OFFICE,
        "LibreOffice's Python bridge (uno)": (BRIDGE_FOLDER / "uno.py").exists(),
        "pdftoppm (poppler-utils)": shutil.which("pdftoppm") is not None,
        "the font Carlito": any(any(folder.rglob("Carlito*")) for folder in FONT_FOLDERS if folder.is_dir()),
    }
    return [name for name, present in checks.items() if not present]


# --- apt's sources -----------------------------------------------------------------------------------------


def backports_source(folder: Path, codename: str) -> AptSource:
    """Derive the backports source from the sources in `folder`, with the mirror and the keys that it already uses.

    Other vendors also serve a suite named after the release: a source whose address ends in debian goes first.
    Raises CannotInstallError when no source of the release `codename` is found.
    """
    files = [folder / "sources.list", *sorted(folder.glob("sources.list.d/*"))]
    found = [
        AptSource(text, ".sources" if path.suffix == ".sources" else ".list")
        for path in files
        if path.is_file() and path.suffix in {".list", ".sources"}
        for text in derived(path, codename)
    ]
    if not found:
        raise CannotInstallError(f"no apt source under {folder} serves {codename}, to derive its backports from")
    return next((source for source in found if re.search(r"/debian/?(\s|$)", source.text)), found[0])


def derived(path: Path, codename: str) -> Iterator[str]:
    """Derive a backports source from each source in a file that serves the main part of `codename`."""
    text = path.read_text(encoding="utf-8")
    return derived_stanzas(text, codename) if path.suffix == ".sources" else derived_lines(text, codename)


def derived_stanzas(text: str, codename: str) -> Iterator[str]:
    """Derive from the text of a .sources file: one stanza of fields for each source."""
    serves = {"types": "deb", "suites": codename, "components": "main"}
    for block in re.split(r"\n[ \t]*\n", text):
        fields = stanza_fields(block)
        off = fields.get("enabled", "yes").strip().lower() in {"no", "false", "0"}
        if not off and all(word in fields.get(name, "").split() for name, word in serves.items()):
            fields |= {"types": " deb", "suites": f" {codename}-backports"}
            yield "".join(f"{name.title()}:{value}\n" for name, value in fields.items())


def stanza_fields(block: str) -> dict[str, str]:
    """Read the fields of one stanza; a value keeps its further lines (a key in the file), comments are left out."""
    fields: dict[str, str] = {}
    name = ""
    for line in block.splitlines():
        if line.startswith("#"):
            continue
        if line[:1].isspace() and name:
            fields[name] += "\n" + line.rstrip()
        elif ":" in line:
            name, value = line.split(":", 1)
            name = name.strip().lower()
            fields[name] = value.rstrip()
    return fields


def derived_lines(text: str, codename: str) -> Iterator[str]:
    """Derive from the text of a .list file: one line for each source, `deb [options] address suite parts`."""
    address = r"deb\s+(?:\[[^\]]*\]\s+)?(?!cdrom:)\S+"
    pattern = rf"^\s*({address}\s+){re.escape(codename)}(\s[^#\n]*\bmain\b[^#\n]*)"
    for found in re.finditer(pattern, text, re.MULTILINE):
        yield f"{found[1]}{codename}-backports{found[2].rstrip()}\n"


# --- installing --------------------------------------------------------------------------------------------


def release() -> dict[str, str]:
    """Read which Linux distribution this is (ID, VERSION_CODENAME ...); empty elsewhere."""
    try:
        return platform.freedesktop_os_release()
    except OSError:
        return {}


def apt_answer(*arguments: str) -> str:
    """Ask apt's list of packages."""
    return subprocess.run(["apt-cache", *arguments], capture_output=True, text=True, check=False).stdout


def needs_backports() -> bool:
    """Tell whether apt's own choice of LibreOffice is too old; raises CannotInstallError where nothing newer is.

    A choice of "(none)" means that the lists have not been fetched yet: nothing is known then.
    """
    candidate = re.search(r"Candidate: (\d\S*)", apt_answer("policy", PACKAGES[0]))
    if candidate is None or read_version(candidate[1]) >= OLDEST_OFFICE:
        return False
    if release().get("ID") != "debian":
        raise CannotInstallError(f"this system's packages have LibreOffice {candidate[1]}, which is too old")
    return True


def ensure_tools(*, dry_run: bool) -> None:
    """Install what is missing, and make sure that it then is there; raises CannotInstallError."""
    if missing := missing_tools():
        print("Missing for the tests:", ", ".join(missing), flush=True)
        install(dry_run=dry_run)
    if not dry_run and (missing := missing_tools()):
        raise CannotInstallError("still missing afterwards: " + ", ".join(missing))
    print("LibreOffice and what goes with it:", "would be installed" if missing else "here", flush=True)


def install(*, dry_run: bool) -> None:
    """Install what is missing with apt; raises CannotInstallError where that is not possible."""
    if shutil.which("apt-get") is None:
        raise CannotInstallError("there is no apt-get on this system")
    if not dry_run and os.geteuid() != 0:
        raise CannotInstallError("only root may install system packages")
    run("apt-get", "update", dry_run=dry_run)
    suite = []
    if needs_backports():
        codename = release()["VERSION_CODENAME"]
        suite = ["-t", f"{codename}-backports"]
        if f"n={codename}-backports" not in apt_answer("policy"):
            add_backports(codename, dry_run=dry_run)
    run("apt-get", "install", "-y", "--no-install-recommends", *suite, *PACKAGES, dry_run=dry_run)


def add_backports(codename: str, *, dry_run: bool) -> None:
    """Add the backports of this Debian to apt's sources, and say so; taken back when they cannot be fetched."""
    source = backports_source(APT_FOLDER, codename)
    path = APT_FOLDER / "sources.list.d" / f"{codename}-backports{source.ending}"
    print(f"adding {path}, derived from the sources that this machine has:\n{source.text}", flush=True)
    if dry_run:
        return
    path.write_text(source.text, encoding="utf-8")
    try:
        run("apt-get", "update", dry_run=False)
    except CannotInstallError:
        path.unlink()
        raise


def run(*command: str, dry_run: bool) -> None:
    """Run one of apt's commands in the open; raises CannotInstallError when it fails. A dry run only shows it."""
    print("+", *command, flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    if not dry_run and subprocess.run(command, env=environment, stdout=sys.stderr, check=False).returncode:
        raise CannotInstallError(f"this command failed: {' '.join(command)}")


def advice() -> str:
    """The exact command that installs what is missing, or say where to get it on a system without apt."""
    if shutil.which("apt-get") is None:
        return f"get LibreOffice {OLDEST_TEXT} or newer from {DOWNLOAD_PAGE}, and poppler and the font Carlito"
    return f"sudo {sys.executable} {Path(__file__).resolve()}"


def main() -> int:
    """Install what is missing; give the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
    dry_run = parser.parse_args().dry_run
    try:
        ensure_tools(dry_run=dry_run)
    except CannotInstallError as error:
        print(f"Not installed: {error}.\nTo install it: {advice()}", flush=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

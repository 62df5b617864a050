"""Problems with the Python that the functions run in: it has gone, has changed, or stands where it cannot be used."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ftroi.errors import Finding
from ftroi.hosts.doctor.machine_state import AGAIN, Patient
from ftroi.hosts.xlam.support import path_findings
from ftroi.installer.carry_out import state_of
from ftroi.installer.machine import WINDOWS
from ftroi.installer.packages import installed_versions

ONEDRIVE_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_LOCAL = "choose a folder of this machine's own with --venv, and run setup_addin.py again"


def not_installed(patient: Patient) -> Iterator[Finding]:
    """Nothing was installed yet."""
    if not patient.is_installed:
        yield Finding("FT_ functions", "are not installed for this person", "run python setup_addin.py")


def steps_undone(patient: Patient) -> Iterator[Finding]:
    """A step of the installation was never finished, or what it did has gone, as when an antivirus takes the file."""
    for step in patient.steps:
        if state_of(step, patient.machine, patient.journal) == "done":
            continue
        theft = step.kind == "write_file" and not Path(step.target).exists()
        cure = f"{AGAIN}; if your antivirus takes it, have IT allow it as docs/it.md says" if theft else AGAIN
        yield Finding(step.target, f"is not as the installation left it ({step.kind.replace('_', ' ')})", cure)


def interpreter_gone(patient: Patient) -> Iterator[Finding]:
    """The Python that is written into the add-in was removed or moved, or the one that it was made from."""
    if not patient.is_installed:
        return
    interpreter, base = patient.machine.interpreter, _base_of(patient.machine.environment)
    if not interpreter.exists():
        what = "the Python that the functions run in is not there any more"
        yield Finding(str(interpreter), what, AGAIN)
    elif base and not base.is_dir():
        what = f"the Python that the environment was made from has gone ({base})"
        cure = f"remove the folder {patient.machine.environment}, and {AGAIN} with a Python that is there"
        yield Finding(str(interpreter), what, cure)


def _base_of(environment: Path) -> Path | None:
    """Read which Python an environment was made from; None where it does not say."""
    try:
        text = (environment / "pyvenv.cfg").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    found = [line.partition("=")[2].strip() for line in text.splitlines() if line.partition("=")[0].strip() == "home"]
    return Path(found[0]) if found else None


def versions_drifted(patient: Patient) -> Iterator[Finding]:
    """A package was changed after the add-in was built: Excel then looks for the library of another version."""
    built_with, now = patient.journal.versions, installed_versions(patient.machine)
    for name, version in built_with.items():
        if now and now.get(name) != version:
            what = f"the add-in was built with {name} {version}, and the environment has {now.get(name, 'none')}"
            yield Finding(str(patient.machine.environment), what, AGAIN)


def library_missing(patient: Patient) -> Iterator[Finding]:
    """The library by which Excel starts Python is not in the environment."""
    version = installed_versions(patient.machine).get("xlwings")
    if patient.machine.system != WINDOWS or not version or not patient.add_in:
        return
    for bits in sorted({32 if excel.is_32_bit else 64 for excel in patient.excels}):
        library = patient.machine.environment / f"xlwings{bits}-{version}.dll"
        if not library.exists():
            cure = f"{AGAIN}; if your antivirus takes it, have IT allow it as docs/it.md says"
            yield Finding(str(library), f"is missing; a {bits}-bit Excel starts Python by it", cure)


def in_onedrive(patient: Patient) -> Iterator[Finding]:
    """The environment is in a folder that OneDrive synchronises, which takes files away and locks them."""
    environment = _plain(patient.machine.environment)
    folders = [patient.machine.variables.get(name, "") for name in ONEDRIVE_VARIABLES]
    if any(environment.startswith(f"{_plain(folder)}/") for folder in folders if folder):
        yield Finding(str(patient.machine.environment), "ftroi's environment is in OneDrive", _LOCAL)


def odd_letters_in_the_path(patient: Patient) -> Iterator[Finding]:
    """The path to Python has letters that Excel's macros cannot write."""
    if patient.machine.system == WINDOWS:
        yield from path_findings(str(patient.machine.interpreter))


def settings_on_a_network(patient: Patient) -> Iterator[Finding]:
    """The folder that Excel starts from is on a network, which Excel does not trust by itself."""
    folder = str(patient.machine.roaming)
    if patient.machine.system == WINDOWS and folder.startswith("\\\\"):
        cure = "have IT trust Excel's start folder there (docs/it.md), or move it to this machine"
        yield Finding(folder, "this person's settings are on a network, and Excel trusts no file there", cure)


def _plain(path: object) -> str:
    """Write a path so that two of the same folder compare equal, as Windows would compare them."""
    return str(path).replace("\\", "/").rstrip("/").casefold()

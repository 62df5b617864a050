"""Problems with LibreOffice: an old version, or another Python than the environment's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ftroi.errors import Finding
from ftroi.hosts.doctor.machine_state import Patient
from ftroi.installer.libre_office import OLDEST, SYSTEM_PATH, environment_python, find_office
from ftroi.installer.machine import LINUX, WINDOWS


def office_too_old(patient: Patient) -> Iterator[Finding]:
    """LibreOffice is older than the first that finds an add-in's functions in a workbook's file."""
    office = find_office(patient.machine)
    if office and office.version and office.is_too_old and patient.machine.system != WINDOWS:
        what = f"LibreOffice {_dotted(office.version)} shows #NAME? for the functions of a workbook that it opens"
        yield Finding(str(office.programs), what, f"install LibreOffice {_dotted(OLDEST)} or newer")


def office_python_differs(patient: Patient) -> Iterator[Finding]:
    """LibreOffice runs another Python than the one that ftroi was installed with."""
    office = find_office(patient.machine)
    own = environment_python(patient.machine)
    if office and office.python and office.python != own and patient.machine.system != WINDOWS:
        what = f"LibreOffice runs Python {_dotted(office.python)}, and ftroi's environment has {_dotted(own)}"
        cure = f"run setup_addin.py with python{_dotted(office.python)}, and another folder for --venv"
        yield Finding(str(office.programs), what, cure)


def other_python_first(patient: Patient) -> Iterator[Finding]:
    """Another Python comes first on PATH: LibreOffice, started from such a terminal, loses the add-in in silence."""
    office = find_office(patient.machine)
    if patient.machine.system != LINUX or not office:
        return
    folders = [Path(name) for name in patient.machine.variables.get("PATH", "").split(":") if name]
    first = next((folder for folder in folders if (folder / "python3").exists()), None)
    if first and first not in {patient.machine.root / name.lstrip("/") for name in SYSTEM_PATH.split(":")}:
        cure = f"start it from the desktop's menu, or as: PATH={SYSTEM_PATH} soffice"
        yield Finding(str(first), "a Python there comes first on PATH, and LibreOffice then finds no functions", cure)


def _dotted(version: tuple[int, int]) -> str:
    return ".".join(str(number) for number in version)

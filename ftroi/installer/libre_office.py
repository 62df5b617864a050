"""LibreOffice: finding it, the version of its Python, and adding an extension for one user."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from ftroi.installer.machine import LINUX, MAC, WINDOWS, Machine
from ftroi.installer.operations import Operation

EXTENSION = "ftroi.oxt"
IDENTIFIER = "org.ftroi.sheet"
OLDEST = (25, 2)
SYSTEM_PATH = "/usr/bin:/bin"
"""The PATH that LibreOffice is started with: another Python first on it would keep the add-in from loading."""

_LINUX_FOLDERS = ("usr/lib/libreoffice/program", "usr/lib64/libreoffice/program")
_MAC_FOLDER = "Applications/LibreOffice.app/Contents"
_WINDOWS_FOLDERS = ("Program Files/LibreOffice/program", "Program Files (x86)/LibreOffice/program")
_PYTHON = re.compile(r"python(?:-core-)?(\d+)\.(\d+)")
_LIST = "uno_packages.pmap"
_NUMBERS = re.compile(r"(\d+)\.(\d+)")


@dataclass(frozen=True)
class LibreOffice:
    """An installed LibreOffice; `version` and `python` are None if they are unknown."""

    programs: Path
    version: tuple[int, int] | None
    python: tuple[int, int] | None

    @property
    def is_too_old(self) -> bool:
        """Say whether it is older than the first version that resolves an add-in's functions in a saved workbook."""
        return self.version is not None and self.version < OLDEST


def find_office(machine: Machine) -> LibreOffice | None:
    """The newest LibreOffice of a machine; None if there is none."""
    found = [folder for folder in _program_folders(machine) if _unopkg(folder, machine).exists()]
    offices = [LibreOffice(folder, _version(folder), _python(folder, machine)) for folder in found]
    return max(offices, key=lambda office: office.version or (0, 0), default=None)


def _program_folders(machine: Machine) -> list[Path]:
    if machine.system == MAC:
        return [machine.root / _MAC_FOLDER / "MacOS", machine.home / _MAC_FOLDER / "MacOS"]
    if machine.system == WINDOWS:
        return [machine.root / folder for folder in _WINDOWS_FOLDERS]
    own = sorted((machine.root / "opt").glob("libreoffice*/program"))
    return [*(machine.root / folder for folder in _LINUX_FOLDERS), *own]


def _unopkg(programs: Path, machine: Machine) -> Path:
    return programs / ("unopkg.exe" if machine.system == WINDOWS else "unopkg")


def _version(programs: Path) -> tuple[int, int] | None:
    """The version in LibreOffice's own settings; None if it cannot be read."""
    for folder in (programs, programs.parent / "Resources"):
        try:
            text = (folder / "bootstraprc").read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        found = _NUMBERS.search(next((line for line in text.splitlines() if line.startswith("ProductKey=")), ""))
        return (int(found[1]), int(found[2])) if found else None
    return None


def _python(programs: Path, machine: Machine) -> tuple[int, int] | None:
    """The version of the Python that LibreOffice uses: its own, or else the system's."""
    framework = programs.parent / "Frameworks/LibreOfficePython.framework/Versions"
    own = [f"python{path.name}" for path in framework.glob("[0-9]*.[0-9]*")]
    names = own + [path.name for path in programs.glob("python-core-*")]
    if not names and machine.system == LINUX:
        names = [str((machine.root / "usr/bin/python3").resolve().name)]
    found = [match for name in sorted(names) if (match := _PYTHON.match(name))]
    return (int(found[-1][1]), int(found[-1][2])) if found else None


def environment_python(machine: Machine) -> tuple[int, int]:
    """The version of the environment's Python; before it is created, that of the Python that will create it."""
    try:
        text = (machine.environment / "pyvenv.cfg").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return machine.python
    line = next((line for line in text.splitlines() if line.startswith("version")), "")
    found = _NUMBERS.search(line)
    return (int(found[1]), int(found[2])) if found else machine.python


def remark(machine: Machine) -> str:
    """The explanation for the user why nothing is installed into LibreOffice; "" if something is."""
    office = find_office(machine)
    if office is None:
        return "LibreOffice was not found on this machine."
    if machine.system == WINDOWS:
        return "LibreOffice on Windows runs a Python of its own, which cannot load ftroi: the functions are for Excel."
    if office.is_too_old:
        return (
            f"LibreOffice {_dotted(office.version)} is too old: it does not find the functions of an add-in in a "
            f"workbook's file. Install {_dotted(OLDEST)} or newer."
        )
    wanted, own = office.python, environment_python(machine)
    if wanted is None or wanted == own:
        return ""
    return (
        f"LibreOffice runs Python {_dotted(wanted)}, and ftroi's environment has {_dotted(own)}: they must be the "
        f"same. Run setup_addin.py with python{_dotted(wanted)}, and another folder for --venv."
    )


def _dotted(version: tuple[int, int] | None) -> str:
    return ".".join(str(number) for number in version or ())


# --- the extension -----------------------------------------------------------------------------------------


def packages_folder(machine: Machine) -> Path:
    """The folder in which LibreOffice stores this user's extensions."""
    profile = (
        machine.home / "Library/Application Support/LibreOffice"
        if machine.system == MAC
        else machine.folder("XDG_CONFIG_HOME", ".config") / "libreoffice"
    )
    return profile / "4/user/uno_packages/cache"


def remove_copies(machine: Machine) -> list[Operation]:
    """The steps that remove unpacked copies of the extension, which LibreOffice would leave until its next start."""
    packages = packages_folder(machine)
    folders = (packages / "uno_packages", packages.parent.parent / "extensions/tmp/extensions")
    return [Operation("remove_copies", str(folder), name=EXTENSION) for folder in folders]


def add_extension(machine: Machine, office: LibreOffice) -> Operation:
    """The step that adds the extension for this user, replacing an earlier one."""
    extension = str(machine.built / EXTENSION)
    start = _start(machine, office)
    return Operation(
        "run",
        str(packages_folder(machine)),
        source=extension,
        command=(*start, "add", "--suppress-license", "-f", extension),
        undo=(*start, "remove", IDENTIFIER),
        proof=str(packages_folder(machine) / _LIST),
    )


def _start(machine: Machine, office: LibreOffice) -> tuple[str, ...]:
    """The command that starts LibreOffice's program for extensions; as root it needs another user namespace."""
    own_names = ("unshare", "-U") if machine.is_root and machine.system == LINUX else ()
    return (*own_names, "env", f"PATH={SYSTEM_PATH}", str(_unopkg(office.programs, machine)))

"""Made-up machines: real folders below a test's own, a registry in memory behind the real code for Windows', and
programs that only note what they are asked to do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Self

from ftroi.installer import Machine
from ftroi.installer.registry import NoRegistry, WindowsRegistry

EXCEL = r"C:\Program Files\Microsoft Office\root\Office16\EXCEL.EXE"
APP_PATHS = r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
CLICK_TO_RUN = r"HKLM\SOFTWARE\Microsoft\Office\ClickToRun\Configuration"
OPTIONS = r"HKCU\Software\Microsoft\Office\16.0\Excel\Options"
EXCEL_KEYS: dict[str, dict[str, object]] = {
    APP_PATHS: {"": EXCEL},
    CLICK_TO_RUN: {
        "InstallationPath": r"C:\Program Files\Microsoft Office",
        "Platform": "x64",
        "VersionToReport": "16.0.18129.20158",
    },
}
LONG_NAMES = {"HKCU": "HKEY_CURRENT_USER", "HKLM": "HKEY_LOCAL_MACHINE"}


class MadeUpWinreg:
    """What Python's module `winreg` offers, over keys in memory; names of keys and values match in any case."""

    KEY_READ, KEY_WRITE, KEY_WOW64_64KEY, REG_SZ = 1, 2, 256, 1
    HKEY_CURRENT_USER, HKEY_LOCAL_MACHINE = LONG_NAMES.values()

    def __init__(self, keys: Mapping[str, Mapping[str, object]]) -> None:
        """Take the keys with their values; keys above them are there too."""
        self.keys: dict[str, dict[str, object]] = {root: {} for root in LONG_NAMES.values()}
        for key, values in keys.items():
            root, _, path = key.partition("\\")
            self.CreateKeyEx(LONG_NAMES[root], path, 0, 0)
            self.keys[self._found(LONG_NAMES[root], path)].update(values)

    def _found(self, root: str, path: str) -> str:
        wanted = f"{root}\\{path}".lower()
        for key in self.keys:
            if key.lower() == wanted:
                return key
        raise FileNotFoundError(2, "The system cannot find the file specified")

    def _handle(self, key: str) -> Any:
        handle = SimpleNamespace(key=key, Close=lambda: None)
        return Handle(handle)

    def OpenKey(self, root: str, path: str, _reserved: int, _rights: int) -> Any:  # noqa: N802 - winreg's name
        return self._handle(self._found(root, path))

    def CreateKeyEx(self, root: str, path: str, _reserved: int, _rights: int) -> Any:  # noqa: N802 - winreg's name
        parts = path.split("\\")
        for count in range(1, len(parts) + 1):
            part = "\\".join(parts[:count])
            try:
                key = self._found(root, part)
            except FileNotFoundError:
                key = f"{root}\\{part}"
                self.keys[key] = {}
        return self._handle(key)

    def DeleteKeyEx(self, root: str, path: str, _rights: int) -> None:  # noqa: N802 - winreg's name
        key = self._found(root, path)
        if any(other.startswith(f"{key}\\") for other in self.keys):
            raise PermissionError(5, "Access is denied")
        del self.keys[key]

    def EnumValue(self, handle: Any, number: int) -> tuple[str, object, int]:  # noqa: N802 - winreg's name
        values = list(self.keys[handle.key].items())
        if number >= len(values):
            raise OSError(259, "No more data is available")
        return (*values[number], self.REG_SZ)

    def EnumKey(self, handle: Any, number: int) -> str:  # noqa: N802 - winreg's name
        start = f"{handle.key}\\"
        names = [key[len(start) :] for key in self.keys if key.startswith(start) and "\\" not in key[len(start) :]]
        if number >= len(names):
            raise OSError(259, "No more data is available")
        return names[number]

    def SetValueEx(self, handle: Any, name: str, _reserved: int, _kind: int, value: object) -> None:  # noqa: N802 - winreg's
        self.keys[handle.key][name] = value

    def DeleteValue(self, handle: Any, name: str) -> None:  # noqa: N802 - winreg's name
        if name not in self.keys[handle.key]:
            raise FileNotFoundError(2, "The system cannot find the file specified")
        del self.keys[handle.key][name]

    def values(self, key: str) -> dict[str, object]:
        """A key's values, for a test to compare."""
        root, _, path = key.partition("\\")
        return dict(self.keys[self._found(LONG_NAMES[root], path)])


class Handle:
    """An open key, which closes at the end of a `with` block."""

    def __init__(self, opened: Any) -> None:
        """Take what the handle stands for."""
        self.key = opened.key

    def Close(self) -> None:  # noqa: N802 - winreg's name
        """Do nothing."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.Close()


@dataclass
class Programs:
    """Programs that a machine runs: `addin build` writes the add-in that is asked for, `unopkg` keeps extensions."""

    packages: Path
    build: str = "first build"
    failing: str = ""  # a word of the command that fails
    asked: list[str] = field(default_factory=list)

    def __call__(self, command: Sequence[str], _variables: Mapping[str, str]) -> tuple[int, str]:
        line = " ".join(command)
        self.asked.append(line)
        if self.failing and self.failing in line:
            return 1, "ERROR: it is in use\n"
        if "addin build" in line:
            name = {"excel": "ftroi.xlam", "calc": "ftroi.oxt"}[command[command.index("--host") + 1]]
            (Path(command[-1]) / name).write_text(f"{name}, {self.build}", encoding="utf-8")
        elif " add " in line:
            self._add(Path(command[-1]))
        elif " remove " in line:
            (self.packages / "uno_packages.pmap").write_bytes(b"Pmp1")
        return 0, ""

    def _add(self, extension: Path) -> None:
        folder = self.packages / "uno_packages" / "lu1.tmp_"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / extension.name).write_bytes(extension.read_bytes())
        (self.packages / "uno_packages.pmap").write_bytes(b"Pmp1 org.ftroi.sheet lu1.tmp ftroi.oxt")


def make_environment(folder: Path, system: str, version: str = "3.12.4") -> Path:
    """Make what an environment looks like, with the packages that the add-ins depend on."""
    windows = system == "Windows"
    python = folder / ("Scripts/python.exe" if windows else "bin/python")
    site = folder / ("Lib/site-packages" if windows else f"lib/python{version.rsplit('.', 1)[0]}/site-packages")
    for name in ("ftroi-0.1.0", "numpy-2.4.1", "xlwings-0.37.8"):
        (site / f"{name}.dist-info").mkdir(parents=True)
    python.parent.mkdir(parents=True)
    python.touch()
    base = folder.parent / "base-python"
    base.mkdir(exist_ok=True)
    (folder / "pyvenv.cfg").write_text(f"home = {base}\nversion = {version}\n", encoding="utf-8")
    if windows:
        for bits in (32, 64):
            (folder / f"xlwings{bits}-0.37.8.dll").touch()
    return folder


def windows(folder: Path, keys: Mapping[str, Mapping[str, object]] | None = None) -> tuple[Machine, MadeUpWinreg]:
    """Make up a Windows machine; without `keys` it has one Excel, and one that has been run."""
    home = folder / "home"
    (home / "AppData/Roaming/Microsoft/Excel/XLSTART").mkdir(parents=True)
    (home / "AppData/Local").mkdir()
    api = MadeUpWinreg({**EXCEL_KEYS, OPTIONS: {}} if keys is None else keys)
    machine = Machine(
        system="Windows",
        home=home,
        environment=make_environment(folder / "ftroi" / ".venv", "Windows"),
        variables={"APPDATA": str(home / "AppData/Roaming"), "LOCALAPPDATA": str(home / "AppData/Local")},
        registry=WindowsRegistry(api),
        root=folder / "root",
        run=Programs(home / "none"),
    )
    return machine, api


def linux(folder: Path, version: str = "25.2", python: str = "3.12") -> Machine:
    """Make up a Linux machine with LibreOffice."""
    home = folder / "home"
    home.mkdir(parents=True)
    programs = folder / "root/usr/lib/libreoffice/program"
    programs.mkdir(parents=True)
    (programs / "unopkg").touch()
    (programs / "bootstraprc").write_text(f"[Bootstrap]\nProductKey=LibreOffice {version}\n", encoding="utf-8")
    (folder / "root/usr/bin").mkdir(parents=True)
    (folder / f"root/usr/bin/python{python}").touch()
    (folder / "root/usr/bin/python3").symlink_to(f"python{python}")
    return Machine(
        system="Linux",
        home=home,
        environment=make_environment(folder / "ftroi" / ".venv", "Linux"),
        variables={"PATH": str(folder / "root/usr/bin")},
        registry=NoRegistry(),
        root=folder / "root",
        run=Programs(home / ".config/libreoffice/4/user/uno_packages/cache"),
    )


def mac(folder: Path, python: str = "3.12") -> Machine:
    """Make up a Mac with LibreOffice, which brings a Python of its own."""
    home = folder / "home"
    (home / "Library/Application Support").mkdir(parents=True)
    contents = folder / "root/Applications/LibreOffice.app/Contents"
    (contents / "MacOS").mkdir(parents=True)
    (contents / "Resources").mkdir()
    (contents / "MacOS/unopkg").touch()
    (contents / "Resources/bootstraprc").write_text("ProductKey=LibreOffice 25.8\n", encoding="utf-8")
    (contents / f"Frameworks/LibreOfficePython.framework/Versions/{python}").mkdir(parents=True)
    return Machine(
        system="Darwin",
        home=home,
        environment=make_environment(folder / "ftroi" / ".venv", "Darwin"),
        registry=NoRegistry(),
        root=folder / "root",
        run=Programs(home / "Library/Application Support/LibreOffice/4/user/uno_packages/cache"),
    )


def programs_of(machine: Machine) -> Programs:
    """The made-up programs of a machine."""
    assert isinstance(machine.run, Programs)
    return machine.run


def snapshot(folder: Path) -> dict[str, str]:
    """Every file below a folder with its text, and every folder with "/"."""
    return {
        path.relative_to(folder).as_posix(): "/" if path.is_dir() else path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
    }

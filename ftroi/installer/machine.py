"""The machine that ftroi is installed on: everything on which installing depends, so that tests can simulate it."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ftroi.installer.registry import NoRegistry, Registry, WindowsRegistry

Runner = Callable[[Sequence[str], Mapping[str, str]], tuple[int, str]]

WINDOWS, MAC, LINUX = "Windows", "Darwin", "Linux"
HOME_VARIABLE = "FTROI_HOME"


def run_command(command: Sequence[str], variables: Mapping[str, str]) -> tuple[int, str]:
    """Run a command without a window, with only these environment variables; returns exit code and output."""
    try:
        done = subprocess.run(  # noqa: S603 - the installer's own commands, never a shell's
            command,
            env=dict(variables),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except OSError as error:
        return 1, str(error)
    return done.returncode, done.stdout


@dataclass(frozen=True)
class Machine:
    """One user's account on one machine.

    `environment` is the Python environment that ftroi is installed in; `root` is the root of the file system; `python`
    is the version of the running Python, such as (3, 12).
    """

    system: str
    home: Path
    environment: Path
    variables: Mapping[str, str] = field(default_factory=dict)
    registry: Registry = field(default_factory=NoRegistry)
    root: Path = Path("/")
    python: tuple[int, int] = (sys.version_info.major, sys.version_info.minor)
    is_root: bool = False
    run: Runner = run_command

    @property
    def interpreter(self) -> Path:
        """The environment's Python, whose path is written into the add-ins."""
        return self.environment / ("Scripts/python.exe" if self.system == WINDOWS else "bin/python")

    @property
    def built(self) -> Path:
        """The folder that the add-ins are built into."""
        return self.environment / "ftroi-addin"

    @property
    def roaming(self) -> Path:
        """Windows' folder for roaming settings (%APPDATA%)."""
        return self.folder("APPDATA", "AppData/Roaming")

    @property
    def settings(self) -> Path:
        """The folder for this user's data, the same as `ftroi.resources.user_folder`."""
        if named := self.variables.get(HOME_VARIABLE):
            return Path(named).expanduser()
        places = {
            WINDOWS: lambda: self.folder("LOCALAPPDATA", "AppData/Local"),
            MAC: lambda: self.home / "Library/Application Support",
        }
        return places.get(self.system, lambda: self.folder("XDG_CONFIG_HOME", ".config"))() / "ftroi"

    @property
    def cache(self) -> Path:
        """The folder for what ftroi can regenerate (compiled code); the same as `ftroi.resources.cache_folder`."""
        if self.variables.get(HOME_VARIABLE):
            return self.settings / "cache"
        places = {
            WINDOWS: lambda: self.folder("LOCALAPPDATA", "AppData/Local") / "ftroi" / "Cache",
            MAC: lambda: self.home / "Library/Caches" / "ftroi",
        }
        return places.get(self.system, lambda: self.folder("XDG_CACHE_HOME", ".cache") / "ftroi")()

    def folder(self, variable: str, below_home: str) -> Path:
        """The folder in an environment variable, or else one below the home folder."""
        named = self.variables.get(variable, "").strip()
        return Path(named) if named else self.home / below_home

    def run_as_user(self, command: Sequence[str]) -> tuple[int, str]:
        """Run a command with this user's environment; returns exit code and output."""
        return self.run(command, {**self.variables, "HOME": str(self.home), "PYTHONUTF8": "1"})


def this_machine(environment: Path) -> Machine:
    """The machine and user account that this process runs on."""
    return Machine(
        system=platform.system(),
        home=Path.home(),
        environment=environment,
        variables=dict(os.environ),
        registry=_registry(),
        is_root=hasattr(os, "geteuid") and os.geteuid() == 0,
    )


def _registry() -> Registry:
    """The Windows registry, or an empty one on other systems."""
    try:
        import winreg
    except ImportError:
        return NoRegistry()
    return WindowsRegistry(winreg)

"""Excel on Windows: finding it, and the two ways in which it loads an add-in at start.

Excel opens all files in its start folder (XLSTART), and all add-ins in the registry values OPEN, OPEN1, OPEN2, ...
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path, PureWindowsPath

from ftroi.installer.machine import MAC, WINDOWS, Machine
from ftroi.installer.operations import Operation
from ftroi.installer.registry import MACHINE, USER, Value, read_text

ADD_IN = "ftroi.xlam"
OPTIONS_KEY = rf"{USER}\Software\Microsoft\Office\16.0\Excel\Options"
CLICK_TO_RUN_KEY = rf"{MACHINE}\SOFTWARE\Microsoft\Office\ClickToRun\Configuration"
_PROGRAM_KEY = r"Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
_PROGRAM_KEYS = (rf"{USER}\Software\{_PROGRAM_KEY}", rf"{MACHINE}\SOFTWARE\{_PROGRAM_KEY}")
_OLD_KEYS = tuple(
    rf"{MACHINE}\SOFTWARE\{view}Microsoft\Office\{version}.0\Excel\InstallRoot"
    for version in (16, 15, 14)
    for view in ("", "WOW6432Node\\")
)
_SLOT = re.compile(r"OPEN(\d*)", re.IGNORECASE)


@dataclass(frozen=True)
class Excel:
    """An installed Excel: its program, its version ("" if unknown), and whether it is 32-bit."""

    program: PureWindowsPath
    version: str = ""
    is_32_bit: bool = False

    @property
    def is_store_edition(self) -> bool:
        """Say whether it is the edition of the Microsoft Store, whose files and registry keys are virtualised."""
        return "windowsapps" in (part.lower() for part in self.program.parts)


def find_excels(machine: Machine) -> list[Excel]:
    """All Excel programs of a Windows machine; the one that Windows starts comes first."""
    if machine.system != WINDOWS:
        return []
    registry = machine.registry
    paths = [read_text(registry, key).strip('"') for key in _PROGRAM_KEYS]
    if folder := read_text(registry, CLICK_TO_RUN_KEY, "InstallationPath"):
        paths.append(str(PureWindowsPath(folder, "root", "Office16", "EXCEL.EXE")))
    roots = [read_text(registry, key, "Path") for key in _OLD_KEYS]
    paths += [str(PureWindowsPath(root, "EXCEL.EXE")) for root in roots if root]
    programs = {PureWindowsPath(path): None for path in paths if path}  # Windows' paths are equal in any case
    return [_described(program, machine) for program in programs]


def _described(program: PureWindowsPath, machine: Machine) -> Excel:
    """An Excel with the details that the registry has on a Click-to-Run installation."""
    folder = read_text(machine.registry, CLICK_TO_RUN_KEY, "InstallationPath")
    if not folder or PureWindowsPath(folder) not in program.parents:
        return Excel(program, is_32_bit="Program Files (x86)" in str(program))
    version = read_text(machine.registry, CLICK_TO_RUN_KEY, "VersionToReport")
    return Excel(program, version, read_text(machine.registry, CLICK_TO_RUN_KEY, "Platform") == "x86")


def remark(machine: Machine) -> str:
    """The explanation for the user why nothing is installed into Excel; "" if something is."""
    if machine.system == MAC:
        return (
            "Excel on a Mac cannot run the FT_ functions of this add-in, which want Windows. What works there: every "
            "workbook as it is, for each figure is a formula of Excel's own, and the command ftroi."
        )
    if machine.system != WINDOWS:
        return "" if machine.system == "Linux" else f"Excel is not looked for on {machine.system}."
    return "" if find_excels(machine) else "Excel was not found on this machine."


# --- where the add-in goes ---------------------------------------------------------------------------------


def add_in_path(machine: Machine, *, in_add_ins: bool) -> Path:
    """The path of the add-in: in the start folder or in that of add-ins, which needs a registry value."""
    folder = "Microsoft/AddIns" if in_add_ins else "Microsoft/Excel/XLSTART"
    return machine.roaming / folder / ADD_IN


def set_slot(machine: Machine, add_in: Path) -> Operation:
    """The step that makes Excel open the add-in: it sets the value that does so already, or else the next free one.

    Excel reads OPEN, OPEN1, OPEN2 ... up to the first that is missing.
    """
    text = slot_text(add_in)
    slots = _slots(machine.registry.values(OPTIONS_KEY))
    name = next((name for name, value in slots.items() if value == text), _slot_name(len(slots)))
    return Operation("set_key", OPTIONS_KEY, name=name, source=text)


def clear_slot(machine: Machine, text: str) -> list[Operation]:
    """The steps that delete our value and renumber those after it, so that Excel still finds them."""
    slots = _slots(machine.registry.values(OPTIONS_KEY))
    ours = [name for name, value in slots.items() if value == text]
    if not ours:
        return []
    names = list(slots)[list(slots).index(ours[0]) :]
    moved = [
        Operation("set_key", OPTIONS_KEY, name=name, source=str(slots[behind])) for name, behind in pairwise(names)
    ]
    return [*moved, Operation("delete_key", OPTIONS_KEY, name=names[-1])]


def slot_text(add_in: Path) -> str:
    """The registry value that makes Excel open an add-in."""
    return f'/R "{add_in}"'


def _slot_name(number: int) -> str:
    return f"OPEN{number or ''}"


def _slots(values: Mapping[str, Value]) -> dict[str, Value]:
    """The values that Excel reads, in order, up to the first that is missing."""
    numbered = {int(found[1] or 0): name for name in values if (found := _SLOT.fullmatch(name))}
    names: list[str] = []
    while len(names) in numbered:
        names.append(numbered[len(names)])
    return {name: values[name] for name in names}

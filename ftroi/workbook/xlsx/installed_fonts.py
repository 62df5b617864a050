"""Which fonts this machine has, as far as it can be asked.

A workbook names its font, and every program shows another one where that is not installed. Fontconfig knows the fonts
of Linux, the registry those of Windows. macOS has no list that can be read quickly, and nothing is said there.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib import import_module
from typing import Any

_SECONDS = 10
_WINDOWS_FONTS = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Fonts"


def is_installed(font: str) -> bool | None:
    """Say whether a font is installed here, None where it cannot be known."""
    families = _windows_fonts() if sys.platform == "win32" else _fontconfig_families()
    wanted = font.casefold()
    # Windows lists "Segoe UI Bold (TrueType)" and "Cambria & Cambria Math (TrueType)": a family begins a name of these.
    return any(one == wanted or one.startswith(f"{wanted} ") for one in families) if families else None


def _fontconfig_families() -> list[str]:
    """The families that fontconfig lists; none where it is not there or does not answer."""
    program = shutil.which("fc-list")
    if program is None:
        return []
    try:
        listed = subprocess.run(  # noqa: S603 - the system's own program, and nothing of the user's is handed to it
            [program, ":", "family"], capture_output=True, text=True, timeout=_SECONDS, check=True, errors="replace"
        )
    except (OSError, subprocess.SubprocessError):
        return []
    return [name.strip().casefold() for line in listed.stdout.splitlines() for name in line.split(",")]


def _windows_fonts() -> list[str]:
    """The names under which Windows lists its fonts, for all and for this user."""
    winreg: Any = import_module("winreg")  # of Windows alone
    found: list[str] = []
    for root in (winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER):
        try:
            with winreg.OpenKey(root, _WINDOWS_FONTS) as key:
                names = [winreg.EnumValue(key, number)[0] for number in range(winreg.QueryInfoKey(key)[1])]
        except OSError:
            continue
        found += [one.strip().casefold() for name in names for one in name.split("&")]
    return found

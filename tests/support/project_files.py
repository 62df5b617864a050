"""Which files the conventions are held against, and what of this machine must not stand in them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.support.house_style import ROOT

# Not an address of anybody's registry.
PUBLIC_HOSTS = {"localhost"}
TEXTS = {".py", ".toml", ".md", ".txt", ".json", ".cfg", ".yml", ".yaml", ".html", ".xml", ".csv", ""}


def project_files() -> list[Path]:
    """Every file that is or would be part of the project, as git sees it (an unpacked archive has no git)."""
    if (ROOT / ".git").exists():
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
        paths = [ROOT / name for name in listed if name]
    else:
        parts = ("ftroi", "templates", "tests", "docs", ".ci")
        paths = [path for part in parts for path in (ROOT / part).rglob("*") if "__pycache__" not in path.parts]
        paths += list(ROOT.glob("*"))
    return sorted(path for path in paths if path.is_file())


def texts() -> Iterator[tuple[str, str]]:
    """Go through the project's text files: the name from the project's folder, and the text."""
    for path in project_files():
        if path.suffix in TEXTS:
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def sources(folder: str = "") -> Iterator[tuple[str, str]]:
    """Go through the Python files below `folder`."""
    return ((name, text) for name, text in texts() if name.endswith(".py") and name.startswith(folder))


def module_name(name: str) -> tuple[str, bool]:
    """Turn a file's name into a module's, and tell whether it is a package."""
    parts = name.removesuffix(".py").split("/")
    is_package = parts[-1] == "__init__"
    return ".".join(parts[:-1] if is_package else parts), is_package


def machine_hosts() -> set[str]:
    """The hosts that this machine gets packages from (a company's mirror, say)."""
    command = [sys.executable, "-m", "pip", "config", "list"]
    settings = [subprocess.run(command, capture_output=True, text=True, check=False).stdout]
    settings += [value for name, value in os.environ.items() if name.startswith("PIP_")]
    apt = Path("/etc/apt")
    files = [apt / "sources.list", *apt.glob("sources.list.d/*")]
    settings += [path.read_text(encoding="utf-8", errors="replace") for path in files if path.is_file()]
    found = re.findall(r"https?://(?:[^@/\s']*@)?([\w-]+(?:\.[\w-]+)+)", "\n".join(settings))
    return set(found) - PUBLIC_HOSTS

"""A project's folder of its own, in which the script can do no harm."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest

import ftroi.installer.environment
import setup_addin
from ftroi import installer
from ftroi.installer import Machine
from ftroi.installer.environment import Environment
from tests.support.machines import linux


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a project's folder of its own for the script."""
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "pyproject.toml").write_text("[project]\nname = 'ftroi'\nversion = '0'\n", encoding="utf-8")
    monkeypatch.setattr(setup_addin, "ROOT", folder)
    monkeypatch.setattr(setup_addin, "DEMO", folder / "demo.xlsx")
    return folder


@pytest.fixture(autouse=True)
def machine(project: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """Make up the machine that the script runs on: Linux, with LibreOffice and the project's environment."""
    made = linux(project.parent / "machine", python="{}.{}".format(*sys.version_info[:2]))
    monkeypatch.setattr(installer, "this_machine", lambda folder: replace(made, environment=folder))
    return made


@pytest.fixture
def environment(project: Path) -> Environment:
    """The place of the project's environment, which is not made yet."""
    return Environment(project / ".venv", project, tell=setup_addin.say)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, environment: Environment) -> list[str]:
    """Let venv and pip succeed without doing anything; give the list of what they were asked."""
    noted: list[str] = []

    def succeed(command: Iterable[str], _folder: Path, _notice: Callable[[str], None] = print) -> tuple[int, str]:
        command = list(command)
        if "-c" not in command:  # the question whether the environment works
            noted.append(" ".join(str(part) for part in command[1:]))
        environment.python.parent.mkdir(parents=True, exist_ok=True)
        environment.python.touch()
        return 0, ""

    monkeypatch.setattr(ftroi.installer.environment, "answer", succeed)
    return noted

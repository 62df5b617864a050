"""A project's folder of its own, in which the script can do no harm."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import setup_addin
from setup_addin import Environment


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a project's folder of its own for the script."""
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "pyproject.toml").write_text("[project]\nname = 'ftroi'\nversion = '0'\n", encoding="utf-8")
    monkeypatch.setattr(setup_addin, "ROOT", folder)
    monkeypatch.setattr(setup_addin, "DEMO", folder / "demo.xlsx")
    return folder


@pytest.fixture
def environment(project: Path) -> Environment:
    """Give the place of the project's environment, which is not made yet."""
    return Environment(project / ".venv")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, environment: Environment) -> list[str]:
    """Let venv and pip succeed without doing anything; give the list of what they were asked."""
    noted: list[str] = []

    def succeed(command: list[object], _notice: Callable[[str], None] = print) -> tuple[int, str]:
        if "-c" not in command:  # the question whether the environment works
            noted.append(" ".join(str(part) for part in command[1:]))
        environment.python.parent.mkdir(parents=True, exist_ok=True)
        environment.python.touch()
        return 0, ""

    monkeypatch.setattr(setup_addin, "answer", succeed)
    return noted

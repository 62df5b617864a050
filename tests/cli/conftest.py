"""What the tests of the command line share: a home of their own, and running it in this process."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.running import Ftroi


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the person's own registered templates and logs out of the tests."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("FTROI_HOME", str(folder))
    monkeypatch.setenv("COLUMNS", "100")
    return folder


@pytest.fixture
def ftroi(capsys: pytest.CaptureFixture[str]) -> Ftroi:
    """The command line."""
    return Ftroi(capsys)

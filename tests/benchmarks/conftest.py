"""What the benchmarks share."""

from __future__ import annotations

import pytest

from tests.support.timing import Report


@pytest.fixture
def report(capsys: pytest.CaptureFixture[str]) -> Report:
    """Print a line past pytest's capturing."""

    def line(text: str) -> None:
        with capsys.disabled():
            print(f"\n{text}", end="", flush=True)  # noqa: T201 - the figures are what the run is for

    return line

"""A made-up machine of each system."""

from __future__ import annotations

from pathlib import Path

import pytest

from ftroi.installer import Machine
from tests.support.machines import linux, mac, windows


@pytest.fixture(params=["Windows", "Linux", "Darwin"])
def machine(request: pytest.FixtureRequest, tmp_path: Path) -> Machine:
    """A made-up machine of each system."""
    makers = {"Windows": lambda folder: windows(folder)[0], "Linux": linux, "Darwin": mac}
    return makers[request.param](tmp_path)

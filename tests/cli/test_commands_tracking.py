"""The commands of tracking: each has help with an example, and none loads what it does not use."""

from __future__ import annotations

import pytest

from ftroi.cli import commands_tracking
from ftroi.cli.program import COMMANDS
from tests.support.running import Ftroi

NAMES = [name for name, command in COMMANDS.items() if command.__module__ == commands_tracking.__name__]


@pytest.mark.parametrize("name", NAMES)
def test_help_has_an_example_and_json(name: str, ftroi: Ftroi) -> None:
    out = ftroi.done(name, "--help").out
    assert f"ftroi {name} " in out.partition("Example")[2]
    assert "--json" in out

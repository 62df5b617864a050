"""The table of commands is whole: what the modules of commands define is in it, and it alone makes the program."""

from __future__ import annotations

import inspect

import typer
from typer.main import get_command

from ftroi.cli import commands, commands_addin, commands_risk, commands_tracking
from ftroi.cli.program import COMMANDS, GROUPS, program


def test_every_command_that_is_defined_is_in_the_table() -> None:
    modules = (commands, commands_addin, commands_risk, commands_tracking)
    defined = {
        function
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    }
    assert defined == set(COMMANDS.values())


def test_the_program_has_the_tables_commands_in_its_order() -> None:
    found = get_command(program())
    assert isinstance(found, typer.core.TyperGroup)
    assert list(found.commands) == [*(one for one in COMMANDS if " " not in one), *GROUPS]
    for group in GROUPS:
        inner = found.commands[group]
        assert isinstance(inner, typer.core.TyperGroup)
        assert [f"{group} {name}" for name in inner.commands] == [
            one for one in COMMANDS if one.startswith(f"{group} ")
        ]


def test_every_group_of_a_command_has_its_help() -> None:
    assert {words.split()[0] for words in COMMANDS if " " in words} == set(GROUPS)

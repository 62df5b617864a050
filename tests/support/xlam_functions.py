"""A few functions in the shape of the registry's, and the add-in built of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PureWindowsPath

INTERPRETER = PureWindowsPath(r"C:\Users\Zoë Li\ftroi & more\python.exe")


@dataclass(frozen=True)
class Argument:
    name: str
    help: str
    is_optional: bool


@dataclass(frozen=True)
class Function:
    name: str
    arguments: tuple[Argument, ...]
    help: str
    gives_table: bool = False


INPUTS = Argument("inputs", "The range FT_Inputs.", is_optional=True)
OPTION = Argument("option", "An option of the plan.", is_optional=True)
ITEM = Argument("item", "A line or a category.", is_optional=False)
GATES = Argument("gates", "The range FT_GateTable.", is_optional=True)
FUNCTIONS = (
    Function("FT_TCO", (INPUTS, OPTION), "The whole cost of the option's life."),
    Function("FT_COST", (ITEM, INPUTS, OPTION), 'The cost of one line, "as planned".'),
    Function("FT_GATES", (INPUTS, OPTION, GATES), "The go/no-go benchmarks.", gives_table=True),
    Function("FT_VERSION", (), "The version of the engine."),
)

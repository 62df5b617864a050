"""The FT_ functions in xlwings Lite: Excel on Windows, on a Mac and in a browser, with Python in Pyodide.

UNSEEN: this was never run in xlwings Lite. What was tried is that the module comes, and answers, with
nothing but what Pyodide has: numpy, scipy, pydantic, cachetools and xlwings. A workbook's ``requirements.txt`` names
``ftroi``, and its ``main.py`` holds one line::

    from ftroi.hosts.xlwings_lite import *

There a function gets its arguments and never the workbook, so that every call has to be given its
inputs: ``=FT_TCO(FT_Inputs)``, and those on gates also the gates and the day of judging, without which
these are the start's: ``=FT_VERDICT(FT_Inputs, , FT_GateTable, FT_AsOf)``. Dates are taken to count from 1900.
"""

from __future__ import annotations

from xlwings import arg, func

from ftroi.functions.arguments import Given
from ftroi.functions.call import call
from ftroi.functions.question import Answer
from ftroi.functions.registry import FUNCTIONS, Argument, Function
from ftroi.hosts.udf import Edge, edge

RANGES = frozenset({"inputs", "gates"})
"""The arguments that are ranges; they come as rows, even where there is but one."""


def registered(function: Function) -> Edge:
    """The custom function for one of the registry's functions; its arguments bear the same names."""

    def answer(*given: Given) -> Answer:
        return call(function.name, given)

    dressed = edge(function, [one.name for one in function.arguments], answer, __name__)
    for one in function.arguments:
        arg(one.name, **_options(one))(dressed)
    marked: Edge = func(dressed)
    return marked


def _options(argument: Argument) -> dict[str, object]:
    """How xlwings reads an argument: an error as its text, a range as rows."""
    dimensions = {"ndim": 2} if argument.name in RANGES else {}
    return {"doc": argument.help, "err_to_str": True, **dimensions}


globals().update({name: registered(function) for name, function in FUNCTIONS.items()})
__all__ = list(FUNCTIONS)

"""The FT_ functions in xlwings Lite: Excel on Windows, on a Mac and in a browser, with Python in Pyodide.

NOT TESTED in xlwings Lite itself. A test only shows that the module can be imported, and answers, with the packages
that Pyodide has: numpy, scipy, pydantic, cachetools and xlwings. A workbook's ``requirements.txt`` must name ``ftroi``,
and its ``main.py`` must hold one line::

    from ftroi.hosts.xlwings_lite import *

In xlwings Lite a function has no access to the workbook. So the inputs must be arguments of every call,
``=FT_TCO(FT_Inputs)``, and for gates also the table and the day, ``=FT_VERDICT(FT_Inputs, , FT_GateTable, FT_AsOf)``;
the default of the day is the plan's start. Dates are assumed to be in the 1900 date system.
"""

from __future__ import annotations

from xlwings import arg, func

from ftroi.functions.arguments import Given
from ftroi.functions.call import call
from ftroi.functions.question import Answer
from ftroi.functions.registry import FUNCTIONS, Argument, Function
from ftroi.hosts.udf import Edge, edge

RANGES = frozenset({"inputs", "gates"})
"""The arguments that are ranges; they are passed as rows, even if there is only one."""


def registered(function: Function) -> Edge:
    """The custom function for one of the registry's functions, with the same names of arguments."""

    def answer(*given: Given) -> Answer:
        return call(function.name, given)

    dressed = edge(function, [argument.name for argument in function.arguments], answer, __name__)
    for one in function.arguments:
        arg(one.name, **_options(one))(dressed)
    marked: Edge = func(dressed)
    return marked


def _options(argument: Argument) -> dict[str, object]:
    """The xlwings options of an argument: errors as text, ranges as rows."""
    dimensions = {"ndim": 2} if argument.name in RANGES else {}
    return {"doc": argument.help, "err_to_str": True, **dimensions}


globals().update({name: registered(function) for name, function in FUNCTIONS.items()})
__all__ = list(FUNCTIONS)

"""The FT_ functions in Excel on Windows: one xlwings function for each function of the registry, called by VBA.

The arguments of the formula come first. They are followed by those that the add-in adds (see ``handed_over``): the
calling cell's workbook, if a range must be looked up in it, the number to add to its dates, and the size of the calling
range, to which a table is padded.
"""

from __future__ import annotations

from functools import cache

import xlwings
from xlwings.conversion import Accessor, ConversionContext, Pipeline

from ftroi.functions.arguments import Given
from ftroi.functions.call import call
from ftroi.functions.question import Answer
from ftroi.functions.registry import FUNCTIONS, Function
from ftroi.functions.tables import padded
from ftroi.hosts.log import log_to_file
from ftroi.hosts.udf import Edge, edge
from ftroi.hosts.xlam.wrappers import BOOK, DAYS, SIZE, handed_over, vba_name

start_log = cache(log_to_file)
"""Starts logging to the file at the first call; further calls do nothing."""

_NO_SUCH_NAME = -2147352567
"""Excel's error for an unknown name, and for a name that is no range: DISP_E_EXCEPTION."""


class Cells(Accessor):
    """The xlwings converter of an argument: a single value, or a rectangle as a tuple of rows.

    It reads Value2, because Value truncates cells with a currency format to four decimals; so a date is its serial
    number. An error remains the number that Excel passes, which `ftroi.functions.arguments` converts.
    """

    @classmethod
    def reader(cls, options: object) -> Pipeline:  # noqa: ARG003 - xlwings hands them to every accessor
        """The steps of reading."""
        return Pipeline([_read])


def _read(context: ConversionContext) -> None:
    if context.range is not None:
        context.value = context.range.api.Value2


class CallersBook:
    """The workbook of the calling cell; ``workbook`` is Excel's object, or None if a call does not need it."""

    def __init__(self, workbook: Given, days_offset: int) -> None:
        """Store the workbook, without reading from it yet, and the number to add to its dates."""
        self._workbook = workbook
        self.days_offset = days_offset

    def range_named(self, name: str) -> Given | None:
        """The values of a named range; None if the workbook has no such range."""
        if self._workbook is None:
            return None
        from pywintypes import com_error

        try:
            found = self._workbook.Names.Item(name).RefersToRange  # type: ignore[attr-defined]  # Excel's object
        except com_error as error:
            if error.args[0] == _NO_SUCH_NAME:
                return None
            raise
        values: Given = found.Value2
        return values


def _answering(function: Function, names: list[str]) -> Edge:
    """The function that answers a call: the arguments of the formula come first, then those that the add-in adds."""
    typed = len(function.arguments)

    def answer(*given: Given) -> Answer:
        start_log()
        handed = dict(zip(names[typed:], given[typed:], strict=False))
        book = CallersBook(handed.get(BOOK), int(str(handed.get(DAYS, 0))))
        return _filling(call(function.name, given[:typed], book), handed.get(SIZE))

    return answer


def _filling(found: Answer, size: Given) -> Answer:
    """A table padded to the size of the range of its array formula; in a single cell it is left to spill."""
    if not isinstance(found, tuple) or not isinstance(size, tuple) or size == (1, 1):
        return found
    rows, columns = size
    return padded(found, rows, columns)


def served(function: Function) -> Edge:
    """The xlwings function that the add-in's VBA calls for one of the registry's functions."""
    handed = handed_over(function)
    names = [*(vba_name(argument.name) for argument in function.arguments), *handed]
    dressed = edge(function, names, _answering(function, names), __name__)
    for one, name in zip(function.arguments, names, strict=False):
        xlwings.arg(name, convert=Cells, doc=one.help)(dressed)
    for name, expression in handed.items():
        xlwings.arg(name, convert="raw", vba=expression)(dressed)
    marked: Edge = xlwings.func(category=function.category)(dressed)
    return marked


globals().update({name: served(function) for name, function in FUNCTIONS.items()})

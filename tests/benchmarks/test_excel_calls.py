"""What a call from Excel costs in Python: xlwings' own conversion and ours, without what COM takes.

Each call gets values of its own, as Excel would hand them over: nothing about them was computed before.
"""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable, Iterator
from functools import partial
from types import ModuleType
from typing import Any
from unittest import mock

import pytest

from ftroi.functions.arguments import Rows
from ftroi.functions.call import call
from ftroi.hosts.xlam.wrappers import SERVED_BY
from tests.support.excel_calling import Excel
from tests.support.excel_objects import CELL, MISSING, Range
from tests.support.function_examples import shipped
from tests.support.timing import Report, best
from tests.support.windows import windows

pytestmark = pytest.mark.benchmark

CALLS = 100
GOAL = 0.2
EMPTY = "empty_functions"


@pytest.fixture
def excel() -> Iterator[Excel]:
    """Excel's side of a call, and a module with an empty function of the same arguments."""
    with windows() as modules:
        empty = ModuleType(EMPTY)
        empty.__file__ = __file__

        def nothing(inputs: Any = None, option: Any = None, book: Any = None) -> float:  # noqa: ARG001 - it is empty
            return 0.0

        nothing.__annotations__ = {}
        empty.__dict__["nothing"] = modules.udfs.xlfunc(nothing)
        with mock.patch.dict(sys.modules, {EMPTY: empty}):
            yield Excel(modules)


class Fresh(Range):
    """A range whose values were made beforehand, each time anew."""

    def __init__(self, rows: Rows) -> None:
        super().__init__(rows)
        self._values = pickle.dumps(super().Value2)
        self.prepare()

    def prepare(self) -> None:
        """Make values for as many calls as are timed together; nothing of them is shared."""
        self._made = [pickle.loads(self._values) for _ in range(CALLS)]  # noqa: S301 - made just above

    @property
    def Value2(self) -> object:  # noqa: N802 - Excel's name
        return self._made.pop()

    Value = Value2


def milliseconds(work: Callable[[], object], prepare: Callable[[], None]) -> float:
    """What one call takes, in milliseconds: the best of several rounds."""
    rounds = []
    for _ in range(7):
        prepare()
        rounds.append(best(lambda: [work() for _ in range(CALLS)], 1))
    return min(rounds) / CALLS * 1e3


def test_a_call_on_inputs_that_are_known(excel: Excel, report: Report) -> None:
    given = Fresh(shipped()["FT_Inputs"])
    ask = partial(excel.modules.server.CallUDF, args=(given, MISSING, None), this_workbook=None, caller=CELL)
    assert ask(SERVED_BY, "FT_TCO") == call("FT_TCO", [shipped()["FT_Inputs"]])
    assert ask(EMPTY, "nothing") == 0.0
    ours = milliseconds(partial(ask, SERVED_BY, "FT_TCO"), given.prepare)
    empty = milliseconds(partial(ask, EMPTY, "nothing"), given.prepare)
    cells = sum(map(len, shipped()["FT_Inputs"]))
    report(f"FT_TCO in Excel on {cells:,} cells: {ours:.3f} ms (goal {GOAL}), {ours / empty:.2f} x an empty function")

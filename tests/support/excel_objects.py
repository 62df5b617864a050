"""Excel's own objects, as far as a function's call touches them, with values in the types that Excel hands over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from ftroi.functions.arguments import Rows, Scalar
from ftroi.termsheet import serial
from tests.support.windows import RANGE, ComError, Dispatch

MISSING = -2147352572
"""What stands in the place of an argument that was left out: DISP_E_PARAMNOTFOUND."""

UNKNOWN_NAME, BUSY = -2147352567, -2147418111

ERRORS = {
    "#NULL!": 2000, "#DIV/0!": 2007, "#VALUE!": 2015, "#REF!": 2023, "#NAME?": 2029, "#NUM!": 2036, "#N/A": 2042,
    "#SPILL!": 2045, "#CALC!": 2050,
}  # fmt: skip


def error(number: int) -> int:
    """The value of a cell with an error, which VBA makes by CVErr(number)."""
    return -2146828288 + number


def value2(value: Scalar) -> object:
    """A cell's Value2: numbers are floats, and so are dates; an error is a whole number."""
    if isinstance(value, date):
        return float(serial(date(value.year, value.month, value.day)))
    if isinstance(value, str):
        return error(ERRORS[value]) if value in ERRORS else value
    return value if value is None or isinstance(value, bool) else float(value)


def value(one: Scalar, *, is_money: bool) -> object:
    """A cell's Value: dates are dates, and money has four decimals."""
    if isinstance(one, date):
        return datetime(one.year, one.month, one.day, tzinfo=UTC)
    plain = value2(one)
    return Decimal(f"{plain:.4f}") if is_money and isinstance(plain, float) else plain


class Range(Dispatch):
    """A range of cells; ``is_money`` says that their format is that of a currency."""

    CLSID = RANGE

    def __init__(self, rows: Rows, *, is_money: bool = False) -> None:
        self._rows = rows
        self._is_money = is_money
        kind = SimpleNamespace(GetTypeAttr=lambda: SimpleNamespace(iid=RANGE))
        self._oleobj_ = SimpleNamespace(GetTypeInfo=lambda: kind)
        self.Application = SimpleNamespace(Hwnd=1)
        self.Parent = self.Worksheet = SimpleNamespace(Parent=SimpleNamespace(Application=self.Application))
        self.Address, self.Row, self.Column = "$A$1", 1, 1
        self.Rows, self.Columns = SimpleNamespace(Count=len(rows)), SimpleNamespace(Count=len(rows[0]))

    @property
    def Value2(self) -> object:  # noqa: N802 - Excel's name
        return self._shaped([[value2(one) for one in row] for row in self._rows])

    @property
    def Value(self) -> object:  # noqa: N802 - Excel's name
        return self._shaped([[value(one, is_money=self._is_money) for one in row] for row in self._rows])

    @staticmethod
    def _shaped(values: list[list[object]]) -> object:
        """One cell's value by itself, and all else as rows."""
        return values[0][0] if len(values) == len(values[0]) == 1 else tuple(map(tuple, values))


class Book(Dispatch):
    """A workbook with named ranges; a name that it does not know is an error of Excel's.

    ``days`` is what the wrapper hands over for its date system.
    """

    def __init__(
        self, named: Mapping[str, Rows], *, trouble: int = UNKNOWN_NAME, is_money: bool = False, days: int = 0
    ) -> None:
        self.days = days
        kind = SimpleNamespace(GetTypeAttr=lambda: SimpleNamespace(iid="{000208DA-0000-0000-C000-000000000046}"))
        self._oleobj_ = SimpleNamespace(GetTypeInfo=lambda: kind)
        self._named = named
        self._trouble = trouble
        self._is_money = is_money
        self.Names = SimpleNamespace(Item=self._item)

    def _item(self, name: str) -> Any:
        if name not in self._named:
            raise ComError(self._trouble, "Exception occurred.", None, None)
        return SimpleNamespace(RefersToRange=Range(self._named[name], is_money=self._is_money))


CELL = Range(((None,),))
"""The calling cell."""

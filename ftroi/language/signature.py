"""The row types of the table of functions: arguments, unit, wholeness, Excel text, bodies, example."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from types import MappingProxyType
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from ftroi.language.operators import Refusal
from ftroi.language.scalar_bodies import Figures
from ftroi.language.units import Unit

Body: TypeAlias = Callable[..., Figures]
UnitRule: TypeAlias = Callable[[Unit | None], Unit | None]


class Takes(Enum):
    """The kinds of argument that a function can take."""

    CONDITION = "a condition"
    NUMBER = "a number"  # of any unit, the same in all such arguments of a call
    UNITLESS = "a number without a unit"
    PLACES = "a number of decimal places"  # without a unit, and whole
    DATE = "a date"
    ROW = "the name of a line"


class Exact(Enum):
    """How exact a function's arguments must be for every spreadsheet to give the same result."""

    ANY = auto()
    ROUNDED = auto()  # whole, a quotient of wholes, or the result of a rounding
    WHOLE = auto()


class Whole(Enum):
    """When the result of a function is a whole number."""

    NEVER = auto()
    ALWAYS = auto()
    OF_WHOLES = auto()  # when all its numbers are whole
    TO_UNITS = auto()  # a rounding to 0 places


@dataclass(frozen=True, slots=True)
class Example:
    """A formula and its result; in the formula of a row function, ``x`` is the line with the monthly values ``row``."""

    formula: str
    result: float | tuple[float, ...]
    row: tuple[float, ...] = ()


class Signature(Protocol):
    """What the parser must know of a function, whether of the formula language or of the rules."""

    @property
    def name(self) -> str:
        """The name in upper case."""

    @property
    def minimum(self) -> int:
        """The fewest arguments."""

    @property
    def maximum(self) -> int:
        """The most arguments."""

    @property
    def on_rows(self) -> bool:
        """Whether the first argument must be a plain name."""

    @property
    def example(self) -> Example:
        """A call, for messages."""


class Reads(Enum):
    """What a function reads, which decides the arguments of its numpy body."""

    CELLS = auto()  # numbers of one month: body(*arguments)
    BEFORE = auto()  # the row's previous month: body(row, months, opening)
    TO_DATE = auto()  # the row's months up to this one: body(row, months)
    WHOLE_ROW = auto()  # all months of the row, reduced to one number: body(row, months)
    OTHER_OPTION = auto()  # the same line in another option: body(row, index of the option)


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """One function with all its parts; `table_of` refuses a row that lacks one.

    ``takes`` lists the kinds of its arguments in order; the last one repeats. ``gives`` maps the unit that its NUMBER
    or ROW arguments share (None for the literals 0 and 1, which fit any unit) to the unit of the result; it is None for
    a function whose result is a condition. ``exact`` says how exact those arguments must be; ``refusal`` describes the
    arguments for which there is no result.

    ``excel`` is the function's name in a spreadsheet. For a function of a row it is a pattern with slots for the row's
    number ``{row}``, its first column ``{first}``, the current and the previous column ``{c}`` and ``{p}``, and the
    range of all ``{months}``; for one of another option, the workbook's defined name for that option's number.

    ``body`` works on numpy arrays; `Reads` lists its arguments. ``compiled`` is the function's body in `scalar_bodies`.
    It takes numbers: two at a time where a call may have any number of arguments, and a number of decimal places as
    two powers of ten. For a row it takes (result so far, value, month) month by month. With ``of_all_months`` compiled
    months only keep the row, and ``body`` computes the result; an opening value of the row is then its flow at time 0.
    """

    name: str
    meaning: str
    takes: tuple[Takes, ...]
    gives: UnitRule | None
    whole: Whole
    excel: str
    body: Body
    compiled: Body
    example: Example
    minimum: int = 1
    maximum: int = 1
    exact: Exact = Exact.ANY
    refusal: Refusal | None = None
    reads: Reads = Reads.CELLS
    of_all_months: bool = False

    @property
    def on_rows(self) -> bool:
        """Whether the function takes the name of a line."""
        return self.reads is not Reads.CELLS

    @property
    def reads_opening(self) -> bool:
        """Whether the function reads the opening value of a row that has one."""
        return self.reads is Reads.BEFORE or self.of_all_months

    def takes_at(self, position: int) -> Takes:
        """The kind of the argument at a position, counted from 0."""
        return self.takes[min(position, len(self.takes) - 1)]

    def value_in_month(self, row: Sequence[float] | NDArray[np.float64], month: int) -> float:
        """The result for a row of monthly values in one month (1 is the first); for TO_DATE and whole-row functions."""
        result = self.body(np.reshape(row, (-1, 1, 1)), len(row))
        return float(result[min(month, len(result)) - 1, 0, 0])


def table_of(rows: Iterable[Function]) -> Mapping[str, Function]:
    """The rows by name; raises ValueError if a part of a row is missing, or a name occurs twice."""
    table: dict[str, Function] = {}
    for row in rows:
        parts = {"Excel text": row.excel, "numpy body": row.body, "compiled body": row.compiled, "example": row.example}
        missing = [what for what, part in parts.items() if not part]
        if missing or row.name in table:
            raise ValueError(f"{row.name} has no {' and no '.join(missing)}" if missing else f"{row.name} comes twice")
        table[row.name] = row
    return MappingProxyType(table)

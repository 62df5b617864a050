"""What a row of the table of functions says: arguments, unit, wholeness, Excel text, bodies, example."""

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
    """What a function's argument may be."""

    CONDITION = "a condition"
    NUMBER = "a number"  # of any unit, the same in all such arguments of a call
    UNITLESS = "a number without a unit"
    PLACES = "a number of decimal places"  # without a unit, and whole
    DATE = "a date"
    ROW = "the name of a line"


class Exact(Enum):
    """How exact a function's numbers must be for every spreadsheet to agree."""

    ANY = auto()
    ROUNDED = auto()  # whole, a quotient of wholes, or the result of a rounding
    WHOLE = auto()


class Whole(Enum):
    """When a function gives a whole number."""

    NEVER = auto()
    ALWAYS = auto()
    OF_WHOLES = auto()  # when all its numbers are whole
    TO_UNITS = auto()  # a rounding to 0 places


@dataclass(frozen=True, slots=True)
class Example:
    """A formula and what it gives; a row function's ``x`` is ``row``, month by month."""

    formula: str
    result: float | tuple[float, ...]
    row: tuple[float, ...] = ()


class Signature(Protocol):
    """What a reader of formulas must know of a function, be it one of the language or one of the rules."""

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
    """What a function looks at, and so what its bodies are given."""

    CELLS = auto()  # numbers of one month: a body takes them
    BEFORE = auto()  # a row's month before: (row, months, opening)
    TO_DATE = auto()  # a row's months up to this one: (row, months)
    WHOLE_ROW = auto()  # all of a row's months, of which it makes one number: (row, months)
    OTHER_OPTION = auto()  # the same line in another option: (row, the option's place)


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """One function, whole: a row that lacks a part is refused.

    ``takes`` names its arguments in order, the last kind repeating. ``gives`` makes the unit of the result out of the
    unit that its NUMBER or ROW arguments share (None is the unit of 0 and 1, which fit any); it is None for a function
    that gives a condition. ``exact`` says how exact those arguments must be; ``refusal`` marks the arguments for which
    there is no answer.

    ``excel`` is its name in a spreadsheet; of a row, a pattern with slots for the row's number ``row``, its first
    column ``first``, its own and the one before ``c`` and ``p``, and all of its ``months``; of another option, the
    workbook's name for that option's place. ``body`` works on numpy arrays. ``compiled`` is what `scalar_bodies` has
    of it: of numbers (two at a time where there may be any number of them; a number of places as two powers of ten);
    of a row, (so far, value, month) from month to month or, with ``of_all_months``, all of its months together.
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
        """Whether it takes the name of a line."""
        return self.reads is not Reads.CELLS

    def takes_at(self, position: int) -> Takes:
        """What the argument at a position (0 is the first) may be."""
        return self.takes[min(position, len(self.takes) - 1)]

    def seen(self, row: Sequence[float] | NDArray[np.float64], month: int) -> float:
        """What it makes of a row by month, as one month (1 is the first) sees it; for TO_DATE and whole rows."""
        found = self.body(np.reshape(row, (-1, 1, 1)), len(row))
        return float(found[min(month, len(found)) - 1, 0, 0])


def table_of(rows: Iterable[Function]) -> Mapping[str, Function]:
    """Put rows together by name; raises ValueError where a part of one is missing, or a name comes twice."""
    table: dict[str, Function] = {}
    for row in rows:
        parts = {"Excel text": row.excel, "numpy body": row.body, "compiled body": row.compiled, "example": row.example}
        missing = [what for what, part in parts.items() if not part]
        if missing or row.name in table:
            raise ValueError(f"{row.name} has no {' and no '.join(missing)}" if missing else f"{row.name} comes twice")
        table[row.name] = row
    return MappingProxyType(table)

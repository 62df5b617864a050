"""What a row of the table of functions says: arguments, unit, wholeness, body, example."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import TypeAlias

from ftroi.language.operators import Figures, Refusal
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


@dataclass(frozen=True, slots=True)
class Function:
    """One function: ``takes`` names its arguments in order, the last kind repeating.

    ``gives`` makes the unit of the result out of the unit that its NUMBER or ROW arguments share
    (None is the unit of 0 and 1, which fit any); it is None for a function that gives a
    condition. ``exact`` says how exact those arguments must be. ``body`` is None where the engine
    alone can answer; ``refusal`` marks the arguments for which it has no answer.
    """

    name: str
    meaning: str
    minimum: int
    maximum: int
    takes: tuple[Takes, ...]
    gives: UnitRule | None
    whole: Whole
    body: Body | None
    example: Example
    exact: Exact = Exact.ANY
    refusal: Refusal | None = None
    on_rows: bool = False

    def takes_at(self, position: int) -> Takes:
        """Give what the argument at a position (0 is the first) may be."""
        return self.takes[min(position, len(self.takes) - 1)]

"""The formula language extended for rules: functions over columns, texts and rows of months.

A rule (a gate, the verdict, a check) reads cells that may hold a number or a text, and columns of a table of options
or gates. Its additional functions are the rows of `RULE_FUNCTIONS`. Each has a spreadsheet formula and a Python body
with the same result; an empty cell is "" in both. So one text is printed for the workbook and computed in Python::

    IF(HOW_MANY(better) > 0, LARGEST(better), 0)    IF(COUNT(H5:H9)>0,MAX(H5:H9),0)

As in a spreadsheet, texts in a column are skipped when its numbers are counted or the largest is looked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol, TypeAlias, cast

import numpy as np

from ftroi.dates import MONTHS_OF_A_YEAR
from ftroi.errors import Finding
from ftroi.language.checker import Checker, Kind, Meaning
from ftroi.language.exactness import Names
from ftroi.language.faults import Faults
from ftroi.language.functions import FUNCTIONS, PARTIES, ROW_FUNCTIONS
from ftroi.language.interpreter import ArithmeticFault, Interpreter
from ftroi.language.names import did_you_mean
from ftroi.language.nodes import Binary, Call, Name, Node, Number
from ftroi.language.operators import COMPARISONS, OPERATORS
from ftroi.language.printer import OPERAND_BINDING, NameText, Printer, RowText
from ftroi.language.scalar_bodies import Figures
from ftroi.language.signature import Exact, Example, Signature
from ftroi.language.units import DIMENSIONLESS, Unit, multiply, parse_unit

Value: TypeAlias = float | str
"""The content of a cell; "" for an empty one."""

Column: TypeAlias = Sequence[Value]

_MONTH = parse_unit("month")
TEXT = parse_unit("text")
"""The unit of a text, which can be compared with texts only."""

ACROSS = PARTIES
"""The row functions that rules may call too: those that read another option."""


@dataclass(frozen=True, slots=True)
class RuleFunction:
    """One function of rules.

    ``excel`` is the spreadsheet formula, an operand by itself, with the printed arguments in ``{0}`` and ``{1}``, or
    all of them in ``{all}``. ``body`` takes the arguments' values: a list for a column, an array for a row of months.
    ``gives`` is the unit of the result: "condition", "count", "months" (the last argument's unit, times months), or
    the position of the argument that has the same unit. ``columns`` are the positions of arguments that name a column.
    ``takes_conditions`` says that all arguments are conditions; ``takes_operands`` that arguments are printed with
    parentheses where they are expressions, as ``excel`` puts an operator beside them.
    """

    name: str
    meaning: str
    minimum: int
    maximum: int
    excel: str
    body: Callable[..., Figures]
    gives: str | int
    example: Example
    columns: frozenset[int] = frozenset()
    on_rows: bool = False
    takes_conditions: bool = False
    takes_operands: bool = False


def numbers_of(column: Column) -> list[float]:
    """The numbers of a column, without its texts and empty cells."""
    return [value for value in column if not isinstance(value, str)]


def _largest(column: Column) -> float:
    return max(numbers_of(column), default=0.0)


def _smallest(column: Column) -> float:
    return min(numbers_of(column), default=0.0)


def _beside(column: Column, wanted: float, other: Column) -> Value:
    return next((there for value, there in zip(column, other, strict=True) if value == wanted), "")


def _where(*pairs: Figures) -> float:
    columns, wanted = pairs[::2], pairs[1::2]
    return float(sum(row == wanted for row in zip(*columns, strict=True)))


_COLUMN, _BOTH = frozenset({0}), frozenset({0, 1})

_ROWS = (
    RuleFunction(
        "HOW_MANY", "how many cells of a column hold a number", 1, 1, "COUNT({0})",
        lambda column: float(len(numbers_of(column))), "count", Example("HOW_MANY(better)", 2), _COLUMN,
    ),
    RuleFunction(
        "HOW_MANY_WHERE", "in how many rows one or two columns hold what is wanted", 2, 4, "COUNTIFS({all})",
        _where, "count", Example("HOW_MANY_WHERE(live, 0, status, fail)", 2), frozenset({0, 2}),
    ),
    RuleFunction(
        "LARGEST", "the largest number of a column, 0 without one", 1, 1, "MAX({0})", _largest, 0,
        Example("LARGEST(better)", 5), _COLUMN,
    ),
    RuleFunction(
        "SMALLEST", "the smallest number of a column, 0 without one", 1, 1, "MIN({0})", _smallest, 0,
        Example("SMALLEST(better)", 3), _COLUMN,
    ),
    RuleFunction(
        "BEST", "what stands in another column beside the largest number of one", 2, 2,
        "INDEX({1},MATCH(MAX({0}),{0},0))", lambda column, other: _beside(column, _largest(column), other), 1,
        Example("BEST(better, label)", 5), _BOTH,
    ),
    RuleFunction(
        "LEAST", "what stands in another column beside the smallest number of one", 2, 2,
        "INDEX({1},MATCH(MIN({0}),{0},0))", lambda column, other: _beside(column, _smallest(column), other), 1,
        Example("LEAST(rank, told)", 3), _BOTH,
    ),
    RuleFunction(
        "IS_NUMBER", "whether a cell holds a number", 1, 1, "ISNUMBER({0})",
        lambda value: not isinstance(value, str), "condition", Example("IS_NUMBER(npv)", 1),
    ),
    RuleFunction(
        "IS_BLANK", "whether a cell is empty", 1, 1, '({0}="")', lambda value: value == "", "condition",
        Example("IS_BLANK(waiver)", 1), takes_operands=True,
    ),
    RuleFunction(
        "BEGINS", "whether a text begins with another", 2, 2, "(LEFT({0},LEN({1}))={1})",
        lambda value, start: str(value).startswith(str(start)), "condition", Example("BEGINS(figure, never)", 1),
        takes_operands=True,
    ),
)  # fmt: skip


def _net_present_value(rate: float, row: Figures) -> float:
    """NPV at the monthly equivalent of a yearly rate; flows are at the ends of months, the first of month 1."""
    return float((row / (1 + rate) ** (np.arange(1, len(row) + 1) / MONTHS_OF_A_YEAR)).sum())


_MONTHLY_ROWS = (
    RuleFunction(
        "WORST", "the largest absolute value of a row's months", 1, 1,
        "MAX(SUMPRODUCT(LARGE({0},1)),-SUMPRODUCT(SMALL({0},1)))",
        lambda row: float(np.max(np.abs(row))), 0, Example("WORST(x - y)", 2),
    ),
    RuleFunction(
        "EXCESS", "the most by which a row's months are above 0, or 0", 1, 1, "MAX(SUMPRODUCT(LARGE({0},1)),0)",
        lambda row: max(0.0, float(np.max(row))), 0, Example("EXCESS(x - y)", 2),
    ),
    RuleFunction(
        "SUM_OF", "the sum of a row's months", 1, 1, "SUMPRODUCT({0})", lambda row: float(np.sum(row)), "months",
        Example("SUM_OF(x * y)", 3),
    ),
    RuleFunction(
        "NPV_OF", "the present value of a row's months at a yearly rate", 2, 2,
        f"NPV((1+{{0}})^(1/{MONTHS_OF_A_YEAR})-1,{{1}})", _net_present_value, "months",
        Example("NPV_OF(discount_rate, x)", 5), takes_operands=True,
    ),
    RuleFunction(
        "IN_MONTH", "a row in a month", 2, 2, "INDEX({0},1,{1})", lambda row, month: float(row[int(month) - 1]), 0,
        Example("IN_MONTH(x, 3)", 1),
    ),
    RuleFunction(
        "DIFFER", "1 where one condition holds and the other does not", 2, 2, "IF(({0})=({1}),0,1)",
        lambda one, other: float(bool(one) != bool(other)), "count", Example("DIFFER(x > 0, y > 0)", 0),
        takes_conditions=True,
    ),
)  # fmt: skip
"""Functions of rows of months, which only checks may call.

They are written with LARGE and SMALL because Gnumeric evaluates neither ABS nor MAX on a computed row."""

RULE_FUNCTIONS: Mapping[str, RuleFunction] = MappingProxyType({row.name: row for row in (*_ROWS, *_MONTHLY_ROWS)})
"""Every function that rules add to the formula language, by name."""

CALLABLE: Mapping[str, Signature] = MappingProxyType(
    {name: row for name, row in FUNCTIONS.items() if name not in ROW_FUNCTIONS or name in ACROSS}
    | {row.name: row for row in _ROWS}
)
"""Every function that a gate or the verdict may call."""

CALLABLE_IN_CHECKS: Mapping[str, Signature] = MappingProxyType(
    {**CALLABLE, **RULE_FUNCTIONS, **{name: FUNCTIONS[name] for name in ("PREV", "TOTAL")}}
)
"""Every function that a check may call."""


class RuleNames(Names, Protocol):
    """The names that a rule may mention: cells, and columns apart from them."""

    @property
    def columns(self) -> Mapping[str, Unit]:
        """The unit of each column's cells, by the column's name."""

    @property
    def are_units_checked(self) -> bool:
        """Whether the units of numbers must agree; that of a text and a number never does, checked or not."""


def check_rule(node: Node, names: RuleNames, where: str, text: str, *, condition: bool = False) -> list[Finding]:
    """All findings on a rule's formula: names, units, and conditions in the place of numbers or the reverse."""
    faults = Faults(where, text)
    checker = _RuleChecker(names, faults)
    if condition:
        checker.condition(node)
    else:
        checker.number(node)
    return faults.findings


def unit_of_rule(node: Node, names: RuleNames) -> Unit:
    """The unit of a rule's formula that has no faults."""
    meaning = _RuleChecker(names, Faults("", "")).number(node)
    return DIMENSIONLESS if isinstance(meaning, Kind) else meaning


class _RuleChecker(Checker):
    """The formula language's checker, extended by columns and texts; literals need no name here."""

    def __init__(self, names: RuleNames, faults: Faults) -> None:
        super().__init__(names, faults)
        self._columns = names.columns
        self._are_units_checked = names.are_units_checked

    def same(self, left: Meaning, right: Meaning, at: int, of: str) -> Meaning:
        """Require two parts to have the same unit or, if units are not checked, to be both numbers or both texts."""
        if self._are_units_checked or (left == TEXT) != (right == TEXT):
            return super().same(left, right, at, of)
        return right if left is Kind.ANY else left

    def _require_exact(self, node: Node, exact: Exact, of: str, cure: str) -> None:
        if self._are_units_checked:
            super()._require_exact(node, exact, of, cure)

    def _literal(self, node: Number) -> Meaning:  # noqa: ARG002 - any number may stand in a rule
        return Kind.ANY

    def _call(self, node: Call) -> Meaning:
        row = RULE_FUNCTIONS.get(node.function)
        if row is None:
            return self._across(node) if node.function in ACROSS else super()._call(node)
        if row.takes_conditions:
            for argument in node.arguments:
                self.condition(argument)
            return Kind.ANY
        given = [
            self._column(argument) if place in row.columns else self.number(argument)
            for place, argument in enumerate(node.arguments)
        ]
        if row.gives == "months":
            return given[-1] if isinstance(given[-1], Kind) else multiply(given[-1], _MONTH)
        if row.gives == "condition":
            return Kind.CONDITION
        return given[row.gives] if isinstance(row.gives, int) else Kind.ANY

    def _across(self, node: Call) -> Meaning:
        (argument,) = node.arguments
        name = argument.name if isinstance(argument, Name) else ""
        return self._columns[name] if name in self._columns else self.number(argument)

    def _column(self, node: Node) -> Meaning:
        if isinstance(node, Name) and node.name in self._columns:
            return self._columns[node.name]
        what = f"no column named '{node.name}'" if isinstance(node, Name) else "an expression in place of a column"
        cure = did_you_mean(node.name, self._columns) if isinstance(node, Name) else "give it a column of its own"
        self._faults.add(node.at, what, cure or f"the columns are {', '.join(self._columns)}")
        return Kind.OPEN


class RuleCells:
    """The values of a rule's names; a subclass looks them up."""

    def value(self, name: str, via: str) -> Value:
        """The content of a cell; ``via`` is one of `ACROSS` for the value in another option, else ""."""
        raise NotImplementedError

    def column(self, name: str) -> Column:
        """The cells of a column, from the top."""
        raise NotImplementedError


def value_of_rule(node: Node, cells: RuleCells) -> Value:
    """The value of a rule's formula.

    Raises ArithmeticFault where it has none: a division by zero, or arithmetic with a text.
    """
    value = _RuleInterpreter(cells).value(node)
    return value if isinstance(value, str) else float(value)


def holds(node: Node, cells: RuleCells) -> bool:
    """Say whether a rule's condition holds. Raises ArithmeticFault as `value_of_rule` does."""
    return bool(_RuleInterpreter(cells).value(node))


class _RuleInterpreter(Interpreter):
    def __init__(self, cells: RuleCells) -> None:
        super().__init__(cells.value)  # type: ignore[arg-type] # cells may hold texts
        self._cells = cells

    def value(self, node: Node) -> Figures:
        try:
            return self._binary(node) if isinstance(node, Binary) else super().value(node)
        except TypeError:
            raise ArithmeticFault("a text where a number is wanted", node) from None

    def _binary(self, node: Binary) -> Figures:
        """Compare as spreadsheets do: every text is greater than every number."""
        left, right = self.value(node.left), self.value(node.right)
        if isinstance(left, np.ndarray) or isinstance(right, np.ndarray):
            return OPERATORS[node.operator].body(left, right)
        if node.operator in COMPARISONS and isinstance(left, str) != isinstance(right, str):
            return OPERATORS[node.operator].body(isinstance(left, str), isinstance(right, str))
        return super().value(node)

    def _call(self, node: Call) -> Figures:
        row = RULE_FUNCTIONS.get(node.function)
        if row is None:
            return super()._call(node)
        arguments = (
            self._cells.column(cast("Name", argument).name) if place in row.columns else self.value(argument)
            for place, argument in enumerate(node.arguments)
        )
        return row.body(*arguments)


def rule_to_excel(node: Node, name: NameText, row: RowText, column: NameText) -> str:
    """The rule as a spreadsheet formula, without a leading ``=``.

    ``name(n)``, ``row(function, n)`` and ``column(n)`` return the texts of a cell, of a value in another option, and of
    a column's range.
    """
    return _RulePrinter(name, row, column).text(node, 0)


class _RulePrinter(Printer):
    def __init__(self, name: NameText, row: RowText, column: NameText) -> None:
        super().__init__(name, row)
        self._column = column

    def _call(self, node: Call) -> str:
        row = RULE_FUNCTIONS.get(node.function)
        if row is None:
            return super()._call(node)
        floor = OPERAND_BINDING if row.takes_operands else 0
        arguments = [
            self._column(cast("Name", argument).name) if place in row.columns else self.text(argument, floor)
            for place, argument in enumerate(node.arguments)
        ]
        return row.excel.format(*arguments, all=",".join(arguments))

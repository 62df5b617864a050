"""Parsing a formula's text into a tree of nodes.

The grammar is Excel's, without what spreadsheets and programming languages read differently::

    formula    = comparison
    comparison = sum     { ("=" | "<>" | "<" | ">" | "<=" | ">=") sum }
    sum        = product { ("+" | "-") product }
    product    = power   { ("*" | "/") power }
    power      = operand [ "^" operand ]
    operand    = number | name | "-" operand | "(" formula ")" | FUNCTION "(" formula { "," formula } ")"

The parser climbs the precedence of the operators, in one pass over the tokens.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from decimal import Decimal

from ftroi.errors import FormulaError
from ftroi.language.faults import Faults
from ftroi.language.functions import FUNCTIONS
from ftroi.language.names import did_you_mean, invalid_name_reason
from ftroi.language.nodes import Binary, Call, Name, Negative, Node, Number
from ftroi.language.operators import OPERATORS
from ftroi.language.signature import Signature
from ftroi.language.tokens import Token, tokenise

MOST_TOKENS = 300
"""The longest formula, in tokens; a longer one cannot be reviewed."""

DEEPEST = 64
"""The deepest nesting of parentheses and signs, which is the limit of spreadsheets."""

_INSTEAD = {
    "SUM": "add the lines with '+', or the months of one line with TOTAL or TO_DATE",
    "POWER": "write base ^ exponent",
    "LOG": "use LN",
    "TRUNC": "use ROUNDDOWN(x, 0)",
    "CEILING": "use ROUNDUP(x, 0)",
    "FLOOR": "use ROUNDDOWN(x, 0)",
    "IFERROR": "test for the case with IF before it happens",
    "TRUE": "write a condition that holds, such as flag = 1",
    "FALSE": "write a condition, such as flag = 1",
    "NPV": "multiply the line by a discount factor and take its TOTAL",
}

_UNCLEAR_BEFORE_POWER = {
    # Excel reads -2^2 as 4 and others as -4; 2^3^2 is 64 or 512.
    "-": ("'^' after a sign", "write (-x)^y or -(x^y)"),
    "^": ("'^' after '^'", "write (x^y)^z or x^(y^z)"),
}


def parse(text: str, where: str = "formula", functions: Mapping[str, Signature] = FUNCTIONS) -> Node:
    """Parse a formula that may call the given functions; every node knows its offset in the text.

    Raises FormulaError with all syntax findings, each with a caret under its position. Whether names exist, units agree
    and conditions are allowed where they are is checked by `check_formula`.
    """
    faults = Faults(where, text)
    reader = _Reader(tokenise(text, faults), faults, functions)
    try:
        node = reader.read()
    except _LostError:
        raise FormulaError(*faults.findings) from None
    if faults:
        raise FormulaError(*faults.findings)
    return node


class _LostError(Exception):
    """The parser cannot go on; the finding is already among the faults."""


class _Reader:
    """One pass over a formula's tokens."""

    def __init__(self, tokens: list[Token], faults: Faults, functions: Mapping[str, Signature]) -> None:
        self._tokens = tokens
        self._functions = functions
        self._faults = faults
        self._has_gaps = bool(faults)
        self._position = 0
        self._depth = 0

    def read(self) -> Node:
        first = self._tokens[0]
        if first.kind == "end" and not self._has_gaps:
            raise self._lost(first.at, "the formula is empty", "write 0 for a line without a cost")
        if first.text == "=":
            raise self._lost(first.at, "a leading '='", "leave it out")
        if len(self._tokens) > MOST_TOKENS:
            what = f"the formula has more than {MOST_TOKENS} numbers, names and signs"
            raise self._lost(self._tokens[MOST_TOKENS].at, what, "split it into several lines")
        node = self._expression(0)
        if self._next().kind != "end":
            raise self._unexpected("an operator")
        return node

    def _next(self) -> Token:
        return self._tokens[self._position]

    def _take(self) -> Token:
        token = self._tokens[self._position]
        self._position += 1
        return token

    def _lost(self, at: int, what: str, cure: str = "") -> _LostError:
        self._faults.add(at, what, cure)
        return _LostError()

    def _unexpected(self, wanted: str) -> _LostError:
        if self._has_gaps:
            # The likely cause is text that the tokeniser dropped, which is already reported.
            return _LostError()
        token = self._next()
        found = f"'{token.text}'" if token.text else "the end of the formula"
        return self._lost(token.at, f"expected {wanted}, found {found}")

    def _expression(self, floor: int) -> Node:
        """Read operands joined by operators that bind tighter than ``floor``."""
        before = self._next().text
        left = self._operand()
        while True:
            token = self._next()
            operator = OPERATORS.get(token.text)
            if operator is None or operator.binds <= floor:
                return left
            self._position += 1
            if token.text == "^" and before in _UNCLEAR_BEFORE_POWER:
                self._faults.add(token.at, *_UNCLEAR_BEFORE_POWER[before])
            left = Binary(token.text, left, self._expression(operator.binds), token.at)
            before = token.text

    def _operand(self) -> Node:
        token = self._take()
        if token.kind == "number":
            return self._number(token)
        if token.kind == "name":
            return self._call(token) if self._next().text == "(" else self._name(token)
        if token.text == "-":
            self._enter(token)
            operand = self._operand()
            self._depth -= 1
            return Negative(operand, token.at)
        if token.text == "(":
            self._enter(token)
            node = self._expression(0)
            self._close("an operator or ')'")
            return node
        self._position -= 1
        raise self._unexpected("a number, a name or '('")

    def _enter(self, token: Token) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            what = f"parentheses or signs more than {DEEPEST} deep"
            raise self._lost(token.at, what, "split the formula into several lines")

    def _close(self, wanted: str) -> None:
        if self._next().text != ")":
            raise self._unexpected(wanted)
        self._position += 1
        self._depth -= 1

    def _number(self, token: Token) -> Number:
        digits = token.text.removesuffix("%")
        value, percent = float(digits), digits != token.text
        if not math.isfinite(value):
            self._faults.add(token.at, "a number too large for a spreadsheet")
        elif percent and value:
            value = float(Decimal(digits).scaleb(-2))
        return Number(value, percent, token.at)

    def _name(self, token: Token) -> Name:
        reason = invalid_name_reason(token.text)
        if reason:
            what = f"'{token.text}' cannot be a name: {reason}"
            self._faults.add(token.at, what, _INSTEAD.get(token.text.upper(), ""))
        return Name(token.text, token.at)

    def _call(self, token: Token) -> Call:
        name = token.text.upper()
        self._enter(token)
        self._position += 1
        arguments = self._arguments()
        function = self._functions.get(name)
        if function is None:
            self._faults.add(token.at, f"no function '{name}'", _instead_of_function(name, self._functions))
        else:
            self._check_arguments(function, arguments, token)
        return Call(name, arguments, token.at)

    def _arguments(self) -> tuple[Node, ...]:
        """Read up to the closing parenthesis."""
        arguments: list[Node] = []
        if self._next().text != ")":
            arguments.append(self._expression(0))
            while self._next().text == ",":
                self._position += 1
                arguments.append(self._expression(0))
        self._close("an operator, ',' or ')'")
        return tuple(arguments)

    def _check_arguments(self, function: Signature, arguments: tuple[Node, ...], token: Token) -> None:
        count = len(arguments)
        if not function.minimum <= count <= function.maximum:
            what = f"{function.name} takes {_arity(function)}, not {count}"
            self._faults.add(token.at, what, f"for example {function.example.formula}")
        elif function.on_rows and not isinstance(arguments[0], Name):
            what = f"{function.name} takes the name of a line, not an expression"
            self._faults.add(token.at, what, "give that expression a line of its own")


def _arity(function: Signature) -> str:
    fewest, most = function.minimum, function.maximum
    if fewest == most:
        return f"{fewest} argument" if fewest == 1 else f"{fewest} arguments"
    return f"{fewest} to {most} arguments"


def _instead_of_function(name: str, functions: Iterable[str]) -> str:
    if name in _INSTEAD:
        return _INSTEAD[name]
    return did_you_mean(name, functions) or "write '*' to multiply; the functions are " + ", ".join(functions)

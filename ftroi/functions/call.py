"""Answering one call of a cell: arguments of every shape in; a figure, a text, a table or a ``#FT:`` text out."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Protocol

from ftroi import __version__
from ftroi.analysis import Verdict
from ftroi.errors import Finding, FtroiError, PlanError
from ftroi.functions.arguments import Given, Rows, is_left_out, key_of, one_cell, rows_of, taken
from ftroi.functions.figures import FIGURES
from ftroi.functions.prices import PRICES
from ftroi.functions.question import Answer, Question, Table, option_asked
from ftroi.functions.registry import FUNCTIONS, Function
from ftroi.functions.risk_answers import RISK
from ftroi.functions.session import evaluated, judgement
from ftroi.functions.tables import TABLES, gate_table
from ftroi.workbook.reading.cell_values import day
from ftroi.workbook.schema import AS_OF, FORMER_NAMES, GATES, INPUTS, RISK_FIGURES

ERROR = "#FT: "
"""How every error's text starts; arithmetic on it gives #VALUE!."""

_ANSWERS = {**FIGURES, **TABLES, **RISK, **PRICES}
_LOG = logging.getLogger(__name__)


class Book(Protocol):
    """The workbook of the calling cell."""

    @property
    def days_offset(self) -> int:
        """What is added to the serial number of a date: 1462 where the workbook counts days from 1904, else 0."""

    def range_named(self, name: str) -> Given | None:
        """The values of a named range, row by row; None where the workbook has no such name."""


class NoBook:
    """Stands for a workbook that cannot be asked; every range has to be given, and days count from 1900."""

    days_offset = 0

    def range_named(self, name: str) -> Given | None:  # noqa: ARG002 - whatever the name, there is none
        """None."""
        return None


def call(name: str, arguments: Sequence[Given], book: Book | None = None) -> Answer:
    """Answer the call of one of the registry's functions; whatever goes wrong is told in the answer.

    ``arguments`` are in the registry's order; those left out are None, or missing at the end. What
    cannot be answered is a text that starts with ``#FT:`` and says what to do; where a table is
    wanted, it is the table's only cell.
    """
    function = FUNCTIONS[name]
    try:
        return _answered(function, _by_name(function, arguments), book or NoBook())
    except FtroiError as error:
        text = error_text(error)
    except Exception as error:  # noqa: BLE001 - a cell has to say something, whatever went wrong
        _LOG.exception("%s failed", name)
        text = f"{ERROR}{name} met an unexpected {type(error).__name__}: {error}; see the log file"
    return ((text,),) if function.gives_table else text


def error_text(error: FtroiError) -> str:
    """An error's first finding on one line, and how many more there are."""
    if not error.findings:
        return f"{ERROR}{type(error).__name__}"
    first, more = error.findings[0], len(error.findings) - 1
    sentence = f"{first.where}: {first.what}" + (f"; {first.cure}" if first.cure else "")
    return ERROR + " ".join(sentence.split()) + (f" (and {more} more)" if more else "")


def _by_name(function: Function, arguments: Sequence[Given]) -> dict[str, Given]:
    """The arguments by their names; raises PlanError for too many, and for one that cannot be left out."""
    names = [one.name for one in function.arguments]
    if len(arguments) > len(names):
        what = f"{len(arguments)} arguments were given, and it takes {len(names)}"
        raise PlanError(Finding(function.name, what, f"write {function.example}"))
    given = dict.fromkeys(names) | dict(zip(names, arguments, strict=False))
    for one in function.arguments:
        if not one.is_optional and is_left_out(given[one.name]):
            raise PlanError(Finding(function.name, f"the argument {one.name} is missing", f"write {function.example}"))
    return given


def _answered(function: Function, given: Mapping[str, Given], book: Book) -> Answer:
    if function.name == "FT_VERSION":
        return _version(given, book)
    inputs = _inputs(given["inputs"], book)
    found = evaluated(inputs, book.days_offset)
    plan = found.plan
    # A workbook's own range is read when the program asks, be its live cells computed by then or not.
    if found.typed_over and not is_left_out(given["inputs"]):
        raise PlanError(*found.typed_over)
    if function.name in ("FT_GATES", "FT_VERDICT"):
        candidate = option_asked(plan, given["option"], plan.settings.candidate)
        return _judged(function.name, inputs, candidate, given, book)
    option = option_asked(plan, given.get("option"), plan.settings.option)
    question = Question(given, option, found)
    own = tuple(key_of(rows_of(value)) for name, value in given.items() if name not in ("inputs", "option"))
    return found.answer((function.name, option, own), lambda: _ANSWERS[function.name](question))


def _inputs(given: Given, book: Book) -> Rows:
    """The values of FT_Inputs: those given or, where they were left out, the workbook's own."""
    if not is_left_out(given):
        return _range("inputs", given)
    own = book.range_named(INPUTS)
    if own is None:
        cure = f"make a plan with 'ftroi new', or give the range: FT_TCO({INPUTS})"
        raise PlanError(Finding("inputs", f"this workbook has no range named {INPUTS}", cure))
    return rows_of(own)


_NAMED = {"inputs": INPUTS, "gates": GATES}
"""The names of the ranges that an argument stands for."""


def _range(name: str, given: Given) -> Rows:
    """A range's values; one value in its place is most often an argument too few before it."""
    rows = rows_of(given)
    if len(rows) == 1 and len(rows[0]) == 1:
        what = f"a single value ({rows[0][0]}) was given in place of a range"
        cure = f"give the cells named {_NAMED[name]}, or leave the argument empty"
        raise PlanError(Finding(name, what, cure))
    return rows


def _judged(name: str, inputs: Rows, candidate: str, given: Mapping[str, Given], book: Book) -> str | Table:
    """The gates or the verdict, on the workbook's own day and by its own simulation where it can be asked for."""
    gates, as_of = given["gates"], given["as_of"]
    own = {
        GATES: _own_gates(book) if is_left_out(gates) else _range("gates", gates),
        AS_OF: book.range_named(AS_OF) if is_left_out(as_of) else _day_given(as_of),
        RISK_FIGURES: book.range_named(RISK_FIGURES),
    }
    rectangles = {INPUTS: inputs} | {key: rows_of(value) for key, value in own.items() if value is not None}
    found = judgement(rectangles, candidate, book.days_offset)
    return gate_table(found) if name == "FT_GATES" else _told(found.verdict)


def _own_gates(book: Book) -> Given | None:
    """The workbook's own table of gates, by the name that it has or had in an earlier version."""
    found = book.range_named(GATES)
    return book.range_named(FORMER_NAMES[GATES]) if found is None else found


def _day_given(given: Given) -> Given:
    """A day that was handed over as a text, such as 2027-01-31, as its serial number; anything else as it is."""
    try:
        cell = one_cell(AS_OF, given)
    except PlanError:
        return given
    return taken(AS_OF, day, cell) if isinstance(cell.value, str) else given


def _told(verdict: Verdict) -> str:
    """A verdict in one text: the sentence, its reasons, and the conditions that remain."""
    told = (verdict.sentence, *verdict.reasons, verdict.conditions_told)
    return " ".join(one for one in told if one)


def _version(given: Mapping[str, Given], book: Book) -> str:
    """The versions of ftroi and of the template; without inputs the former alone."""
    engine = f"ftroi {__version__}"
    if is_left_out(given["inputs"]) and book.range_named(INPUTS) is None:
        return engine
    template = evaluated(_inputs(given["inputs"], book), book.days_offset).plan.template
    return f"{engine}; template {template.id} {template.version}"

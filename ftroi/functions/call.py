"""Answering one call of an FT_ function: arguments of any shape in, a number, text, table or ``#FT:`` error out."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Protocol

from ftroi import __version__
from ftroi.analysis import Verdict
from ftroi.errors import Finding, FtroiError, PlanError
from ftroi.functions.arguments import Given, Rows, is_omitted, key_of, one_cell, parsed, rows_of
from ftroi.functions.figures import FIGURES
from ftroi.functions.prices import PRICES
from ftroi.functions.question import Answer, Question, Table, option_argument
from ftroi.functions.registry import FUNCTIONS, Function
from ftroi.functions.risk_answers import RISK
from ftroi.functions.session import evaluated, judgement
from ftroi.functions.sheets_agree import require_agreement, taken_out
from ftroi.functions.tables import TABLES, gate_table
from ftroi.workbook.reading.cell_values import day
from ftroi.workbook.schema import AS_OF, FORMER_NAMES, GATES, INPUTS, RISK_FIGURES

ERROR = "#FT: "
"""The prefix of error texts; arithmetic on such a text gives #VALUE!."""

_ANSWERS = {**FIGURES, **TABLES, **RISK, **PRICES}
_LOG = logging.getLogger(__name__)


class Book(Protocol):
    """The workbook of the calling cell."""

    @property
    def days_offset(self) -> int:
        """The number to add to serial dates: 1462 for a workbook in the 1904 date system, else 0."""

    def range_named(self, name: str) -> Given | None:
        """The values of a named range, row by row; None if the workbook has no such name."""


class NoBook:
    """The workbook of a host that gives no access to it: all ranges must be arguments, and dates count from 1900."""

    days_offset = 0

    def range_named(self, name: str) -> Given | None:  # noqa: ARG002 - whatever the name, there is none
        """None."""
        return None


def call(name: str, arguments: Sequence[Given], book: Book | None = None) -> Answer:
    """The answer to a call of one of the registry's functions; never raises.

    ``arguments`` are in the registry's order; omitted ones are None, or missing at the end. An error is a text that
    starts with ``#FT:`` and says what to do; for a function that gives a table, it is the table's only cell.
    """
    function = FUNCTIONS[name]
    try:
        return _answer(function, _by_name(function, arguments), book or NoBook())
    except FtroiError as error:
        text = error_text(error)
    except Exception as error:  # noqa: BLE001 - a cell has to say something, whatever went wrong
        _LOG.exception("%s failed", name)
        text = f"{ERROR}{name} met an unexpected {type(error).__name__}: {error}; see the log file"
    return ((text,),) if function.gives_table else text


def error_text(error: FtroiError) -> str:
    """The first finding of an error on one line, and the number of further findings."""
    if not error.findings:
        return f"{ERROR}{type(error).__name__}"
    first, more = error.findings[0], len(error.findings) - 1
    sentence = f"{first.where}: {first.what}" + (f"; {first.cure}" if first.cure else "")
    return ERROR + " ".join(sentence.split()) + (f" (and {more} more)" if more else "")


def _by_name(function: Function, arguments: Sequence[Given]) -> dict[str, Given]:
    """The arguments by name; raises PlanError for too many arguments, and for a missing one that is required."""
    names = [argument.name for argument in function.arguments]
    if len(arguments) > len(names):
        what = f"{len(arguments)} arguments were given, and it takes {len(names)}"
        raise PlanError(Finding(function.name, what, f"write {function.example}"))
    given = dict.fromkeys(names) | dict(zip(names, arguments, strict=False))
    for one in function.arguments:
        if not one.is_optional and is_omitted(given[one.name]):
            raise PlanError(Finding(function.name, f"the argument {one.name} is missing", f"write {function.example}"))
    return given


def _answer(function: Function, given: Mapping[str, Given], book: Book) -> Answer:
    if function.name == "FT_VERSION":
        return _version(given, book)
    inputs, control = taken_out(_inputs(given["inputs"], book))
    found = evaluated(inputs, book.days_offset)
    plan = found.plan
    # The workbook's own range may be read before its live cells are recalculated, and so proves nothing.
    if found.typed_over and not is_omitted(given["inputs"]):
        raise PlanError(*found.typed_over)
    if control.total is not None and function.name not in PRICES:
        require_agreement(control, found.control)
    if function.name in ("FT_GATES", "FT_VERDICT"):
        candidate = option_argument(plan, given["option"], plan.settings.candidate)
        return _judged(function.name, inputs, candidate, given, book)
    option = option_argument(plan, given.get("option"), plan.settings.option)
    question = Question(given, option, found)
    own = tuple(key_of(rows_of(value)) for name, value in given.items() if name not in ("inputs", "option"))
    return found.answer((function.name, option, own), lambda: _ANSWERS[function.name](question))


def _inputs(given: Given, book: Book) -> Rows:
    """The values of FT_Inputs: the argument or, if it is omitted, the workbook's own."""
    if not is_omitted(given):
        return _range("inputs", given)
    own = book.range_named(INPUTS)
    if own is None:
        cure = f"make a plan with 'ftroi new', or give the range: FT_TCO({INPUTS})"
        raise PlanError(Finding("inputs", f"this workbook has no range named {INPUTS}", cure))
    return rows_of(own)


_NAMED = {"inputs": INPUTS, "gates": GATES}
"""The defined names of the ranges that arguments hold."""


def _range(name: str, given: Given) -> Rows:
    """A range's values; raises PlanError for a single value: most likely an argument before it is missing."""
    rows = rows_of(given)
    if len(rows) == 1 and len(rows[0]) == 1:
        what = f"a single value ({rows[0][0]}) was given in place of a range"
        cure = f"give the cells named {_NAMED[name]}, or leave the argument empty"
        raise PlanError(Finding(name, what, cure))
    return rows


def _judged(name: str, inputs: Rows, candidate: str, given: Mapping[str, Given], book: Book) -> str | Table:
    """The gates or the verdict, with the workbook's date and stored simulation where the host gives access to them."""
    gates, as_of = given["gates"], given["as_of"]
    own = {
        GATES: _own_gates(book) if is_omitted(gates) else _range("gates", gates),
        AS_OF: book.range_named(AS_OF) if is_omitted(as_of) else _day_given(as_of),
        RISK_FIGURES: book.range_named(RISK_FIGURES),
    }
    rectangles = {INPUTS: inputs} | {key: rows_of(value) for key, value in own.items() if value is not None}
    found = judgement(rectangles, candidate, book.days_offset)
    return gate_table(found) if name == "FT_GATES" else _verdict_text(found.verdict)


def _own_gates(book: Book) -> Given | None:
    """The workbook's own table of gates, by its present name or that of an earlier version."""
    found = book.range_named(GATES)
    return book.range_named(FORMER_NAMES[GATES]) if found is None else found


def _day_given(given: Given) -> Given:
    """A date passed as text, such as 2027-01-31, as its serial number; any other value unchanged."""
    try:
        cell = one_cell(AS_OF, given)
    except PlanError:
        return given
    return parsed(AS_OF, day, cell) if isinstance(cell.value, str) else given


def _verdict_text(verdict: Verdict) -> str:
    """A verdict in one text: the sentence, its reasons, and the remaining conditions."""
    sentences = (verdict.sentence, *verdict.reasons, verdict.conditions_told)
    return " ".join(sentence for sentence in sentences if sentence)


def _version(given: Mapping[str, Given], book: Book) -> str:
    """The versions of ftroi and of the template; without inputs only that of ftroi."""
    engine = f"ftroi {__version__}"
    if is_omitted(given["inputs"]) and book.range_named(INPUTS) is None:
        return engine
    inputs, _ = taken_out(_inputs(given["inputs"], book))
    template = evaluated(inputs, book.days_offset).plan.template
    return f"{engine}; template {template.id} {template.version}"

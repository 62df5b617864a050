"""Answering calls of Calc's cells: from the arguments and the calling document to the value that Calc shows."""

from __future__ import annotations

import logging
from typing import Any

from ftroi.functions.arguments import PlainRows
from ftroi.functions.call import ERROR, call
from ftroi.functions.registry import FUNCTIONS, Argument
from ftroi.hosts.office.inside.document import DocumentBook
from ftroi.hosts.office.inside.volatile_results import followed

_LOG = logging.getLogger(__name__)


def answered(function: str, document: Any, arguments: tuple[Any, ...]) -> object:
    """The answer to one call; never raises, as Calc would show #VALUE! without a reason.

    Calc knows that a cell depends on its arguments. If named ranges of the document were read instead, the answer is a
    volatile result that follows them; a table is always such a result.
    """
    try:
        book = DocumentBook(document)
        given = tuple(map(_given, FUNCTIONS[function].arguments, arguments))
        found = call(function, given, book)
        follows = book.read or isinstance(found, tuple)
        return followed(book, function, given, found) if follows else found
    except Exception as error:  # noqa: BLE001 - the last line of defence, so that the cell has something to say
        _LOG.exception("%s failed", function)
        return f"{ERROR}{function} met an unexpected {type(error).__name__}: {error}; see the log file"


def _given(argument: Argument, value: Any) -> Any:
    """An argument with a blank cell, which Calc passes as 0, as None; no optional argument can be 0."""
    if argument.is_optional and value == 0:
        return None
    return PlainRows(value) if isinstance(value, tuple) else value

"""Answers the calls of Calc's cells: arguments and the calling document in, what Calc shows out."""

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
    """Answer one call.

    A cell depends on what it hands over: Calc sees that. Where ranges of the document were read by
    their names instead, the answer is one that follows them; a table is always such an answer.
    Nothing is raised: Calc would show #VALUE! without a reason.
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
    """An argument as it is meant: a blank cell comes as 0, for which none of the optional ones has any use."""
    if argument.is_optional and value == 0:
        return None
    return PlainRows(value) if isinstance(value, tuple) else value

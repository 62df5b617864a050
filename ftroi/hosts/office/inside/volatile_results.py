"""Answers that are updated when the named ranges change that they were computed from.

Calc recalculates a cell if something changes that its formula refers to. ``=FT_TCO()`` refers to nothing; so its answer
is a volatile result, an object that notifies Calc of new values, and that listens to changes in the cells that were
read. Tables are volatile results, too: a method whose type allows both tables and numbers cannot return one directly.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Iterable
from typing import Any

import uno
import unohelper
from com.sun.star.sheet import ResultEvent, XVolatileResult
from com.sun.star.util import XModifyListener

from ftroi.functions.call import call
from ftroi.functions.question import Answer
from ftroi.functions.tables import padded
from ftroi.hosts.office.inside.document import DocumentBook

MOST_FOLLOWED = 4_096
"""The most calls that are kept up to date in one document; cells of other calls wait for a recalculation."""

MOST_ON_OTHER_RANGES = 64
"""The same for calls with a range as argument, which need much memory."""

ROWS, COLUMNS = 160, 64
"""The size to which tables are padded, as Calc shows #N/A in the remaining cells of an array formula."""


class FollowingResult(unohelper.Base, XVolatileResult):  # type: ignore[misc]  # LibreOffice's types have no stubs
    """The answer to one call, and the listeners (cells) that show it."""

    def __init__(self, function: str, arguments: tuple[Any, ...]) -> None:
        """Store the call; ``show`` sets the answer."""
        self.function = function
        self.arguments = arguments
        self.names: frozenset[str] = frozenset()
        self._answer: Answer | None = None
        self._listeners: list[Any] = []

    def addResultListener(self, listener: Any) -> None:  # noqa: N802 - LibreOffice's name
        """Add a listener, and notify it of the present answer."""
        self._listeners.append(listener)
        listener.modified(self._event())

    def removeResultListener(self, listener: Any) -> None:  # noqa: N802 - LibreOffice's name
        """Remove a listener."""
        if listener in self._listeners:
            self._listeners.remove(listener)

    def show(self, answer: Answer) -> None:
        """Set the answer, and notify the listeners if it has changed."""
        if answer == self._answer:
            return
        self._answer = answer
        for listener in tuple(self._listeners):
            listener.modified(self._event())

    def _event(self) -> Any:
        event = ResultEvent()
        event.Value = _table(self._answer) if isinstance(self._answer, tuple) else self._answer
        event.Source = self
        return event


def _table(rows: tuple[tuple[float | str, ...], ...]) -> Any:
    """A table in LibreOffice's type, padded with blanks."""
    height, width = max(len(rows), ROWS), max(len(rows[0]), COLUMNS)
    return uno.Any("[][]any", padded(rows, height, width))


class RangeListener(unohelper.Base, XModifyListener):  # type: ignore[misc]  # LibreOffice's types have no stubs
    """Listens to changes in one named range."""

    def __init__(self, follower: Follower, name: str) -> None:
        """Store the follower to notify, and the name of the range."""
        self._follower = follower
        self._name = name

    def modified(self, _event: Any) -> None:
        """Notify the follower that the range has changed."""
        self._follower.changed(self._name)

    def disposing(self, _event: Any) -> None:
        """Notify the follower that the document is being closed."""
        self._follower.forget()


class Follower:
    """Keeps one document's answers up to date."""

    def __init__(self, document: Any) -> None:
        """Store the document, without listening yet."""
        self._document = document
        self._id = document.RuntimeUID
        self._heard: dict[str, tuple[Any, RangeListener]] = {}
        self._results: OrderedDict[Hashable, FollowingResult] = OrderedDict()
        self._on_other_ranges: OrderedDict[Hashable, FollowingResult] = OrderedDict()

    def result(self, function: str, arguments: tuple[Any, ...], names: Iterable[str]) -> FollowingResult:
        """The result object of a call, the same for all cells with this call."""
        is_large = any(isinstance(argument, tuple) and len(argument) > 1 for argument in arguments)
        kept, most = (self._on_other_ranges, MOST_ON_OTHER_RANGES) if is_large else (self._results, MOST_FOLLOWED)
        key = (function, arguments, frozenset(names))
        found = kept.pop(key, None) or FollowingResult(function, arguments)
        kept[key] = found
        found.names = frozenset(names)
        if len(kept) > most:
            kept.popitem(last=False)
        return found

    def listen(self, ranges: dict[str, Any]) -> None:
        """Listen to changes in ranges, by name; if a name has moved to other cells, these are listened to instead."""
        for name, cells in ranges.items():
            before, ear = self._heard.get(name, (None, RangeListener(self, name)))
            if before is not None and before.AbsoluteName == cells.AbsoluteName:
                continue
            if before is not None:
                before.removeModifyListener(ear)
            cells.addModifyListener(ear)
            self._heard[name] = (cells, ear)

    def changed(self, name: str) -> None:
        """Compute all answers again that depend on a range."""
        book = DocumentBook(self._document)
        for result in (*self._results.values(), *self._on_other_ranges.values()):
            if name in result.names:
                result.show(call(result.function, result.arguments, book))

    def forget(self) -> None:
        """Drop all references to the document, which is being closed."""
        self._results.clear()
        self._on_other_ranges.clear()
        self._heard.clear()
        FOLLOWERS.pop(self._id, None)


FOLLOWERS: dict[str, Follower] = {}
"""The followers of the open documents."""


def followed(book: DocumentBook, function: str, arguments: tuple[Any, ...], answer: Answer) -> FollowingResult:
    """An answer as a result that follows the named ranges that were read from ``book``.

    Cells with equal inputs share one object. If their inputs become different, Calc is notified of a new answer, calls
    the function again for all of the cells, and each gets the answer for its own inputs.
    """
    name = book.document.RuntimeUID
    if name not in FOLLOWERS:
        FOLLOWERS[name] = Follower(book.document)
    follower = FOLLOWERS[name]
    follower.listen(book.read)
    result = follower.result(function, book.without_own(function, arguments), book.read)
    result.show(answer)
    return result

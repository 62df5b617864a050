"""Answers that follow the named ranges that they were made from, though no formula names these.

Calc recalculates a cell when something changes that its formula names. ``=FT_TCO()`` names nothing: its
answer is a volatile result, an object that tells Calc of each new value. It learns of changes by listening
to the cells that were read. Tables are such results too: Calc takes a table from a volatile result as it
takes one from a method that gives nothing but tables, and those could not follow.
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
"""Questions that are kept up to date in one document; a cell whose question fell out waits for a recalculation."""

MOST_ON_OTHER_RANGES = 64
"""The same for questions that bear a range of their own, which is large."""

ROWS, COLUMNS = 160, 64
"""The size that tables are padded to: Calc shows #N/A in the cells of an array formula that get nothing."""


class FollowingResult(unohelper.Base, XVolatileResult):  # type: ignore[misc]  # LibreOffice's types have no stubs
    """One answer, and the cells that show it."""

    def __init__(self, function: str, arguments: tuple[Any, ...]) -> None:
        """Keep the question; it is answered by ``show``."""
        self.function = function
        self.arguments = arguments
        self.names: frozenset[str] = frozenset()
        self._answer: Answer | None = None
        self._listeners: list[Any] = []

    def addResultListener(self, listener: Any) -> None:  # noqa: N802 - LibreOffice's name
        """Add one who shows the answer, and tell it at once."""
        self._listeners.append(listener)
        listener.modified(self._event())

    def removeResultListener(self, listener: Any) -> None:  # noqa: N802 - LibreOffice's name
        """Remove one who showed the answer."""
        if listener in self._listeners:
            self._listeners.remove(listener)

    def show(self, answer: Answer) -> None:
        """Take an answer, and tell those who show the former one."""
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
    """A table as Calc takes it, with blanks around it."""
    height, width = max(len(rows), ROWS), max(len(rows[0]), COLUMNS)
    return uno.Any("[][]any", padded(rows, height, width))


class Ear(unohelper.Base, XModifyListener):  # type: ignore[misc]  # LibreOffice's types have no stubs
    """Hears of changes in one named range."""

    def __init__(self, follower: Follower, name: str) -> None:
        """Keep whom to tell."""
        self._follower = follower
        self._name = name

    def modified(self, _event: Any) -> None:
        """Tell that the range has changed."""
        self._follower.changed(self._name)

    def disposing(self, _event: Any) -> None:
        """Tell that the document is being closed."""
        self._follower.forget()


class Follower:
    """Keeps one document's answers up to date."""

    def __init__(self, document: Any) -> None:
        """Keep the document; nothing is listened to yet."""
        self._document = document
        self._id = document.RuntimeUID
        self._heard: dict[str, tuple[Any, Ear]] = {}
        self._results: OrderedDict[Hashable, FollowingResult] = OrderedDict()
        self._on_other_ranges: OrderedDict[Hashable, FollowingResult] = OrderedDict()

    def result(self, function: str, arguments: tuple[Any, ...], names: Iterable[str]) -> FollowingResult:
        """The object that stands for a question; the same for all cells that ask it."""
        is_large = any(isinstance(one, tuple) and len(one) > 1 for one in arguments)
        kept, most = (self._on_other_ranges, MOST_ON_OTHER_RANGES) if is_large else (self._results, MOST_FOLLOWED)
        key = (function, arguments, frozenset(names))
        found = kept.pop(key, None) or FollowingResult(function, arguments)
        kept[key] = found
        found.names = frozenset(names)
        if len(kept) > most:
            kept.popitem(last=False)
        return found

    def listen(self, ranges: dict[str, Any]) -> None:
        """Hear of changes in these ranges, each by its name; a name that has moved is followed."""
        for name, cells in ranges.items():
            before, ear = self._heard.get(name, (None, Ear(self, name)))
            if before is not None and before.AbsoluteName == cells.AbsoluteName:
                continue
            if before is not None:
                before.removeModifyListener(ear)
            cells.addModifyListener(ear)
            self._heard[name] = (cells, ear)

    def changed(self, name: str) -> None:
        """Answer every question anew that was answered from a range."""
        book = DocumentBook(self._document)
        for result in (*self._results.values(), *self._on_other_ranges.values()):
            if name in result.names:
                result.show(call(result.function, result.arguments, book))

    def forget(self) -> None:
        """Forget the document, which is being closed."""
        self._results.clear()
        self._on_other_ranges.clear()
        self._heard.clear()
        FOLLOWERS.pop(self._id, None)


FOLLOWERS: dict[str, Follower] = {}
"""The followers of the open documents."""


def followed(book: DocumentBook, function: str, arguments: tuple[Any, ...], answer: Answer) -> FollowingResult:
    """An answer as one that follows the ranges that ``book`` was asked for.

    Cells on equal inputs share one object. Where these become different, Calc is told of a new answer, asks for
    all of the cells again, and each then gets what its own inputs give.
    """
    name = book.document.RuntimeUID
    if name not in FOLLOWERS:
        FOLLOWERS[name] = Follower(book.document)
    follower = FOLLOWERS[name]
    follower.listen(book.read)
    result = follower.result(function, book.without_own(function, arguments), book.read)
    result.show(answer)
    return result

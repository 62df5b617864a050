"""Answers that follow the named ranges that they were made from, though no formula names these.

Calc recalculates a cell when something changes that its formula names. ``=FT_TCO()`` names nothing: its
answer is a volatile result, an object that tells Calc of each new value. It learns of changes by listening
to the cells that were read.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Any

import unohelper
from com.sun.star.sheet import ResultEvent, XVolatileResult
from com.sun.star.util import XModifyListener

from ftroi.functions.call import call
from ftroi.functions.question import Answer
from ftroi.hosts.office.inside.document import DocumentBook

MOST_FOLLOWED = 4_096
"""Questions that are kept up to date in one document; a cell whose question fell out waits for a recalculation."""


class FollowingResult(unohelper.Base, XVolatileResult):  # type: ignore[misc]  # LibreOffice's types have no stubs
    """One answer, and the cells that show it."""

    def __init__(self, function: str, arguments: tuple[Any, ...]) -> None:
        """Keep the question; it is answered by ``show``."""
        self.function = function
        self.arguments = arguments
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
        event.Value = self._answer
        event.Source = self
        return event


class Follower(unohelper.Base, XModifyListener):  # type: ignore[misc]  # LibreOffice's types have no stubs
    """Keeps one document's answers up to date: it hears when a range that was read changes."""

    def __init__(self, document: Any) -> None:
        """Keep the document; nothing is listened to yet."""
        self._document = document
        self._id = document.RuntimeUID
        self._heard: dict[str, Any] = {}
        self._results: OrderedDict[Hashable, FollowingResult] = OrderedDict()

    def result(self, function: str, arguments: tuple[Any, ...]) -> FollowingResult:
        """Give the object that stands for a question; the same for all cells that ask it."""
        key = (function, arguments)
        found = self._results.pop(key, None) or FollowingResult(function, arguments)
        self._results[key] = found
        if len(self._results) > MOST_FOLLOWED:
            self._results.popitem(last=False)
        return found

    def listen(self, ranges: dict[str, Any]) -> None:
        """Hear of changes in these ranges, each by its name; a name that has moved is followed."""
        for name, cells in ranges.items():
            place = cells.AbsoluteName
            if name in self._heard and self._heard[name].AbsoluteName == place:
                continue
            if name in self._heard:
                self._heard[name].removeModifyListener(self)
            cells.addModifyListener(self)
            self._heard[name] = cells

    def modified(self, _event: Any) -> None:
        """Answer every question anew."""
        book = DocumentBook(self._document)
        for result in tuple(self._results.values()):
            result.show(call(result.function, result.arguments, book))

    def disposing(self, _event: Any) -> None:
        """Forget the document, which is being closed."""
        self._results.clear()
        self._heard.clear()
        FOLLOWERS.pop(self._id, None)


FOLLOWERS: dict[str, Follower] = {}
"""The followers of the open documents."""


def followed(book: DocumentBook, function: str, arguments: tuple[Any, ...], answer: Answer) -> FollowingResult:
    """Give an answer as one that follows the ranges that ``book`` was asked for."""
    name = book.document.RuntimeUID
    follower = FOLLOWERS.setdefault(name, FOLLOWERS.get(name) or Follower(book.document))
    follower.listen(book.read)
    result = follower.result(function, arguments)
    result.show(answer)
    return result

"""Excel's side of a call: what a cell's formula becomes when the add-in's VBA hands it to xlwings."""

from __future__ import annotations

from functools import cache
from types import SimpleNamespace
from typing import Any

from ftroi.functions.question import Table
from ftroi.functions.registry import FUNCTIONS
from ftroi.hosts.xlam.wrappers import BOOK, DAYS, SERVED_BY, SIZE, handed_over
from tests.support.excel_objects import CELL, MISSING, Book, Range
from tests.support.function_sheet import ranges


@cache
def own() -> Book:
    """The calling cell's workbook, which holds a plan."""
    return Book(ranges())


def handed(given: Any) -> Any:
    """An argument as VBA hands it over: rows are a range of cells."""
    return Range(given) if isinstance(given, tuple) else MISSING if given is None else given


class Excel:
    """Excel with one workbook; calls go through xlwings' own server."""

    def __init__(self, modules: SimpleNamespace) -> None:
        self.modules = modules

    def call(self, name: str, *typed: Any, book: Book | None = None, size: tuple[int, int] = (1, 1)) -> Any:
        """What a cell gets for a function's typed arguments; rows stand for a range, None for nothing."""
        function, book = FUNCTIONS[name], book or own()
        given = [*typed, *[None] * (len(function.arguments) - len(typed))]
        more = {BOOK: self._book(name, given, book), DAYS: book.days, SIZE: size}
        arguments = (*map(handed, given), *(more[one] for one in handed_over(function)))
        return self.modules.server.CallUDF(SERVED_BY, name, arguments, None, CELL)

    @staticmethod
    def _book(name: str, given: list[Any], book: Book) -> Book | None:
        """What the wrapper's expression gives: the workbook where it is wanted."""
        names = [one.name for one in FUNCTIONS[name].arguments]
        is_missing = given[names.index("inputs")] is None
        expressions = {"CallersBook(True)": True, "CallersBook(IsMissing(inputs))": is_missing}
        return book if expressions[handed_over(FUNCTIONS[name])[BOOK]] else None


def rows(answer: Any) -> Table:
    """An answer as rows; xlwings hands a single row over as a list, and a single value by itself."""
    if not isinstance(answer, list):
        return ((answer,),)
    return tuple(map(tuple, answer)) if isinstance(answer[0], list) else (tuple(answer),)

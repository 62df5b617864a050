"""Which names a term sheet may use, and suggestions for misspelt ones.

A name of the term sheet becomes a defined name of the workbook, so it must be valid in Excel and in LibreOffice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from functools import lru_cache

from ftroi.language.functions import FUNCTIONS

LONGEST_NAME = 60
"""The greatest length of a name, in characters."""

_RESERVED = frozenset({"true", "false", "print_area", "print_titles", "criteria", "database", "extract"})
# The timeline's own line and one of the measures; a spreadsheet can tell both from the function by its parentheses.
_MAY_SPELL_A_FUNCTION = frozenset({"month", "irr"})


def _spells_a_function(name: str) -> bool:
    return name.upper() in FUNCTIONS and name not in _MAY_SPELL_A_FUNCTION


_SNAKE_CASE = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_REFUSED: tuple[tuple[Callable[[str], object], str], ...] = (
    (lambda name: len(name) > LONGEST_NAME, f"a name has at most {LONGEST_NAME} characters"),
    (re.compile(r"[a-z]{1,3}[0-9]+").fullmatch, "a spreadsheet reads it as the address of a cell"),
    (re.compile(r"r[0-9]*(c[0-9]*)?|c[0-9]*").fullmatch, "a spreadsheet reads it as a row or a column"),
    (_RESERVED.__contains__, "a spreadsheet keeps this name for itself"),
    (re.compile(r"ft_").match, "names that start with ft_ belong to the workbook"),
    (_spells_a_function, "it is the name of a function"),
)


@lru_cache(maxsize=4096)
def invalid_name_reason(name: str) -> str:
    """The reason why a name may not be used; "" for a valid name."""
    if not _SNAKE_CASE.fullmatch(name):
        return "a name is lower-case letters, digits and single underscores, with a letter first"
    return next((reason for refuses, reason in _REFUSED if refuses(name)), "")


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The suggestion "did you mean 'x'?" with the most similar known name; "" if none is similar."""
    nearest = get_close_matches(name, known, n=1, cutoff=0.6)
    return f"did you mean '{nearest[0]}'?" if nearest else ""

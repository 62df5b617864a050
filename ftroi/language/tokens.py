"""Splitting a formula's text into numbers, names and symbols."""

from __future__ import annotations

import re
from typing import NamedTuple

from ftroi.language.faults import Faults

_TOKEN = re.compile(
    r"\s*(?:"
    r"(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?%?)"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<symbol><=|>=|<>|[-+*/^=<>(),])"
    r"|(?P<text>\"[^\"]*\"?)"
    r"|(?P<foreign>\S)"
    r")"
)

_FOREIGN = {
    "$": "use the name of an assumption or a line in place of a cell",
    ":": "use the name of a line, with TOTAL or TO_DATE, in place of a range of cells",
    "!": "use the name of an assumption or a line in place of a cell; 'not equal' is '<>'",
    "%": "write a percentage directly behind its number, like 5%",
    "&": "there are no texts in a formula; conditions are joined with AND(..., ...)",
    ";": "separate arguments with ','",
    ".": "a number has digits, and a name has no dot",
    "×": "write '*'",
    "÷": "write '/'",
    "−": "write '-'",
    "–": "write '-'",
    "≤": "write '<='",
    "≥": "write '>='",
    "≠": "write '<>'",
}


class Token(NamedTuple):
    """A piece of a formula; ``kind`` is number, name, symbol or end."""

    kind: str
    text: str
    at: int


def tokenise(text: str, faults: Faults) -> list[Token]:
    """Split a text into tokens, the last of which is the end; characters outside the language become faults."""
    tokens = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        piece, at = match[kind], match.start(kind)
        if kind == "foreign":
            faults.add(at, f"unexpected '{piece}'", _FOREIGN.get(piece, ""))
        elif kind == "text":
            faults.add(at, "a text in quotes", "a formula has numbers and names only")
        else:
            tokens.append(Token(kind, piece, at))
    tokens.append(Token("end", "", len(text.rstrip())))
    return tokens

"""Addresses of cells as formulas write them; rows and columns count from 0 here, from 1 and A there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

_PLAIN_SHEET = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_LIKE_AN_ADDRESS = re.compile(r"[A-Za-z]{1,3}[0-9]+|[Rr][0-9]*[Cc]?[0-9]*|[Cc][0-9]*")
_LETTERS = 26


@cache
def letters(column: int) -> str:
    """A column's letters: 0 is A, 26 is AA."""
    above, rest = divmod(column, _LETTERS)
    last = chr(ord("A") + rest)
    return letters(above - 1) + last if above else last


def address(row: int, column: int) -> str:
    """A cell whose row and column travel with a copied formula, such as E12."""
    return f"{letters(column)}{row + 1}"


def fixed(row: int, column: int) -> str:
    """A cell that stays the same in a copied formula, such as $E$12."""
    return f"${letters(column)}${row + 1}"


def fixed_range(first_row: int, first_column: int, last_row: int, last_column: int) -> str:
    """A range that stays the same in a copied formula, such as $E$12:$N$12; one cell, as LibreOffice saves it."""
    first, last = fixed(first_row, first_column), fixed(last_row, last_column)
    return first if first == last else f"{first}:{last}"


def neighbours(rows: Iterable[int]) -> list[tuple[int, int]]:
    """The first and the last of each run of neighbouring rows."""
    runs: list[tuple[int, int]] = []
    for row in sorted(rows):
        if runs and row == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs


def prefix(sheet: str) -> str:
    """What stands before a cell of another sheet: ``Compare!`` or ``'Do nothing'!``."""
    plain = _PLAIN_SHEET.fullmatch(sheet) and not _LIKE_AN_ADDRESS.fullmatch(sheet)
    return f"{sheet}!" if plain else "'{}'!".format(sheet.replace("'", "''"))


def quoted(text: str) -> str:
    """A text as a formula writes it, such as "all"."""
    return '"{}"'.format(text.replace('"', '""'))

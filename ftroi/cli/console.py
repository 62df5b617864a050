"""Showing results on the terminal: tables that fit its width, and formatted numbers."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from ftroi.cli.text import printable
from ftroi.dates import calendar_day
from ftroi.language.value_formats import round_half_away
from ftroi.workbook.xlsx.number_formats import number_of_line

MISSING = "–"
"""What stands for a figure that does not exist; its text stands beside it."""

_WIDTH_OF_A_FILE = 100
_KINDS = {
    "whole": ("{:,.0f}", 0),
    "percent": ("{:.1%}", 3),
    "multiple": ("{:,.2f}×", 2),
    "factor": ("{:.4f}", 4),
    "months": ("{:,.1f}", 1),
}
"""How kinds of figures are written, and to how many places they are rounded before."""

_GAP, _WIDEST_NAME = 3, 36
"""What stands between two columns, and how wide a table's first one is at most where there is little room."""
_LARGE = 100


def console() -> Console:
    """The console; into a file or a pipe it writes lines of 100 characters, unless COLUMNS says otherwise."""
    wide = None if sys.stdout.isatty() or "COLUMNS" in os.environ else _WIDTH_OF_A_FILE
    return Console(width=wide, markup=False, highlight=False, emoji=False)


def print_json(report: Mapping[str, Any]) -> None:
    """Print a report as JSON; a figure that does not exist is null, and nan is never written."""
    sys.stdout.write(json.dumps(report, indent=2, allow_nan=False) + "\n")


def say(*lines: str) -> None:
    """Print lines of text; a terminal's are wrapped between words, a file's stay whole."""
    out = console()
    for line in lines:
        out.print(printable(line), soft_wrap=not out.is_terminal)


def warn(warnings: Iterable[str]) -> None:
    """Print warnings to the error stream, so that a table or JSON can be piped on."""
    for warning in warnings:
        sys.stderr.write(f"Note: {printable(warning)}\n")


def table(
    title: str, headers: Sequence[str], rows: Iterable[Sequence[str]], figures: Sequence[str], firm: Sequence[str] = ()
) -> Table:
    """A table; columns named in ``figures`` are aligned right, and neither they nor ``firm`` ones are broken."""
    made = Table(title=printable(title), title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    for header in headers:
        justify: Literal["left", "right"] = "right" if header in figures else "left"
        made.add_column(header, justify=justify, no_wrap=header in figures or header in firm, overflow="fold")
    for row in rows:
        made.add_row(*(printable(cell) for cell in row))
    return made


def print_table(title: str, headers: Sequence[str], rows: Iterable[Sequence[str]], figures: Sequence[str]) -> None:
    """Print a table whose first column names its rows; what finds no room beside it stands in a further one below."""
    out, cells = console(), [tuple(row) for row in rows]
    for part in _parts(headers, cells, out.width):
        chosen = ([row[place] for place in part] for row in cells)
        out.print(table(title, [headers[place] for place in part], chosen, figures))
        title = ""


def _parts(headers: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[list[int]]:
    """The columns of each table that fits the width, by their places; the first one stands in all."""
    first, *widths = (max(map(len, column)) + _GAP for column in zip(headers, *rows, strict=True))
    if first + sum(widths) > width:
        first = min(first, _WIDEST_NAME)
    parts, room = [[0]], width - first
    for place, wide in enumerate(widths, start=1):
        if wide > room and len(parts[-1]) > 1:
            parts.append([0])
            room = width - first
        parts[-1].append(place)
        room -= wide
    return parts


_BLOCKS = " ▁▂▃▄▅▆▇█"


def sparkline(shares: Sequence[float]) -> str:
    """A histogram in one line: a block for each share, as high as it is of the largest; a share above 0 is seen."""
    most = max(shares, default=0.0) or 1.0
    heights = (max(int(share > 0), round(share / most * (len(_BLOCKS) - 1))) for share in shares)
    return "".join(_BLOCKS[height] for height in heights)


def bar(amount: float, most: float, width: int = 20) -> str:
    """A bar as long as an amount is of the largest one; at least one block for anything."""
    return "█" * (max(1, round(width * amount / most)) if amount > 0 and most > 0 else 0)


def unit_words(unit: str, currency: str) -> str:
    """A unit as people read it: money by its currency, nothing for a bare number."""
    if unit in ("1", "date"):
        return ""
    words = unit.replace("money", currency).replace("krequest", "1,000 requests").replace("*", " x ")
    return f"months{words[5:]}" if words == "month" or words.startswith("month/") else words.replace("1/", "per ")


def figure_words(value: float | None, unit: str, name: str = "") -> str:
    """A figure as people read it, rounded for display; ``name`` is that of a line, and tells its kind."""
    if value is None:
        return MISSING
    if unit == "date":
        return calendar_day(value).isoformat()
    kind = number_of_line(name, unit) if name else "whole" if unit == "money" else ""
    if kind not in _KINDS:
        return _amount_words(value)
    form, places = _KINDS[kind]
    return form.format(round_half_away(value, places))


def _amount_words(value: float) -> str:
    if abs(value) >= _LARGE or value == int(value):
        return f"{round_half_away(value, 0):,.0f}"
    return f"{round_half_away(value, 2):,.2f}" if abs(value) >= 1 else f"{value:.4g}"

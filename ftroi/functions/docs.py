"""The reference of all functions, generated from the registry: docs/functions.md, the table in README.md, the sheet.

``python -m ftroi.functions.docs`` prints the page; with the argument ``table`` or ``sheet`` it prints the others.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

from ftroi.functions.registry import AS_OF, FUNCTIONS, GATES, INPUTS, OPTION, Argument, Function

SHARED = (INPUTS, OPTION, GATES, AS_OF)
"""The arguments that many functions share; they are explained once."""

UNITS = {
    "1": "a ratio (0.25 is 25%)",
    "money": "money, in the plan's currency",
    "money/krequest": "money for 1,000 requests",
    "month": "months",
    "text": "a text",
    "table": "a table",
    "as the measure": "a figure in the measure's unit",
    "as the assumption": "a figure in the assumption's unit",
}
"""The wording for each unit of the registry."""

INTRODUCTION = """\
# The functions

One registry (`ftroi/functions/registry.py`) is behind them in every spreadsheet program; this page is printed from it \
by `python -m ftroi.functions.docs`, and each of its examples is run by a test on the workbook \
`templates/fine_tuning.xlsx`.

- **Pattern.** The question first, then `[inputs]`, then `[option]`. Brackets mark what may be left out; to leave out \
one in the middle, leave its place empty: `=FT_COST("hidden", , FT_Inputs)`.
- **Inputs.** Give the cells named `FT_Inputs`, and the spreadsheet sees what a cell depends on. Left out, they are \
those of the calling cell's own workbook, and the cell is asked anew whenever the spreadsheet calculates.
- **Shapes.** A single value may be typed or stand in a cell; numbers, percentages and dates may be texts (`"25%"`); \
blank rows of a range are skipped.
- **Live cells**, which show what is in force, are computed and not read: a figure typed over one is told as an error \
that names it. Type figures into the column `base`, or into an option's.
- **Tables** have headers and spill, or fill the range that an array formula was entered in, with blanks around them.
- **In LibreOffice** a call that is given a range with an error in it shows `Err:504`; the same call without inputs \
tells which cell it is. A blank cell given for `p` or `threshold` is 0 there.
- **Errors** are texts that start with `#FT:` and say what to do; arithmetic on one gives `#VALUE!`. `SUM` skips \
texts: do not sum cells with functions.
- A measure without a number gives a text, such as "never within 36 months". [measures.md](measures.md) defines them.
"""


BEGIN, END = "<!-- functions: python -m ftroi.functions.docs table -->", "<!-- end of functions -->"
"""The markers around the table in README.md."""


def reference() -> str:
    """The page: an introduction, the shared arguments, and a section for each function."""
    shared = ["## Arguments that many share", *(explained(one) for one in SHARED), ""]
    sections = (line for function in FUNCTIONS.values() for line in section(function))
    return "\n".join([INTRODUCTION, *shared, *sections]).rstrip() + "\n"


def section(function: Function) -> Iterator[str]:
    """The lines on one function: how it is called, what it gives, its own arguments and an example."""
    yield from (f"## {function.name}", f"`{call_of(function)}` gives {UNITS[function.unit]}.", "", function.help, "")
    yield from (explained(argument) for argument in function.arguments if argument not in SHARED)
    yield from (f"- Example: `{function.example}`", "")


def explained(argument: Argument) -> str:
    """The line on one argument."""
    return f"- `{shown(argument)}`: {argument.help}"


def call_of(function: Function) -> str:
    """A call with the names of the arguments; optional ones are in brackets."""
    return f"={function.name}({', '.join(map(shown, function.arguments))})"


def shown(argument: Argument) -> str:
    """An argument's name, in brackets if it is optional."""
    return f"[{argument.name}]" if argument.is_optional else argument.name


def table() -> str:
    """The table for README.md, one row for each function, between its markers."""
    head = ("| function | gives | example |", "|---|---|---|")
    rows = (f"| `{call_of(one)}` | {one.help} | `{one.example}` |" for one in FUNCTIONS.values())
    return "\n".join([BEGIN, *head, *rows, END]) + "\n"


def sheet() -> str:
    """The contents of a workbook's sheet FT functions as JSON: call, unit, help and example of each function."""
    rows = [[call_of(one), UNITS[one.unit], one.help, one.example] for one in FUNCTIONS.values()]
    shared = [[shown(one), one.help] for one in SHARED]
    return json.dumps({"functions": rows, "arguments": shared}, indent=1) + "\n"


PRINTS = {"": reference, "table": table, "sheet": sheet}

if __name__ == "__main__":
    sys.stdout.write(PRINTS["".join(sys.argv[1:])]())

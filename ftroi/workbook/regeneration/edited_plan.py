"""The plan of a workbook as its sheets compute it: with the formulas that a person changed on the options' sheets.

To look for them takes longer than to read the inputs, so it is done where the sheets were saved with other figures
than the engine computes from the inputs alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ftroi.errors import Finding, FtroiError
from ftroi.plan import calculate
from ftroi.workbook.reading.file import Reading
from ftroi.workbook.regeneration.saved_figures import saved_otherwise

if TYPE_CHECKING:
    from ftroi.workbook.regeneration.kept_formulas import ReadBack, UnreadEdit

KEPT = "'ftroi regenerate' keeps it, and makes the FT_ functions compute it too"
NOT_KEPT = "change it so that it can be read, or 'ftroi regenerate' puts the template's formula back"


def as_sheets_compute(path: Path, reading: Reading) -> Reading:
    """The reading with formulas of the user's own in its plan, and with warnings of what was found.

    A plan that cannot be computed comes back as it was: what is wrong with it is told where it is asked.
    """
    with suppress(FtroiError):
        found = list(saved_otherwise(path, reading, calculate(reading.plan)))
        if found:
            from ftroi.workbook.regeneration.comparison import find_edits

            back, _ = find_edits(path, reading)
            left = list(saved_otherwise(path, reading, calculate(back.plan)))
            warnings = [*map(unread_finding, back.unread), *_kept(back), *_left(left)]
            return replace(reading, plan=back.plan, warnings=(*reading.warnings, *warnings))
    return reading


def unread_finding(one: UnreadEdit) -> Finding:
    """What is told of an edit that cannot be read, and of what rests on it."""
    shown = ", ".join(one.rests[:_MOST])
    more = f" and {len(one.rests) - _MOST} more" if len(one.rests) > _MOST else ""
    rests = f"; what rests on it is not what the engine computes: {shown}{more}" if one.rests else ""
    what = f"edited, and not read ({one.why}): {one.edit.was or 'nothing'} in place of {one.edit.now}{rests}"
    return Finding(f"{one.edit.sheet}!{one.edit.cells}", what, NOT_KEPT)


_MOST = 6
"""Measures that are named."""


def _kept(back: ReadBack) -> Iterator[Finding]:
    cells = [f"{one.edit.sheet}!{one.edit.cells}" for one in back.kept]
    if cells:
        what = f"edited, and computed as yours{f' (and {len(cells) - 1} more)' * (len(cells) > 1)}"
        yield Finding(cells[0], what, f"ftroi check lists each; {KEPT}")


def _left(found: list[Finding]) -> Iterator[Finding]:
    """One sentence on figures that are still others."""
    if found:
        others = f" ({len(found) - 1} more such: ftroi check lists them)" if len(found) > 1 else ""
        yield replace(found[0], cure=f"{found[0].cure}{others}")

"""Sheets as LibreOffice prints them: their text and their pictures.

Run as a program, it makes the picture of the README: ``python -m tests.support.rendering docs/dashboard.png``.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ftroi.plan import plan_from_preset
from ftroi.workbook.layout.dashboard import CHART_ROWS, COLUMNS, HEIGHTS, NARROW, PAIRS, PRINTED_SCALE, SCREEN_END, WIDE
from ftroi.workbook.write import write_workbook
from tests.support.office import Office
from tests.support.plans import fine_tuning

Picture = NDArray[np.uint8]
"""Rows x columns x red, green, blue."""

DOTS, POINTS, _SCREEN_DOTS = 100, 72, 96
"""Pixels of a picture, points of a page, and pixels of a screen, to the inch."""

_DOWN = PRINTED_SCALE / 100 * DOTS / _SCREEN_DOTS
"""Pixels of a picture for one of the grid, from row to row."""

_LEADING = 0.2
"""The room above and below a line's letters, as a part of its height."""

_WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')
README_DOTS, NEAR = 125, 6


def printed(office: Office, workbook: Path) -> Path:
    """Print a workbook to a PDF file beside it."""
    path = workbook.with_suffix(".pdf")
    with office.opened(workbook) as document:
        office.to_pdf(document, path)
    return path


def text_of(pdf: Path) -> list[str]:
    """The text of every page."""
    command = ["pdftotext", "-layout", str(pdf), "-"]
    pages = subprocess.run(command, check=True, capture_output=True).stdout.decode()
    return pages.split("\f")[:-1]


class Word(NamedTuple):
    """A word on a page, and the edges of its letters in pixels of a picture with DOTS to the inch."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    def covers(self, other: Word) -> float:
        """How much of the smaller word's box lies within the other's."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        smaller = min(one.width * one.height for one in (self, other))
        return width * height / smaller if width > 0 and height > 0 else 0.0

    @property
    def width(self) -> float:
        """The width of the box."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """The height of the box."""
        return self.bottom - self.top


def words_of(pdf: Path, page: int = 1) -> list[Word]:
    """The words of a page with their places."""
    command = ["pdftotext", "-bbox", "-f", str(page), "-l", str(page), str(pdf), "-"]
    found = _WORD.findall(subprocess.run(command, check=True, capture_output=True).stdout.decode())
    return [_word(text, *(float(edge) * DOTS / POINTS for edge in edges)) for *edges, text in found]


def _word(text: str, left: float, top: float, right: float, bottom: float) -> Word:
    """Leave out the room above and below the letters, by which the lines of a text overlap."""
    room = _LEADING * (bottom - top)
    return Word(text, left, top + room, right, bottom - room)


def overlapping(words: Iterable[Word], most: float = 0.15) -> list[tuple[str, str]]:
    """The pairs of words that cover more than a part of each other."""
    return [(one.text, other.text) for one, other in combinations(words, 2) if one.covers(other) > most]


def picture_of(pdf: Path, page: int = 1, dots: int = DOTS) -> Picture:
    """A page as pixels, with so many dots an inch."""
    command = ["pdftoppm", "-r", str(dots), "-f", str(page), "-l", str(page), str(pdf)]
    return _read(subprocess.run(command, check=True, capture_output=True).stdout)


def _read(portable: bytes) -> Picture:
    """Read a picture of the kind P6: its header, then three bytes for each pixel."""
    kind, size, most, pixels = portable.split(b"\n", 3)
    if (kind, most) != (b"P6", b"255"):
        raise ValueError(f"not a picture of the expected kind: {kind!r} {most!r}")
    width, height = (int(part) for part in size.split())
    return np.frombuffer(pixels, dtype=np.uint8).reshape(height, width, 3)


@dataclass(frozen=True)
class Page:
    """The Dashboard's first page as it was printed: the picture, and where its grid stands on it."""

    picture: Picture

    def charts(self) -> list[Picture]:
        """Cut out the four charts, from left to right and from the top down."""
        return [self.picture[rows, columns] for rows, columns in self.places()]

    def places(self) -> list[tuple[slice, slice]]:
        """The rows and columns of pixels of the four charts."""
        top, scale, left = self._grid()
        half = COLUMNS // 2 // 2 * (WIDE + NARROW)
        found = []
        for row in CHART_ROWS:
            above = sum(HEIGHTS[one] for one in range(row))
            for start in (0, half):
                rows = slice(int(top + above * _DOWN), int(top + (above + HEIGHTS[row]) * _DOWN))
                columns = slice(int(left + start * scale), int(left + (start + half) * scale))
                found.append((rows, columns))
        return found

    @property
    def bottom(self) -> float:
        """The row of pixels at which the tables of the first page end."""
        top, *_ = self._grid()
        return top + sum(HEIGHTS[row] for row in range(SCREEN_END + 1)) * _DOWN

    def _grid(self) -> tuple[float, float, float]:
        """The grid's upper edge, the pixels of the picture for one of the grid, and its left edge."""
        is_filled = self.picture.min(axis=2) < 250
        rows, columns = np.flatnonzero(is_filled.any(axis=1)), np.flatnonzero(is_filled.any(axis=0))
        scale = float(columns[-1] - columns[0]) / (PAIRS * (WIDE + NARROW))
        return float(rows[0]) - 6 * scale, scale, float(columns[0])


def pixels_of(picture: Picture, colour: str) -> int:
    """Count the pixels of a colour such as "#E69F00", or of one so near that nobody sees a difference."""
    wanted = np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)])
    return int((np.abs(picture.astype(np.int64) - wanted).max(axis=2) <= NEAR).sum())


def save_dashboard(target: Path) -> None:
    """Write the picture of a ready-made plan's Dashboard as a PNG file, without the white around it."""
    with TemporaryDirectory() as folder:
        workbook = Path(folder) / "plan.xlsx"
        write_workbook(plan_from_preset(fine_tuning(), "clinical_summaries"), workbook)
        office = Office()
        try:
            pdf = printed(office, workbook)
        finally:
            office.close()
        pages = enumerate(text_of(pdf), start=1)
        page = next(number for number, text in pages if f"Dashboard, page {number} of" in text)
        left, top, width, height = _filled(picture_of(pdf, page, README_DOTS))
        place = ["-x", left, "-y", top, "-W", width, "-H", height]
        command = [
            "pdftoppm",
            "-png",
            "-singlefile",
            "-r",
            README_DOTS,
            "-f",
            page,
            "-l",
            page,
            *place,
            pdf,
            target.with_suffix(""),
        ]
        subprocess.run([str(part) for part in command], check=True)


def _filled(picture: Picture, margin: int = 10) -> tuple[int, int, int, int]:
    """Left, top, width and height of what a page shows above its footer."""
    is_filled = picture.min(axis=2) < 250
    rows, columns = np.flatnonzero(is_filled.any(axis=1)), np.flatnonzero(is_filled.any(axis=0))
    rows = rows[rows < 0.9 * picture.shape[0]]
    left, top = int(columns[0]) - margin, int(rows[0]) - margin
    return left, top, int(columns[-1]) + margin - left, int(rows[-1]) + margin - top


if __name__ == "__main__":
    save_dashboard(Path(sys.argv[1]))

"""Finding the logo in a workbook file, and validating the image before it is drawn."""

from __future__ import annotations

import posixpath
import re
import warnings
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from openpyxl.drawing.image import Image
from openpyxl.xml.functions import fromstring

from ftroi.errors import Finding
from ftroi.workbook.xlsx.grid import Grid
from ftroi.workbook.xlsx.package_parts import Parts

LOGO = "Logo of the house style"
"""The alternative text by which the logo is known in a plan's workbook."""

_MOST_BYTES, _MOST_PIXELS = 2_000_000, 4_000
_PNG = b"\x89PNG\r\n\x1a\n"
_DRAWING = re.compile(r"xl/drawings/drawing\d+\.xml")
_SHEET_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"

HEIGHT, WIDEST = 24, 160
"""How high a logo stands, and how wide it may then be, in pixels."""


def logo_in(path: Path, parts: Parts, *, is_ours: bool = False) -> tuple[bytes, tuple[Finding, ...]]:
    """The first picture of a file, of those that we put there ourselves where ``is_ours``; b"" for none."""
    name = next(_pictures(parts, is_ours=is_ours), None)
    if name is None:
        return b"", ()
    what = ""
    if parts.size(name) > _MOST_BYTES:
        what = f"has a picture of {parts.size(name):,} bytes, more than {_MOST_BYTES:,}"
    content = b"" if what else parts.content(name) or b""
    if what or (what := _wrong_with(content)):
        cure = f"put in a PNG of at most {_MOST_PIXELS:,} pixels each way"
        return b"", (Finding(str(path), f"{what}; the look goes without a logo", cure),)
    return content, ()


def _wrong_with(content: bytes) -> str:
    if not content.startswith(_PNG):
        return "has a picture that is no PNG"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            width, height = drawn(content)
    except (OSError, SyntaxError, ValueError, Warning):
        return "has a picture that cannot be read"
    return f"has a picture of {width:,} by {height:,} pixels" if max(width, height) > _MOST_PIXELS else ""


def drawn(content: bytes) -> tuple[int, int]:
    """Width and height of a picture in pixels."""
    picture = Image(BytesIO(content))
    return int(picture.width), int(picture.height)


def placed(content: bytes, grid: Grid, last: int) -> Image:
    """A logo as it stands in a sheet's first row, up to the right edge of the column ``last``."""
    width, height = drawn(content)
    scale = min(HEIGHT / height, WIDEST / width)
    size = max(int(width * scale), 1), max(int(height * scale), 1)
    image = Image(BytesIO(content))
    image.anchor = grid.corner(0, 0, size, max(grid.right_edge(last) - size[0], 0))
    return image


def _pictures(parts: Parts, *, is_ours: bool) -> Iterator[str]:
    for name in sorted(one for one in parts.part_names if _DRAWING.fullmatch(one)):
        folder, file = posixpath.split(name)
        related = parts.content(f"{folder}/_rels/{file}.rels")
        if not related:
            continue
        targets = {one.get("Id"): str(one.get("Target")) for one in fromstring(related)}
        for picture in fromstring(parts.content(name) or b"").iter(f"{_SHEET_DRAWING}pic"):
            told = next(picture.iter(f"{_SHEET_DRAWING}cNvPr")).get("descr")
            blip = next(picture.iter(_BLIP), None)
            target = targets.get(blip.get(_EMBED) if blip is not None else None)
            if target and (told == LOGO or not is_ours):
                yield posixpath.normpath(posixpath.join(folder, target)).lstrip("/")

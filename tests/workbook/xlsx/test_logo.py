"""A logo's place in a sheet's first row, and pictures that are none."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.drawing.image import Image
from PIL import Image as Picture

from ftroi.workbook.xlsx.grid import Grid
from ftroi.workbook.xlsx.logo import HEIGHT, WIDEST, drawn, logo_in, placed
from ftroi.workbook.xlsx.package_parts import open_parts

PIXEL = 9_525
"""A pixel in the units of drawings (EMU)."""


def picture(width: int, height: int, kind: str = "PNG") -> bytes:
    stream = BytesIO()
    Picture.new("RGB", (width, height), "#AA3300").save(stream, kind)
    return stream.getvalue()


def workbook(folder: Path, content: bytes) -> Path:
    """Save a workbook with one picture, whose bytes are put in its place afterwards."""
    book, path, made = Workbook(), folder / "a.xlsx", folder / "b.xlsx"
    book.worksheets[0].add_image(Image(BytesIO(picture(2, 2))), "A1")
    book.save(path)
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, content if name.startswith("xl/media/") else old.read(name))
    return made


@pytest.mark.parametrize("size", [(120, 60), (4_000, 10), (1, 4_000), (3, 3)])
def test_a_logo_ends_at_the_right_edge_of_its_column(size: tuple[int, int]) -> None:
    grid = Grid(Workbook().worksheets[0])
    grid.set_width_pixels(0, 3, 100)
    anchor: Any = placed(picture(*size), grid, 3).anchor
    width, height = (side // PIXEL for side in (anchor.ext.cx, anchor.ext.cy))
    left = anchor._from.col * 100 + anchor._from.colOff // PIXEL
    assert (left + width, anchor._from.row) == (400, 0)
    assert 1 <= width <= WIDEST
    assert 1 <= height <= HEIGHT


def test_a_sound_picture_is_the_logo(tmp_path: Path) -> None:
    path = workbook(tmp_path, picture(120, 60))
    with open_parts(path) as parts:
        content, findings = logo_in(path, parts)
        assert (drawn(content), findings) == ((120, 60), ())
        assert logo_in(path, parts, is_ours=True) == (b"", ())


@pytest.mark.parametrize(
    "content,what",
    [
        (bytes(50_000_000), "50,000,000 bytes"),
        (picture(5_000, 10), "5,000 by 10 pixels"),
        (picture(8, 8, "GIF"), "no PNG"),
        (picture(120, 60)[:20], "cannot be read"),
    ],
    ids=["50 MB", "too many pixels", "a GIF", "cut off"],
)
def test_a_picture_that_cannot_be_used_is_told_and_left_out(tmp_path: Path, content: bytes, what: str) -> None:
    path = workbook(tmp_path, content)
    with open_parts(path) as parts:
        logo, (finding,) = logo_in(path, parts)
    assert logo == b""
    assert what in finding.what

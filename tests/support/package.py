"""The parts of a finished workbook file, to read them and to change them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

from ftroi.workbook.xlsx.addresses import address
from ftroi.workbook.xlsx.cells import column_number

_ROW = re.compile(r'<row r="(\d+)".*?</row>', re.DOTALL)
_CELL = re.compile(r'<c(?: r="([A-Z]+)\d+")?(?=[ />])')


def parts(path: Path) -> dict[str, bytes]:
    """Every part of a workbook, unpacked: how well it is packed may differ from machine to machine."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rewrite(path: Path, changed: Callable[[str, bytes], bytes]) -> None:
    """Write a workbook's parts again, each as ``changed`` gives it from its name and content."""
    contents = {name: changed(name, content) for name, content in parts(path).items()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)


def rewrite_part(path: Path, part: str, before: str, after: str) -> None:
    """Write a workbook again with a text of one part, which has it, changed at its first place."""
    assert part in parts(path)

    def changed(name: str, content: bytes) -> bytes:
        if name != part:
            return content
        assert before.encode() in content
        return content.replace(before.encode(), after.encode(), 1)

    rewrite(path, changed)


def with_addresses(path: Path) -> None:
    """Write a workbook of an early version again with the address of every cell, which it left out."""

    def placed(name: str, content: bytes) -> bytes:
        return _ROW.sub(_placed, content.decode()).encode() if name.startswith("xl/worksheets/sheet") else content

    rewrite(path, placed)


def _placed(row: re.Match[str]) -> str:
    column = -1

    def cell(found: re.Match[str]) -> str:
        nonlocal column
        column = column_number(found[1]) - 1 if found[1] else column + 1
        return f'<c r="{address(int(row[1]) - 1, column)}"'

    return _CELL.sub(cell, row[0])

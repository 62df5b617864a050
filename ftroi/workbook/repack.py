"""Putting a finished workbook's parts together anew: packed more tightly, and changed where needed."""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

LEVEL = 8
"""Of zlib: a twentieth smaller than its default, which XlsxWriter takes; 9 gains nothing more."""
_PROPERTIES = "docProps/app.xml"
_TITLES = re.compile(rb"<HeadingPairs>.*</TitlesOfParts>", re.DOTALL)
"""A list of all sheets and names once more, which the format leaves open: a hundredth of the file."""


def repack(
    path: Path, changed: Callable[[str, bytes], bytes] | None = None, added: Mapping[str, str] | None = None
) -> None:
    """Write a workbook's parts again, each as ``changed`` gives it from its name and content, then those ``added``."""
    beside = path.with_name(f"{path.name}.packed")
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(beside, "w") as after:
        for info in before.infolist():
            content = _TITLES.sub(b"", before.read(info)) if info.filename == _PROPERTIES else before.read(info)
            _store(after, info.filename, changed(info.filename, content) if changed else content, info)
        for name, text in (added or {}).items():
            _store(after, name, text.encode(), before.infolist()[0])
    os.replace(beside, path)  # noqa: PTH105 - both are paths of one folder


def _store(archive: zipfile.ZipFile, name: str, content: bytes, like: zipfile.ZipInfo) -> None:
    info = zipfile.ZipInfo(name, like.date_time)
    info.external_attr = like.external_attr
    archive.writestr(info, content, zipfile.ZIP_DEFLATED, LEVEL)

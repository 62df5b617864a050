"""Putting a finished workbook's parts together anew: packed more tightly, and changed where needed."""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import deflate

LEVEL = 10
"""Of libdeflate: a twelfth smaller than the best of zlib; 12 gains a fiftieth more and takes twice as long."""
_PROPERTIES = "docProps/app.xml"
_TITLES = re.compile(rb"<HeadingPairs>.*</TitlesOfParts>", re.DOTALL)
"""A list of all sheets and names once more, which the format leaves open: a hundredth of the file."""


def repack(
    path: Path, changed: Callable[[str, bytes], bytes] | None = None, added: Mapping[str, str] | None = None
) -> None:
    """Write a workbook's parts again, each as ``changed`` gives it from its name and content, then those ``added``."""
    beside = path.with_name(f"{path.name}.packed")
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(beside, "w") as after, ThreadPoolExecutor() as threads:
        infos = [*before.infolist(), *(_like(before.infolist()[0], name) for name in added or {})]
        contents = [*_contents(before, changed), *(text.encode() for text in (added or {}).values())]
        for info, content, packed in zip(infos, contents, threads.map(_packed, contents), strict=True):
            _store(after, info, content, packed)
    os.replace(beside, path)  # noqa: PTH105 - both are paths of one folder


def _contents(archive: zipfile.ZipFile, changed: Callable[[str, bytes], bytes] | None) -> Iterator[bytes]:
    for name in archive.namelist():
        content = _TITLES.sub(b"", archive.read(name)) if name == _PROPERTIES else archive.read(name)
        yield changed(name, content) if changed else content


def _like(info: zipfile.ZipInfo, name: str) -> zipfile.ZipInfo:
    """Describe a part as another one is, so that the same workbook is the same file."""
    described = zipfile.ZipInfo(name, info.date_time)
    described.external_attr = info.external_attr
    return described


def _packed(content: bytes) -> bytes:
    return bytes(deflate.deflate_compress(content, LEVEL))


class _Done:
    """What a part of an archive is packed by, when it is packed already."""

    def __init__(self, packed: bytes) -> None:
        self._packed = packed

    def compress(self, _: object) -> bytes:
        return b""

    def flush(self) -> bytes:
        return self._packed


def _store(archive: zipfile.ZipFile, like: zipfile.ZipInfo, content: bytes, packed: bytes) -> None:
    info = _like(like, like.filename)
    info.compress_type, info.file_size = zipfile.ZIP_DEFLATED, len(content)
    with archive.open(info, "w") as part:
        part._compressor = _Done(packed)  # type: ignore[attr-defined]  # noqa: SLF001 - zipfile packs by zlib alone
        part.write(content)

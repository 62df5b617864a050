"""Readers of compound files and VBA projects that others wrote."""

from __future__ import annotations

import io
import warnings
from pathlib import Path

import olefile

with warnings.catch_warnings():  # oletools still uses old names of pyparsing
    warnings.simplefilter("ignore", DeprecationWarning)
    from oletools.olevba import VBA_Parser, decompress_stream


def strict_reader(content: bytes) -> olefile.OleFileIO:
    """Open a compound file so that every departure from the format is an error."""
    return olefile.OleFileIO(io.BytesIO(content), raise_defects=olefile.DEFECT_UNSURE)


def read_modules(path: Path | str, content: bytes | None = None) -> dict[str, str]:
    """Read each module's source from a file, or from the bytes that it would hold."""
    parser = VBA_Parser(str(path), data=content)
    try:
        return {name.rsplit(".", 1)[0]: code for _, _, name, code in parser.extract_all_macros()}
    finally:
        parser.close()


def decompress(data: bytes) -> bytes:
    """Undo the compression of VBA's streams."""
    return bytes(decompress_stream(bytearray(data)))

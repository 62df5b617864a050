"""Reads the sources of a VBA project, as it stands after Excel has saved it with compiled code beside them.

Sources: [MS-CFB] for the container, [MS-OVBA] 2.3.4.2 for the list of modules. Only what a workbook may bring is read;
nothing is run.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ftroi.hosts.xlam.compound_file import MINI_CUTOFF, MINI_SECTOR, SIGNATURE, STREAM
from ftroi.hosts.xlam.vba_compression import decompress

CODE_PAGE, VERSION, MODULE, STREAM_NAME, SOURCE_OFFSET = 0x03, 0x09, 0x19, 0x1A, 0x31
_RECORD = 6  # bytes of a record's number and size
_ENTRY = 128
_LAST_SECTOR = 0xFFFFFFFA
_DAMAGE = (struct.error, IndexError, KeyError, UnicodeError, LookupError, ValueError)


def read_project(project: bytes) -> dict[str, str]:
    """Each module's whole source by its name, attributes included.

    Raises ValueError for anything that is not a VBA project, or is damaged.
    """
    try:
        streams = dict(_streams(project))
        listing = decompress(streams["dir"])
        modules = list(_modules(listing))
        return {module.name: _source(module, streams) for module in modules}
    except _DAMAGE as error:
        raise ValueError(f"this VBA project cannot be read: {error}") from error


# --- the list of modules -----------------------------------------------------------------------------------


@dataclass
class _Module:
    """Where a module's source is: in which stream, how far behind the compiled code, and in which code page."""

    name: str
    code_page: str
    stream: str = ""
    offset: int = 0


def _modules(listing: bytes) -> Iterator[_Module]:
    """Go through the modules of the `dir` stream, decompressed."""
    code_page, module = "cp1252", None
    for number, content in _records(listing):
        if number == CODE_PAGE:
            code_page = f"cp{struct.unpack('<H', content)[0]}"
        elif number == MODULE:
            if module:
                yield module
            module = _Module(content.decode(code_page), code_page)
        elif module and number == STREAM_NAME:
            module.stream = content.decode(code_page)
        elif module and number == SOURCE_OFFSET:
            module.offset = struct.unpack("<I", content)[0]
    if module:
        yield module


def _records(listing: bytes) -> Iterator[tuple[int, bytes]]:
    """Go through the records: number, size and content; that of the version is longer than it says."""
    place = 0
    while place + _RECORD <= len(listing):
        number, size = struct.unpack_from("<HI", listing, place)
        place += _RECORD
        yield number, listing[place : place + size]
        place += size + (2 if number == VERSION else 0)


def _source(module: _Module, streams: Mapping[str, bytes]) -> str:
    return decompress(streams[module.stream.casefold()][module.offset :]).decode(module.code_page)


# --- the container -----------------------------------------------------------------------------------------


def _streams(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Go through a compound file's streams by name in lower case, whatever storage they are in."""
    if not content.startswith(SIGNATURE):
        raise ValueError("it is no compound file")
    file = _File(content)
    entries = [file.directory[n : n + _ENTRY] for n in range(0, len(file.directory), _ENTRY)]
    mini_stream = file.chained(*_place(entries[0]))
    for entry in entries:
        name_size, kind = struct.unpack_from("<HB", entry, 64)
        if kind == STREAM:
            start, size = _place(entry)
            data = file.chained(start, size) if size >= MINI_CUTOFF else file.small(mini_stream, start, size)
            yield entry[: max(name_size - 2, 0)].decode("utf-16-le").casefold(), data


def _place(entry: bytes) -> tuple[int, int]:
    """An entry's first sector and size."""
    start, size = struct.unpack_from("<II", entry, 116)
    return start, size


class _File:
    """A compound file's sectors, and the tables that chain them."""

    def __init__(self, content: bytes) -> None:
        """Read the tables."""
        self._content = content
        self._sector = 1 << struct.unpack_from("<H", content, 30)[0]
        numbers = struct.unpack_from("<109I", content, 76)
        table_sectors = [number for number in (*numbers, *self._more_tables()) if number < _LAST_SECTOR]
        self._table = self._numbers(b"".join(map(self._at, table_sectors)))
        directory, mini_table = struct.unpack_from("<I8xI", content, 48)
        self.directory = self.chained(directory)
        self._mini_table = self._numbers(self.chained(mini_table))

    def _more_tables(self) -> Iterator[int]:
        """Go through the numbers of table sectors that the header has no room for."""
        following, count = struct.unpack_from("<II", self._content, 68)
        for _ in range(count):
            numbers = self._numbers(self._at(following))
            yield from numbers[:-1]
            following = numbers[-1]

    def chained(self, start: int, size: int | None = None) -> bytes:
        """The bytes of a chain of sectors, cut to a size."""
        return b"".join(map(self._at, _chain(self._table, start)))[:size]

    def small(self, mini_stream: bytes, start: int, size: int) -> bytes:
        """The bytes of a chain of sectors within the mini stream."""
        places = (number * MINI_SECTOR for number in _chain(self._mini_table, start))
        return b"".join(mini_stream[place : place + MINI_SECTOR] for place in places)[:size]

    def _at(self, number: int) -> bytes:
        return self._content[(number + 1) * self._sector : (number + 2) * self._sector]

    @staticmethod
    def _numbers(data: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _chain(table: tuple[int, ...], start: int) -> Iterator[int]:
    """Go through a chain's sectors; raises ValueError where it runs in a circle."""
    seen = 0
    while start < _LAST_SECTOR:
        yield start
        start, seen = table[start], seen + 1
        if seen > len(table):
            raise ValueError("its sectors run in a circle")

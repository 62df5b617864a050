"""Writes compound files, the container of a VBA project: storages (folders) and streams (files) in sectors.

Source: [MS-CFB], Compound File Binary File Format, version 3 (sectors of 512 bytes). Streams under 4096 bytes lie
in a stream of their own, the mini stream, in sectors of 64 bytes.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

Storage: TypeAlias = Mapping[str, "bytes | Storage"]

SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")
SECTOR, MINI_SECTOR, MINI_CUTOFF = 512, 64, 4096
NUMBERS_PER_SECTOR = SECTOR // 4
FAT_SECTORS_IN_HEADER = 109
FREE, END_OF_CHAIN, FAT_SECTOR, NO_ENTRY = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
STORAGE, STREAM, ROOT = 1, 2, 5
RED, BLACK = 0, 1
LONGEST_NAME = 31


@dataclass
class Entry:
    """One entry of the directory: the root, a storage or a stream; links are numbers of other entries."""

    name: str
    kind: int
    data: bytes = b""
    children: list[int] = field(default_factory=list)
    left: int = NO_ENTRY
    right: int = NO_ENTRY
    child: int = NO_ENTRY
    colour: int = BLACK
    start: int = 0
    size: int = 0


def write_compound_file(tree: Storage) -> bytes:
    r"""The bytes of a compound file that holds `tree`; the same tree always gives the same bytes.

    Raises ValueError for a name over 31 characters or with one of ``/ \ : !``, and for more than about 7 MB.
    """
    entries = [Entry("Root Entry", ROOT)]
    add_entries(entries, 0, tree)
    for entry in entries:
        link_children(entries, entry)
    mini_stream, mini_table = place_small_streams(entries)
    entries[0].size = len(mini_stream)
    large = [entry for entry in entries if entry.kind == STREAM and entry.size >= MINI_CUTOFF]
    return assemble(entries, mini_table, mini_stream, large)


def add_entries(entries: list[Entry], parent: int, tree: Storage) -> None:
    """Append the entries of a storage, those of storages within it too."""
    for name, content in tree.items():
        check_name(name)
        entries[parent].children.append(len(entries))
        if isinstance(content, bytes):
            entries.append(Entry(name, STREAM, content, size=len(content)))
        else:
            entries.append(Entry(name, STORAGE))
            add_entries(entries, len(entries) - 1, content)


def check_name(name: str) -> None:
    """Raise ValueError where the format does not allow a name."""
    if not 0 < utf16_units(name) <= LONGEST_NAME or set(name) & set("/\\:!"):
        raise ValueError(f"not a name for a stream: {name!r}")


def utf16_units(name: str) -> int:
    """Count the 16-bit units of a name, by which names are measured and put in order."""
    return len(name.encode("utf-16-le")) // 2


def link_children(entries: list[Entry], entry: Entry) -> None:
    """Make a red-black tree of a storage's entries, ordered by the length of their names, then in upper case."""
    ordered = sorted(entry.children, key=lambda n: (utf16_units(entries[n].name), entries[n].name.upper()))
    entry.child = link_middle(entries, ordered, 0, len(ordered).bit_length() - 1)


def link_middle(entries: list[Entry], ordered: Sequence[int], depth: int, deepest: int) -> int:
    """Make the middle entry the root of the rest and give its number; the lowest, incomplete row is red."""
    if not ordered:
        return NO_ENTRY
    middle = len(ordered) // 2
    entry = entries[ordered[middle]]
    entry.left = link_middle(entries, ordered[:middle], depth + 1, deepest)
    entry.right = link_middle(entries, ordered[middle + 1 :], depth + 1, deepest)
    entry.colour = RED if depth == deepest and depth else BLACK
    return ordered[middle]


def place_small_streams(entries: list[Entry]) -> tuple[bytes, list[int]]:
    """The mini stream and its table of chains; each small stream's `start` is set to its first mini sector."""
    content, table = bytearray(), list[int]()
    for entry in entries:
        if entry.kind != STREAM or entry.size >= MINI_CUTOFF:
            continue
        entry.start = len(table) if entry.data else END_OF_CHAIN
        table += chain(len(table), sectors(entry.size, MINI_SECTOR))
        content += padded(entry.data, MINI_SECTOR)
    return bytes(content), table


def assemble(entries: list[Entry], mini_table: list[int], mini_stream: bytes, large: list[Entry]) -> bytes:
    """The file: header, table of chains (FAT), directory, mini table, mini stream, large streams."""
    directory_sectors = sectors(len(entries), 4)
    mini_table_bytes = padded(packed(mini_table), SECTOR, b"\xff")
    parts = [mini_table_bytes, padded(mini_stream, SECTOR), *(padded(entry.data, SECTOR) for entry in large)]
    counts = [directory_sectors, *(len(part) // SECTOR for part in parts)]
    fat_count = fat_sectors(sum(counts))
    starts, table = lay_out(counts, fat_count)
    entries[0].start = starts[2]
    for entry, start in zip(large, starts[3:], strict=True):
        entry.start = start
    header = write_header(fat_count, starts[0], starts[1], counts[1])
    directory = b"".join(directory_records(entries, directory_sectors * 4))
    return b"".join([header, padded(packed(table), SECTOR, b"\xff"), directory, *parts])


def fat_sectors(others: int) -> int:
    """Count the sectors of the table of chains, which lists its own sectors beside the `others`."""
    count = 1
    while count * NUMBERS_PER_SECTOR < count + others:
        count += 1
    if count > FAT_SECTORS_IN_HEADER:
        raise ValueError("more content than a compound file without a second table holds")
    return count


def lay_out(counts: Sequence[int], fat_count: int) -> tuple[list[int], list[int]]:
    """Each part's first sector, the parts one after the other behind the table, and the table itself."""
    starts, table = list[int](), [FAT_SECTOR] * fat_count
    for count in counts:
        starts.append(len(table) if count else END_OF_CHAIN)
        table += chain(len(table), count)
    return starts, table


def chain(first: int, count: int) -> list[int]:
    """The table's numbers of `count` sectors in a row from `first`, each naming the next."""
    return [*range(first + 1, first + count), END_OF_CHAIN] if count else []


def write_header(fat_count: int, directory: int, mini_table: int, mini_table_sectors: int) -> bytes:
    """The first 512 bytes, with the places of the tables."""
    versions = struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    places = packed([0, fat_count, directory, 0, MINI_CUTOFF, mini_table, mini_table_sectors, END_OF_CHAIN, 0])
    fat = packed([*range(fat_count), *[FREE] * (FAT_SECTORS_IN_HEADER - fat_count)])
    return SIGNATURE + bytes(16) + versions + places + fat


def directory_records(entries: Sequence[Entry], places: int) -> Iterator[bytes]:
    """One record of 128 bytes for each entry, and empty ones up to `places`."""
    for entry in entries:
        name = entry.name.encode("utf-16-le") + bytes(2)
        links = struct.pack("<3I", entry.left, entry.right, entry.child)
        place = struct.pack("<IQ", entry.start, entry.size)
        yield (
            name.ljust(64, b"\0") + struct.pack("<HBB", len(name), entry.kind, entry.colour) + links + bytes(36) + place
        )
    for _ in range(places - len(entries)):
        yield bytes(68) + packed([NO_ENTRY] * 3) + bytes(48)


def sectors(size: int, sector: int) -> int:
    """Count the sectors that `size` bytes take."""
    return -(-size // sector)


def padded(data: bytes, sector: int, fill: bytes = b"\0") -> bytes:
    """Fill data up to whole sectors."""
    return data + fill * (-len(data) % sector)


def packed(numbers: Sequence[int]) -> bytes:
    """32-bit numbers as bytes."""
    return struct.pack(f"<{len(numbers)}I", *numbers)

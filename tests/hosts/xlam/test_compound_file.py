"""The compound file and its compression, read back by readers that others wrote."""

from __future__ import annotations

import struct

import olefile
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftroi.hosts.xlam.compound_file import write_compound_file
from ftroi.hosts.xlam.vba_compression import compress
from ftroi.hosts.xlam.vba_project import WORKBOOK_CLASS, WORKSHEET_CLASS, Module, write_project
from tests.support.xlam_readers import decompress, read_modules, strict_reader
from tests.support.xlam_texts import MODULES, SIZES, TEXTS

NAMES = st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,30}", fullmatch=True)
STREAMS = st.dictionaries(NAMES, st.builds(lambda size, seed: bytes([seed]) * size, SIZES, st.integers(0, 255)))


def without_case(streams: dict[str, bytes]) -> dict[str, bytes]:
    """Keep one of the names that differ in case alone, as a compound file must."""
    return {name: streams[name] for name in {name.upper(): name for name in streams}.values()}


@given(STREAMS.map(without_case), STREAMS.map(without_case))
def test_strict_reader_finds_every_stream(outer: dict[str, bytes], inner: dict[str, bytes]) -> None:
    content = write_compound_file({"inner folder": inner, **outer})
    with strict_reader(content) as reader:
        assert not reader.parsing_issues
        assert all(reader.openstream(name).read() == data for name, data in outer.items())
        assert all(reader.openstream(["inner folder", name]).read() == data for name, data in inner.items())
        assert len(reader.listdir()) == len(outer) + len(inner)


def test_more_streams_than_one_sector_of_the_table() -> None:
    streams = {f"s{n}": bytes([n]) * 5000 for n in range(200)}
    with strict_reader(write_compound_file(streams)) as reader:
        assert {name: reader.openstream(name).read() for name in streams} == streams


@pytest.mark.parametrize("name", ["", "a/b", "a:b", "n" * 32])
def test_names_that_the_format_refuses(name: str) -> None:
    with pytest.raises(ValueError, match="not a name"):
        write_compound_file({name: b""})


@given(TEXTS.map("".join))
def test_what_is_compressed_comes_back(text: str) -> None:
    data = text.encode("cp1252")
    assert decompress(compress(data)) == data


@given(st.binary(max_size=3600))
def test_bytes_without_repetition_come_back(data: bytes) -> None:
    assert decompress(compress(data)) == data


def test_full_chunk_that_cannot_be_made_shorter_stands_as_it_is() -> None:
    data = bytes((n * n * 31 + n // 7 * 13) % 251 for n in range(4096)) + b"end"
    assert decompress(compress(data)) == data


def test_repetition_is_made_shorter() -> None:
    assert len(compress(b"Application.Volatile\r\n" * 1000)) < 1500


@given(MODULES)
def test_modules_come_back_as_they_were(texts: dict[str, str]) -> None:
    modules = [Module("ThisWorkbook", "", WORKBOOK_CLASS), *(Module(name, text) for name, text in texts.items())]
    assert read_modules("vbaProject.bin", write_project("plan", modules)) == {
        module.name: module.source for module in modules
    }


@pytest.mark.parametrize("name", ["", "1st", "_x", "with space", "m" * 32, "é"])
def test_names_that_vba_refuses(name: str) -> None:
    with pytest.raises(ValueError, match="not a name for a module"):
        Module(name, "")


def test_searching_a_storage_by_the_formats_order_finds_every_name() -> None:
    """Readers that list all entries do not need the order; Excel looks names up: the shorter first, then by letters."""
    names = ["b", "A", "dir", "Zeta", "alpha", "ThisWorkbook", "_VBA_PROJECT", "Ab"]
    with strict_reader(write_compound_file(dict.fromkeys(names, b""))) as reader:
        found = in_order(reader, reader.root.sid_child)
    assert found == ["A", "b", "Ab", "dir", "Zeta", "alpha", "ThisWorkbook", "_VBA_PROJECT"]


def in_order(reader: olefile.OleFileIO, number: int) -> list[str]:
    """The names of a tree of entries from left to right."""
    if number == olefile.NOSTREAM:
        return []
    entry = reader.direntries[number]
    return [*in_order(reader, entry.sid_left), entry.name, *in_order(reader, entry.sid_right)]


def test_each_module_is_listed_with_its_kind() -> None:
    modules = [Module("ThisWorkbook", "", WORKBOOK_CLASS), Module("Plain", ""), Module("Sheet1", "", WORKSHEET_CLASS)]
    with strict_reader(write_project("plan", modules)) as reader:
        listing = decompress(reader.openstream("VBA/dir").read())
    cookie, end = struct.pack("<HIH", 0x2C, 2, 0xFFFF), struct.pack("<HI", 0x2B, 0)
    kinds = [struct.unpack("<H", part[:2])[0] for part in listing.split(cookie)[1:]]
    assert kinds == [0x22, 0x21, 0x22]
    assert listing.count(end) == len(modules)

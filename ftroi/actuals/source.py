"""Opening the file of a bill: its type, the row of its headings, and its cells as texts with line numbers.

The type is recognised by the content, never by the name. Nothing is executed: a cell that begins with "=" is a text.
Lines are numbered as in an editor, from 1, including headings and preambles.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from ftroi.actuals.coded import coded
from ftroi.actuals.formats import Columns, Format, recognise, unknown
from ftroi.errors import BillError, Finding

MOST_COLUMNS = 2_000
"""A heading of more columns is no bill's: the widest export known has some 300."""

MOST_BYTES = 4_000_000_000
"""Unpacked bytes of one file."""

_SEARCHED = 60
_DELIMITERS = ",;\t|"
_LONGEST_LINE = 1_000_000
_BLOCK = 16_000_000
_MORE = "\x00more"
_MAGIC = {
    b"PAR1": ("is a Parquet file", "export it as CSV, or convert it first"),
    b"%PDF": ("is a PDF", "export the bill as CSV from the vendor's console"),
    b"\xd0\xcf\x11\xe0": ("is a file of an old Office format (.xls), or protected", "save it as .xlsx or CSV"),
}


@dataclass(frozen=True)
class Source:
    """A file as found: its kind, how to read it, which format it is, and its headings.

    ``preamble`` holds the words that stand before the headings, by their first cell.
    """

    path: Path
    kind: str
    encoding: str
    delimiter: str
    header_line: int
    columns: Columns
    format: str
    preamble: Mapping[str, str]


def look_at(path: Path, formats: Mapping[str, Format]) -> Source:
    """Find out what a file is and which of the formats it has. Raises BillError."""
    head = _head(path)
    if head.startswith(b"PK"):
        rows = list(_first_rows_of_sheet(path))
        return _recognised(path, "xlsx", "", [("", rows)], formats)
    with _opened(path) as stream:
        start = stream.read(_LONGEST_LINE)
    if len(start) == _LONGEST_LINE and b"\n" not in start:
        what = f"has a first line of more than {_LONGEST_LINE:,} bytes, and no bill has so many columns"
        raise BillError(Finding(f"{path}:1", what, "check that lines end where they should"))
    encoding = _encoding(path, start)
    if start.lstrip(codecs.BOM_UTF8 + b" \r\n\t")[:1] in (b"{", b"["):
        first = next(iter(_records(path, encoding)), {})
        return _recognised(path, "json", encoding, [("", [list(first)])], formats)
    text = start.decode(encoding, "replace")
    candidates = [(one, _first_rows(text, one)) for one in _DELIMITERS]
    return _recognised(path, "csv", encoding, candidates, formats)


def _head(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise BillError(Finding(str(path), "is a folder", "name the files in it"))
        with path.open("rb") as stream:
            head = stream.read(8)
    except OSError as error:
        raise BillError(Finding(str(path), f"cannot be read ({error.strerror})", "check its name")) from None
    if not head:
        raise BillError(Finding(str(path), "is empty", "fetch it again"))
    for magic, (what, cure) in _MAGIC.items():
        if head.startswith(magic):
            raise BillError(Finding(str(path), what, cure))
    return head


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """Open a file, unpacking gzip; what is damaged is told."""
    with path.open("rb") as raw:
        packed = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        try:
            yield cast("IO[bytes]", gzip.GzipFile(fileobj=raw)) if packed else raw
        except (EOFError, gzip.BadGzipFile, OSError) as error:
            raise BillError(Finding(str(path), f"is damaged or cut off ({error})", "fetch it again")) from None


def _encoding(path: Path, start: bytes) -> str:
    """The encoding of a text: UTF-8 with its mark or without, UTF-16, or the old Western code page."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\x00" in start:
        raise BillError(Finding(str(path), "is no text: it has zero bytes in it", "export the bill as CSV or .xlsx"))
    try:
        start[: start.rfind(b"\n") + 1 or None].decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _first_rows(text: str, delimiter: str) -> list[list[str]]:
    lines = text.splitlines()[:_SEARCHED]
    try:
        return [next(iter(csv.reader([line], delimiter=delimiter)), []) for line in lines]
    except csv.Error:
        return []


def _recognised(
    path: Path,
    kind: str,
    encoding: str,
    candidates: Sequence[tuple[str, list[list[str]]]],
    formats: Mapping[str, Format],
) -> Source:
    """Find the line of headings that a format has; raises BillError with the widest line where none has."""
    widest: tuple[str, list[str]] = ("", [])
    for delimiter, rows in candidates:
        for number, row in enumerate(rows):
            _require_width(path, number, row)
            if len(row) > len(widest[1]):
                widest = (delimiter, row)
            columns = Columns(tuple(row))
            found = recognise(columns, formats)
            if found is not None:
                before = {one[0].strip(): one[1].strip() for one in rows[:number] if len(one) > 1 and one[0].strip()}
                return Source(path, kind, encoding, delimiter, number + 1, columns, found, before)
    raise BillError(unknown(str(path), [name for name in widest[1] if name], formats))


def _require_width(path: Path, number: int, row: Sequence[str]) -> None:
    if len(row) > MOST_COLUMNS:
        what = f"has {len(row):,} columns, and no bill has more than {MOST_COLUMNS:,}"
        raise BillError(Finding(f"{path}:{number + 1}", what, "check that lines end where they should"))


# --- all of a file -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cells:
    """The wanted columns, the line of each row, and a key that is the same for rows of the same content.

    Figures stand as texts, everything else as categories.
    """

    frame: Any
    lines: Any
    keys: Any


def cells_of(source: Source, texts: Sequence[str], figures: Sequence[str]) -> Cells:
    """Read columns of a file. Raises BillError."""
    if source.kind == "csv":
        return _cells_of_text(source, texts, figures)
    if source.kind == "json":
        rows = ((number, record) for number, record in enumerate(_records(source.path, source.encoding), start=1))
        return _cells_of_records(rows, texts, figures)
    names = source.columns.names
    sheet = _rows_of_sheet(source.path)
    records = (
        (number, dict(zip(names, row, strict=False)))
        for number, row in enumerate(sheet, start=1)
        if number > source.header_line
    )
    return _cells_of_records(records, texts, figures)


def _cells_of_text(source: Source, texts: Sequence[str], figures: Sequence[str]) -> Cells:
    import numpy as np
    import pandas as pd

    keys = _line_keys(source)
    names = [*source.columns.names, _MORE]
    wanted = {names.index(name): name for name in dict.fromkeys([*texts, *figures])} | {len(names) - 1: _MORE}
    try:
        with _opened(source.path) as stream:
            frame = pd.read_csv(
                _Widened(stream, source, len(names)), sep=source.delimiter, encoding="utf-8", header=0,
                usecols=list(wanted), dtype=object, na_filter=False, skip_blank_lines=False, index_col=False,
            )  # fmt: skip
    except (pd.errors.ParserError, UnicodeError, ValueError) as error:
        what = f"cannot be read as a table ({error})"
        raise BillError(Finding(str(source.path), what, "export the bill again")) from None
    frame.columns = pd.Index([wanted[place] for place in sorted(wanted)])
    if len(frame) != len(keys):  # some cells have line breaks in them
        return _cells_of_records(_numbered_records(source), texts, figures)
    lines = np.arange(source.header_line + 1, source.header_line + 1 + len(frame), dtype=np.int32)
    torn = np.flatnonzero((frame[_MORE] != "").to_numpy())
    if len(torn):
        raise BillError(_torn(source, int(lines[torn[0]]), len(torn)))
    frame = pd.DataFrame({name: _coded(frame[name]) if name in texts else frame[name] for name in wanted.values()})
    return Cells(frame.drop(columns=_MORE), lines, keys)


class _Widened(io.RawIOBase):
    """A bill's text from its headings on, in UTF-8, as if its table had one column more.

    What stands there shows which lines are torn: without it pandas leaves their last cells out, and says nothing.
    """

    def __init__(self, stream: IO[bytes], source: Source, width: int) -> None:
        self._text = codecs.getreader(source.encoding)(stream, "replace")
        for _ in range(source.header_line):
            self._text.readline()
        self._begin = source.delimiter.join(f"c{place}" for place in range(width)) + "\n"

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        if self._begin:
            begin, self._begin = self._begin, ""
            return begin.encode()
        return self._text.read(size).encode()


def _coded(column: Any) -> Any:
    import pandas as pd

    codes, words = pd.factorize(column)
    return coded(codes, list(words))


def _torn(source: Source, line: int, count: int) -> Finding:
    more = f", and {count - 1:,} more lines have" if count > 1 else ""
    what = f"has{more} more cells than the {len(source.columns.names)} headings"
    return Finding(
        f"{source.path}:{line}", what, "quote texts that have the delimiter in them, or export the bill again"
    )


def _line_keys(source: Source) -> Any:
    """A stable key for each line after the headings; it is the same where the whole line is."""
    import numpy as np
    import pandas as pd

    parts, size = [np.zeros(0, dtype=np.uint64)], 0
    with _opened(source.path) as stream:
        wide = source.encoding == "utf-16"
        lines = io.BytesIO(codecs.decode(stream.read(), "utf-16").encode()) if wide else stream
        for _ in range(source.header_line):
            lines.readline()
        while block := lines.readlines(_BLOCK):
            size += sum(map(len, block))
            if size > MOST_BYTES:
                what = f"has more than {MOST_BYTES:,} bytes"
                raise BillError(Finding(str(source.path), what, "export one month at a time"))
            block[-1] = block[-1].rstrip(b"\r\n") + b"\n"
            if block[0].endswith(b"\r\n"):
                block = [one.rstrip(b"\r\n") + b"\n" for one in block]
            parts.append(pd.util.hash_array(np.array(block, dtype=object), categorize=False))
    return np.concatenate(parts)


def _numbered_records(source: Source) -> Iterator[tuple[int, dict[str, str]]]:
    """Go through a text file row by row, with the line on which each row begins."""
    with _opened(source.path) as stream:
        text = codecs.getreader(source.encoding)(stream)
        for _ in range(source.header_line):
            next(text)
        reader = csv.reader(text, delimiter=source.delimiter)
        begin = source.header_line + 1
        for row in reader:
            yield begin, dict(zip(source.columns.names, row, strict=False))
            begin = source.header_line + 1 + reader.line_num


def _cells_of_records(
    records: Iterator[tuple[int, Mapping[str, Any]]], texts: Sequence[str], figures: Sequence[str]
) -> Cells:
    import numpy as np
    import pandas as pd

    lines: list[int] = []
    whole: list[str] = []
    columns: dict[str, list[str]] = {name: [] for name in (*texts, *figures)}
    for line, record in records:
        lines.append(line)
        whole.append("\x1f".join(str(one) for one in record.values()))
        for name, cells in columns.items():
            cells.append(str(record.get(name, "")))
    arrays = {name: pd.Series(np.array(cells, dtype=object)) for name, cells in columns.items()}
    frame = pd.DataFrame({name: _coded(cells) if name in texts else cells for name, cells in arrays.items()})
    keys = pd.util.hash_array(np.array(whole, dtype=object), categorize=False)
    return Cells(frame, np.array(lines, dtype=np.int32), keys)


# --- JSON and sheets ---------------------------------------------------------------------------------------


def _records(path: Path, encoding: str) -> Iterator[dict[str, str]]:
    """Go through a JSON list, or one object a line, with nested names joined by dots; lists stay JSON."""
    with _opened(path) as stream:
        text = codecs.getreader(encoding)(stream)
        first = text.read(1)
        text.seek(0)
        lines = [text.read()] if first == "[" else text
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                read = json.loads(line)
            except ValueError as error:
                raise BillError(Finding(f"{path}:{number}", f"is no JSON ({error})", "export it again")) from None
            for one in read if isinstance(read, list) else [read]:
                yield dict(_flat(one))


def _flat(record: Any, prefix: str = "") -> Iterator[tuple[str, str]]:
    if not isinstance(record, dict):
        yield prefix, "" if record is None else json.dumps(record) if isinstance(record, list) else str(record)
        return
    for name, value in record.items():
        yield from _flat(value, f"{prefix}.{name}" if prefix else str(name))


def _first_rows_of_sheet(path: Path) -> Iterator[list[str]]:
    for number, row in enumerate(_rows_of_sheet(path)):
        if number >= _SEARCHED:
            return
        yield row


def _rows_of_sheet(path: Path) -> Iterator[list[str]]:
    """Go through the first sheet's rows as texts: numbers in full, days as 2026-03-31."""
    import zipfile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError) as error:
        what = f"is no Excel workbook that can be read ({error})"
        raise BillError(Finding(str(path), what, "save it as .xlsx or CSV")) from None
    try:
        for row in book.worksheets[0].iter_rows(values_only=True):
            yield ["" if cell is None else _cell_text(cell) for cell in row]
    finally:
        book.close()


def _cell_text(cell: object) -> str:
    if isinstance(cell, float):
        return repr(int(cell)) if cell.is_integer() else repr(cell)
    return cell.isoformat() if hasattr(cell, "isoformat") else str(cell)

"""Writing a table of figures to a file that others read: .csv, .xlsx or .parquet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from ftroi.cli.console import warn
from ftroi.dates import local_day
from ftroi.errors import Finding, PlanError

if TYPE_CHECKING:
    from pandas import DataFrame

_TITLE = 31
"""The most signs that a sheet's name may have."""

_STEERING = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet program takes for the beginning of a formula."""


@dataclass(frozen=True, slots=True)
class Output:
    """The file that was asked for besides what is printed, and whether it may take the place of another."""

    path: Path
    replace: bool

    @classmethod
    def asked(cls, path: Path | None, *, replace: bool) -> Output | None:
        """What ``--output`` and ``--force`` ask for; None without ``--output``."""
        return None if path is None else cls(path, replace)

    def write(self, frame: DataFrame, title: str) -> None:
        """Write a table; see `write_output`."""
        write_output(frame, self.path, title, replace=self.replace)


def write_output(frame: DataFrame, path: Path, title: str, *, replace: bool) -> None:
    """Write a table, its index as the first columns, and say so on the error stream; numbers are not rounded.

    Raises PlanError for a kind of file that is not known, and where the package for it is missing; WorkbookError
    where the path is taken and ``replace`` is False, or cannot be written.
    """
    from ftroi.workbook.xlsx.safe_files import put_in_place

    write = _WRITERS.get(path.suffix.lower())
    if write is None:
        cure = f"end its name with {', '.join(_WRITERS)}"
        raise PlanError(Finding("--output", f"'{path}' is not of a supported format", cure))
    today = local_day()
    put_in_place(
        path, lambda fresh: write(flat_columns(frame), fresh, title), today, replace=replace, ending=path.suffix
    )
    warn([f"{path} is written, with {len(frame):,} rows"])


def flat_columns(frame: DataFrame) -> DataFrame:
    """The table with its index as columns, and every column under one name: "rag npv" for (rag, npv)."""
    is_nested = frame.columns.nlevels > 1
    names = [" ".join(map(str, name)) if is_nested else str(name) for name in frame.columns]
    return frame.set_axis(names, axis="columns").reset_index()


def _write_csv(frame: DataFrame, path: Path, _title: str) -> None:
    safe = frame.map(_as_text)
    safe.columns = [_as_text(name) for name in safe.columns]
    safe.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\n")  # Excel reads umlauts by the mark


def _write_workbook(frame: DataFrame, path: Path, title: str) -> None:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:_TITLE])

    def cell(value: Any) -> Any:  # noqa: ANN401 - a figure or a text, and a cell of openpyxl's
        made = WriteOnlyCell(sheet, value=None if value != value else value)  # noqa: PLR0124 - nan is an empty cell
        if isinstance(value, str):
            made.data_type = "s"  # a text stays one, whatever it begins with
        return made

    sheet.append([cell(str(name)) for name in frame.columns])
    for row in frame.itertuples(index=False):
        sheet.append([cell(value) for value in row])
    book.save(path)


def _write_parquet(frame: DataFrame, path: Path, _title: str) -> None:
    try:
        frame.to_parquet(path, index=False)
    except ImportError:
        cure = "install it with: pip install 'ftroi[parquet]'; or write .csv or .xlsx"
        raise PlanError(Finding("--output", "Parquet files need the package pyarrow", cure)) from None


def _as_text(value: Any) -> Any:  # noqa: ANN401 - a figure or a text
    """A text that a spreadsheet would take for a formula, with an apostrophe before it; anything else as it is."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_STEERING) else value


_WRITERS: Mapping[str, Callable[[DataFrame, Path, str], None]] = MappingProxyType({
    ".csv": _write_csv,
    ".xlsx": _write_workbook,
    ".parquet": _write_parquet,
})  # fmt: skip

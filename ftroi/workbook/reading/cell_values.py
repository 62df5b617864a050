"""Converting the contents of input cells to numbers, dates, texts and months.

An input is read exactly as the sheet's formulas read it, or refused with its cell. A number stored as text is refused:
depending on the program and its settings, a formula takes it for a number, for 0 or for an error. An id with a space
before or after it is another id to the sheet, and is refused, too.

Arguments of functions are no inputs, and are read more tolerantly: the text 25% is 0.25. But 1,234 is refused there,
too, because it means 1234 in some countries and 1.234 in others.
"""

from __future__ import annotations

import math
import re
from datetime import date

from ftroi.dates import FIRST_DAY, LAST_DAY, calendar_day, serial
from ftroi.workbook.xlsx.cells import Cell

_PLAIN = re.compile(r"[+-]?(?:\d+|\d*\.\d+)(?:[eE][+-]?\d{1,2})?")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?")
_GROUP_OR_DECIMAL = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_A_DATE = "a date, such as 2027-01-31"


class UnreadableError(Exception):
    """A cell holds something else than is wanted: ``what`` says it, ``cure`` what to do."""

    def __init__(self, what: str, cure: str) -> None:
        """Keep both sentences."""
        super().__init__(what)
        self.what = what
        self.cure = cure


def _require_value(cell: Cell, wanted: str) -> float | str | bool:
    if cell.is_error:
        raise UnreadableError(f"holds the error {cell.value}", f"correct its formula, or type {wanted}")
    if cell.value is None and cell.is_formula:
        cure = f"open the workbook in a spreadsheet program and save it, or type {wanted}"
        raise UnreadableError("holds a formula that was never computed", cure)
    if cell.value is None or cell.is_empty:
        raise UnreadableError("is empty", f"type {wanted}")
    return cell.value


def words_of(cell: Cell | None) -> str:
    """A cell as a text of people's own, "" for none: a number with its digits, a truth in capitals."""
    if cell is None or cell.value is None or cell.is_empty:
        return ""
    value = cell.value
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value).upper() if isinstance(value, bool) else value


def figure_typed(cell: Cell) -> float:
    """An input's number; raises UnreadableError for anything else, a number as a text among it."""
    return figure(_stored(cell, "a number", "a number, such as 0.25 or 25%"))


def whole_typed(cell: Cell) -> int:
    """An input's whole number; raises UnreadableError for anything else."""
    return whole(_stored(cell, "a whole number", "a whole number"))


def day_typed(cell: Cell, offset: int = 0) -> float:
    """Serial number of an input's date (1900 system); raises UnreadableError for anything else, a text among it.

    A year alone is the number of a day of 1905, and refused: no input is about a day before 2000.
    """
    found = day(_stored(cell, "a date", _A_DATE), offset)
    if found < FIRST_DAY:
        raise UnreadableError(f"is the day {calendar_day(found)}, before 2000", f"type {_A_DATE}")
    return found


def key_typed(cell: Cell) -> str:
    """An input that is an id; raises UnreadableError where blanks stand around it."""
    value = _require_value(cell, "a text")
    if isinstance(value, str) and value != value.strip():
        raise UnreadableError(f"has blanks around '{_short(value)}', which the sheet counts", "type it without blanks")
    return words(cell)


def text_typed(cell: Cell) -> str:
    """An input that is a text of any kind, as it was typed; raises UnreadableError for nothing and for an error."""
    value = _require_value(cell, "a text")
    return value if isinstance(value, str) else words(cell)


def _stored(cell: Cell, wanted: str, cure: str) -> Cell:
    """The cell itself; raises UnreadableError if it holds a text."""
    if isinstance(cell.value, str) and not (cell.is_error or cell.is_empty):
        what = f"holds the text '{_short(cell.value)}', not {wanted}" if cell.value.strip() else "holds only blanks"
        raise UnreadableError(what, f"type {cure}, into a cell that is not formatted as text")
    return cell


def figure(cell: Cell) -> float:
    """A cell's number; a percentage as text, such as 25%, is its fraction.

    Raises UnreadableError for nothing, an error, a truth, and a text that may mean two numbers or none.
    """
    value = _require_value(cell, "a number")
    if isinstance(value, bool):
        raise UnreadableError(f"holds {str(value).upper()}, not a number", "type 1 for yes or 0 for no")
    return _number_in(value) if isinstance(value, str) else value


def _number_in(text: str) -> float:
    # Spreadsheets in some languages group digits by a no-break space.
    plain = text.strip().replace("\u00a0", "").replace("\u202f", "")
    number = plain.removesuffix("%").rstrip()
    if _GROUP_OR_DECIMAL.fullmatch(number):
        cure = "type it as a number, without a separator for thousands"
        raise UnreadableError(f"holds the text '{text.strip()}', which may be a thousand or a decimal number", cure)
    if _THOUSANDS.fullmatch(number):
        number = number.replace(",", "")
    if not _PLAIN.fullmatch(number):
        raise UnreadableError(f"holds the text '{_short(text)}', not a number", "type a number, such as 0.25 or 25%")
    return float(number) / 100 if plain.endswith("%") else float(number)


def day(cell: Cell, offset: int = 0) -> float:
    """The serial number of a cell's date (1900 system); ``offset`` is added to numbers.

    Raises UnreadableError for whatever is no day.
    """
    value = _require_value(cell, _A_DATE)
    if isinstance(value, str) and (match := _DAY.fullmatch(value.strip())):
        try:
            return serial(date.fromisoformat(match[1]))
        except ValueError:
            raise UnreadableError(f"holds '{match[1]}', which is no day", f"type {_A_DATE}") from None
    if isinstance(value, str | bool) or not 1 <= value <= LAST_DAY:
        raise UnreadableError(f"holds '{_short(str(value))}', not a date", f"type {_A_DATE}")
    return float(int(value) + offset)


def words(cell: Cell) -> str:
    """A cell's text, or its number as a text; raises UnreadableError for nothing and for an error."""
    value = _require_value(cell, "a text")
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value).upper() if isinstance(value, bool) else value.strip()


def whole(cell: Cell) -> int:
    """A cell's whole number; raises UnreadableError for any other."""
    value = figure(cell)
    if not math.isfinite(value) or value != int(value):
        raise UnreadableError(f"holds {value:g}, not a whole number", "type a whole number")
    return int(value)


def _short(text: str) -> str:
    """A text of a cell for a message: one line, not too long."""
    line = " ".join("".join(one if one.isprintable() else " " for one in text).split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}..."


_LONGEST = 40

"""Parsing numbers and dates in the notations of people and programs; texts that cannot be parsed are reported.

A number with an ambiguous decimal separator, such as 1.234, is refused and never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np

from ftroi.actuals.coded import codes_and_words
from ftroi.errors import BillError, Finding

MOST_FINDINGS = 20
"""Findings of one column that are listed; the rest is counted."""

_POINT = re.compile(r"^\D*\d{1,3}(,\d{3})+\.\d+\D*$|\.\d{1,2}\D*$|\.\d{4,}\D*$|^\D*\d{1,3}(,\d{3}){2,}\D*$|[eE]-?\d+$")
_COMMA = re.compile(r"^\D*\d{1,3}([. ]\d{3})+,\d+\D*$|,\d{1,2}\D*$|,\d{4,}\D*$|^\D*\d{1,3}(\.\d{3}){2,}\D*$")
_UNCLEAR = re.compile(r"^\D*\d{1,3}[.,]\d{3}\D*$")
_DRESSING = re.compile(r"[\s\u00a0\u202f'’$€£¥]|(?<=\d)\s*[A-Z]{3}$|^[A-Z]{3}\s*(?=[-\d(])")
_DATE = re.compile(r"^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?:[ T].*)?$")
_ISO = re.compile(r"^(\d{4})-(\d{2})(?:-(\d{2}))?(?:[ T].*)?$")
_EPOCH_DIGITS = range(9, 12)
_LAST_MONTH = 12


@dataclass(frozen=True)
class Column:
    """One column of a file, for messages: the file, the heading, and the line of each row."""

    file: str
    name: str
    lines: Any

    def finding(self, row: int, what: str, cure: str) -> Finding:
        """A finding about one row."""
        return Finding(f"{self.file}:{self.lines[row]}: {self.name}", what, cure)


def figures(texts: Any, column: Column, decimal: str | None, *, is_plain: bool) -> Any:
    """Read a column of figures; an empty cell is nan. Raises BillError.

    ``decimal`` is the sign, where it is known. ``is_plain`` says that the file's delimiter is a comma, so that a
    figure with a point and nothing else is meant as it stands.
    """
    import pandas as pd

    series = pd.Series(texts, dtype=object)
    read = pd.to_numeric(series, errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan).copy()
    filled = (series != "").to_numpy()
    odd = np.flatnonzero(filled & ~np.isfinite(read))
    if is_plain and not len(odd):
        return read
    looked_at = odd if is_plain else np.flatnonzero(filled)
    sign = _decimal_sign([str(series[row]) for row in looked_at], looked_at, column, decimal)
    if sign == "." and not len(odd):
        return read
    rows = odd if sign == "." else np.flatnonzero(filled)
    values = [_figure(str(series[row]), sign) for row in rows]
    wrong = [row for row, value in zip(rows, values, strict=True) if value is None]
    if wrong:
        raise BillError(*_listed([_no_figure(column, int(row), str(series[row])) for row in wrong]))
    read[rows] = values
    return read


def _decimal_sign(texts: Sequence[str], rows: Any, column: Column, stated: str | None) -> str:
    """The decimal sign, found from figures that leave no doubt; raises BillError where they contradict, or none is."""
    point = next((place for place, text in enumerate(texts) if _POINT.search(text)), None)
    comma = next((place for place, text in enumerate(texts) if _COMMA.search(text)), None)
    if point is not None and comma is not None:
        first, second = texts[point], texts[comma]
        what = f"'{second}' has a decimal comma, and '{first}' on line {column.lines[rows[point]]} a decimal point"
        raise BillError(column.finding(rows[comma], what, "write all figures of the column in one way"))
    if point is not None or comma is not None:
        return "." if point is not None else ","
    unclear = next((place for place, text in enumerate(texts) if _UNCLEAR.search(text)), None)
    if unclear is not None and stated is None:
        what = f"'{texts[unclear]}' may be a thousand and more, or a little more than one"
        cure = 'say which by decimal = "." or decimal = "," in the mapping'
        raise BillError(column.finding(rows[unclear], what, cure))
    return stated or "."


def _figure(text: str, sign: str) -> float | None:
    """Read one figure with its currency's sign, thousands, or brackets for a negative one."""
    bare = _DRESSING.sub("", text.strip()).replace("−", "-")
    if bare.startswith("(") and bare.endswith(")"):
        bare = f"-{bare[1:-1]}"
    if bare.endswith("-"):
        bare = f"-{bare[:-1]}"
    group = "," if sign == "." else "."
    if re.search(rf"\d{re.escape(group)}\d", bare) and not re.search(
        rf"^-?\d{{1,3}}({re.escape(group)}\d{{3}})+(\D|$)", bare
    ):
        return None
    try:
        value = float(bare.replace(group, "").replace(sign, "."))
    except ValueError:
        return None
    return value if np.isfinite(value) else None


def _no_figure(column: Column, row: int, text: str) -> Finding:
    if text.lstrip().startswith(("=", "@")):
        return column.finding(
            row, f"'{text[:40]}' is a formula, and no formula is computed here", "put its value there"
        )
    return column.finding(row, f"cannot read '{text[:40]}' as a figure", "write it as 1234.56")


def counted(count: int, noun: str) -> str:
    """A number of things in words: "1 charge", "1,200 charges"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


# --- days --------------------------------------------------------------------------------------------------


def days(texts: Any, column: Column, order: str | None, notes: list[Finding]) -> Any:
    """Read a column of categories as datetime64[D]; an empty cell is NaT. Raises BillError.

    ``order`` is that of dates such as 3/4/2026, where it is known; a day above 12 tells otherwise, and is noted.
    """
    codes, words = codes_and_words(texts)
    order = _order(words, codes, column, order, notes)
    read = [_day(word, order) for word in words]
    wrong = [place for place, (word, day) in enumerate(zip(words, read, strict=True)) if day is None and word]
    if wrong:
        cure = "write it as 2026-03-31"
        rows = sorted(
            (int(np.flatnonzero(codes == place)[0]), words[place][:40]) for place in wrong[: MOST_FINDINGS + 1]
        )
        raise BillError(*_listed([column.finding(row, f"cannot read '{word}' as a date", cure) for row, word in rows]))
    return np.array([np.datetime64("NaT") if day is None else np.datetime64(day, "D") for day in read], "M8[D]")[codes]


def _order(words: Sequence[str], codes: Any, column: Column, stated: str | None, notes: list[Finding]) -> str:
    """The order of day and month in a column; raises BillError where dates contradict each other, or nothing tells."""
    parts = [(place, found) for place, word in enumerate(words) if (found := _DATE.match(word))]
    if not parts:
        return stated or "d/m/y"
    day_first = next((place for place, found in parts if int(found[1]) > _LAST_MONTH or found[2] == "."), None)
    month_first = next((place for place, found in parts if int(found[3]) > _LAST_MONTH), None)

    def row(place: int) -> int:
        return int(np.flatnonzero(codes == place)[0])

    if day_first is not None and month_first is not None:
        other = f"'{words[month_first]}' on line {column.lines[row(month_first)]}"
        what = f"'{words[day_first]}' has the day first, and {other} the month"
        raise BillError(column.finding(row(day_first), what, "write all dates of the column in one way"))
    if day_first is not None:
        if stated == "m/d/y":
            what = f"dates are read with the day first, as '{words[day_first]}' can be read in no other way"
            notes.append(
                column.finding(row(day_first), what, "such bills have the month first as a rule: look at the months")
            )
        return "d/m/y"
    if month_first is None and stated is None:
        what = f"'{words[parts[0][0]]}' may have the day or the month first"
        cure = 'say which by dates = "d/m/y" or dates = "m/d/y" in the mapping'
        raise BillError(column.finding(row(parts[0][0]), what, cure))
    return "m/d/y" if month_first is not None else stated or "d/m/y"


def _day(word: str, order: str) -> str | None:
    """A day as 2026-03-31, or None where the text is none; a month stands for its first day."""
    if found := _ISO.match(word):
        return _checked(found[1], found[2], found[3] or "01")
    if found := _DATE.match(word):
        day, month = (found[1], found[3]) if order == "d/m/y" else (found[3], found[1])
        return _checked(found[4], month, day)
    if word.isdigit() and len(word) in _EPOCH_DIGITS:
        return datetime.fromtimestamp(int(word), UTC).date().isoformat()
    for pattern in ("%Y%m", "%Y%m%d", "%b %Y", "%B %Y", "%Y-%m", "%Y/%m/%d", "%d %b %Y", "%d %B %Y", "%b %d, %Y"):
        try:
            return datetime.strptime(word, pattern).replace(tzinfo=UTC).date().isoformat()
        except ValueError:
            continue
    return None


def _checked(year: str, month: str, day: str) -> str | None:
    try:
        return datetime(int(year), int(month), int(day), tzinfo=UTC).date().isoformat()
    except ValueError:
        return None


def _listed(findings: list[Finding]) -> list[Finding]:
    """The first findings, and how many more there are."""
    if len(findings) <= MOST_FINDINGS:
        return findings
    more = len(findings) - MOST_FINDINGS
    return [*findings[:MOST_FINDINGS], Finding(findings[0].where.split(":")[0], f"{more:,} more of the same kind")]

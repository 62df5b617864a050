"""Data validation of input cells, with input and error messages.

It refuses invalid values that are typed by hand. It does not protect a sheet: pasted values are checked when the plan
is read.
"""

from __future__ import annotations

from typing import Any, Literal

from openpyxl.worksheet.datavalidation import DataValidation

from ftroi.dates import calendar_day
from ftroi.termsheet import Assumption
from ftroi.termsheet.schema import AssumptionTable
from ftroi.workbook.xlsx.addresses import quoted
from ftroi.workbook.xlsx.marked_up import digits

_LONGEST_TITLE, _LONGEST_MESSAGE = 32, 255
_ANY = 1e300
"""A bound that no figure reaches."""

Told = dict[str, Any]
"""What a rule tells a person, in openpyxl's words."""


def in_range(assumption: Assumption) -> DataValidation:
    """Accept numbers of an assumption's range, whole ones where it counts."""
    table = assumption.table
    least, most = table.range or (-_ANY, _ANY)
    wanted = _wanted(table)
    told = _told(table.label, f"{wanted} {table.note}", f"{wanted} {_advice(table)}".strip())
    return _between(least, most, told, whole=table.whole)


def _bound(value: float) -> str:
    """A bound as a rule has it, a whole number without its decimal point."""
    return digits(float(value))


def _wanted(table: AssumptionTable) -> str:
    kind = "A date" if table.unit == "date" else "A whole number" if table.whole else "A number"
    unit = "" if table.unit in ("date", "1") else f" ({table.unit})"
    if table.range is None:
        return f"{kind}{unit}."
    least, most = (shown(end, table.unit) for end in table.range)
    return f"{kind} from {least} to {most}{unit}."


def _advice(table: AssumptionTable) -> str:
    is_fraction = not table.whole and table.unit in ("1", "1/year", "1/month")
    return "A share is a fraction: 0.10 or 10%." if is_fraction else ""


def shown(value: float, unit: str) -> str:
    """A number, or a date, as a message tells it."""
    if unit == "date":
        return calendar_day(value).isoformat()
    return f"{value:,.10g}"


def refused(title: str, message: str) -> DataValidation:
    """Accept nothing."""
    return DataValidation(type="custom", formula1="FALSE", **_told(title, "", message))


def one_of(choices: list[str] | str, title: str, message: str) -> DataValidation:
    """Accept one of some texts, given as they are or as the cells that hold them."""
    source = quoted(",".join(choices)) if isinstance(choices, list) else choices
    return DataValidation(type="list", formula1=source, **_told(title, message, message))


def between(least: float, most: float, title: str, message: str, *, whole: bool = False) -> DataValidation:
    """Accept numbers from ``least`` to ``most``."""
    return _between(least, most, _told(title, message, message), whole=whole)


def _between(least: float, most: float, told: Told, *, whole: bool) -> DataValidation:
    first, second = (_bound(end) for end in (least, most))
    kind: Literal["whole", "decimal"] = "whole" if whole else "decimal"
    return DataValidation(type=kind, formula1=first, formula2=second, operator="between", **told)


def _told(title: str, hint: str, error: str) -> Told:
    told: Told = {"errorTitle": _cut(title, _LONGEST_TITLE), "error": _cut(error, _LONGEST_MESSAGE)}
    if hint:
        told |= {"promptTitle": _cut(title, _LONGEST_TITLE), "prompt": _cut(hint, _LONGEST_MESSAGE)}
    return told | {"allow_blank": True, "showErrorMessage": True, "showInputMessage": True}


def _cut(text: str, longest: int) -> str:
    """Shorten a text at a word; a spreadsheet refuses a file with a longer one."""
    if len(text) <= longest:
        return text
    return f"{text[: longest - 1].rsplit(' ', 1)[0]}…"

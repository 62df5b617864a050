"""What the cells that people type in accept, and how they explain it.

Validation refuses what is typed by hand; it does not protect a sheet, and what is pasted is found
when the plan is read.
"""

from __future__ import annotations

from typing import Any

from ftroi.dates import calendar_day
from ftroi.termsheet import Assumption
from ftroi.termsheet.schema import AssumptionTable

_LONGEST_TITLE, _LONGEST_MESSAGE = 32, 255
Rule = dict[str, Any]


def in_range(assumption: Assumption) -> Rule:
    """Accept numbers of an assumption's range, whole ones where it counts."""
    table = assumption.table
    rule: Rule = {"validate": "integer" if table.whole else "decimal"}
    if table.range is None:
        rule |= {"criteria": "between", "minimum": -1e300, "maximum": 1e300}
    else:
        rule |= {"criteria": "between", "minimum": _bound(table.range[0]), "maximum": _bound(table.range[1])}
    wanted = _wanted(table)
    return rule | _told(table.label, f"{wanted} {table.note}", f"{wanted} {_advice(table)}".strip())


def _bound(value: float) -> float:
    """Give a whole number without its decimal point."""
    return int(value) if value.is_integer() else value


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
    """Give a number, or a date, as a message tells it."""
    if unit == "date":
        return calendar_day(value).isoformat()
    return f"{value:,.10g}"


def refused(title: str, message: str) -> Rule:
    """Accept nothing."""
    return {"validate": "custom", "value": "=FALSE", **_told(title, "", message)}


def one_of(choices: list[str] | str, title: str, message: str) -> Rule:
    """Accept one of some texts, given as they are or as the cells that hold them."""
    source = choices if isinstance(choices, list) else f"={choices}"
    return {"validate": "list", "source": source, **_told(title, message, message)}


def between(least: float, most: float, title: str, message: str, *, whole: bool = False) -> Rule:
    """Accept numbers from ``least`` to ``most``."""
    kind = "integer" if whole else "decimal"
    return {
        "validate": kind,
        "criteria": "between",
        "minimum": least,
        "maximum": most,
        **_told(title, message, message),
    }


def _told(title: str, hint: str, error: str) -> Rule:
    rule = {"error_title": _cut(title, _LONGEST_TITLE), "error_message": _cut(error, _LONGEST_MESSAGE)}
    if hint:
        rule |= {"input_title": _cut(title, _LONGEST_TITLE), "input_message": _cut(hint, _LONGEST_MESSAGE)}
    return rule


def _cut(text: str, longest: int) -> str:
    """Shorten a text at a word; a spreadsheet refuses a file with a longer one."""
    if len(text) <= longest:
        return text
    return f"{text[: longest - 1].rsplit(' ', 1)[0]}…"

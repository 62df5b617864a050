"""Where low and high stand when the base changes: they travel with it, by share or by distance.

The rule is a formula of the language, so that the workbook prints the very same into the cells of low and high.
"""

from __future__ import annotations

from functools import cache

from ftroi.language import Node, evaluate, parse
from ftroi.termsheet.schema import AssumptionTable

_BY = {"ratio": "IF(at > 0, base * (end / at), base + (end - at))", "difference": "base + (end - at)"}
_WITHIN = "MIN(most, MAX(least, {}))"
_ENCLOSING = {"low": "MIN(base, {})", "high": "MAX(base, {})"}


def end_rule(table: AssumptionTable, which: str) -> str:
    """The formula of an end of the range, "low" or "high", by the assumption's spread.

    ``end`` is where it stands at the base ``at``, and there it stays exactly; ``least`` and ``most`` are what the
    assumption allows. An end that has travelled never leaves the base outside.
    """
    there = _BY[table.spread or "difference"]
    allowed = _WITHIN.format(there) if table.range else there
    return f"IF(base = at, end, {_ENCLOSING[which].format(allowed)})"


def travelled_end(table: AssumptionTable, which: str, base: float, at: float, end: float) -> float:
    """Low or high for a base, from where it stands at the base ``at``; all in the assumption's unit."""
    least, most = table.range or (-float("inf"), float("inf"))
    values = {"base": base, "at": at, "end": end, "least": least, "most": most}
    return evaluate(_tree(end_rule(table, which)), lambda name, _: values[name])


@cache
def _tree(text: str) -> Node:
    return parse(text)

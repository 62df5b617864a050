"""Low and high after a change of the base: they move with it, by ratio or by difference.

The rule is a formula of the language, so that the workbook prints the same rule into the cells of low and high.
"""

from __future__ import annotations

from functools import cache

from ftroi.language import Node, evaluate, parse
from ftroi.termsheet.schema import AssumptionTable

_MOVED_END = {"ratio": "IF(at > 0, base * (end / at), base + (end - at))", "difference": "base + (end - at)"}
_WITHIN = "MIN(most, MAX(least, {}))"
_ENCLOSING = {"low": "MIN(base, {})", "high": "MAX(base, {})"}


def end_rule(table: AssumptionTable, which: str) -> str:
    """The formula of an end of the range, "low" or "high", by the assumption's spread.

    It mentions ``base``; ``end``, the value of the end at the base ``at``, which it keeps exactly if the base has not
    changed; and ``least`` and ``most``, the assumption's allowed range. Low and high always enclose the base.
    """
    moved = _MOVED_END[table.spread or "difference"]
    allowed = _WITHIN.format(moved) if table.range else moved
    return f"IF(base = at, end, {_ENCLOSING[which].format(allowed)})"


def travelled_end(table: AssumptionTable, which: str, base: float, at: float, end: float) -> float:
    """Low or high (``which``) for a new base, if it is ``end`` at the base ``at``; all in the assumption's unit."""
    least, most = table.range or (-float("inf"), float("inf"))
    values = {"base": base, "at": at, "end": end, "least": least, "most": most}
    return evaluate(_tree(end_rule(table, which)), lambda name, _: values[name])


@cache
def _tree(text: str) -> Node:
    return parse(text)

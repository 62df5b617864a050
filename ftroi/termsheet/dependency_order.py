"""The lines that vary by month, and the order in which lines must be computed (a topological order)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ftroi.errors import Finding
from ftroi.language import AGGREGATE_FUNCTIONS
from ftroi.termsheet.model import Group, Line, Role


def find_series(lines: Mapping[str, Line]) -> frozenset[str]:
    """The lines that vary by month: own costs, lines with an opening value, and all lines that read one of them."""
    series = {name for name, line in lines.items() if line.role is Role.OWN or line.opening is not None}
    grown = True
    while grown:
        grown = False
        for name, line in lines.items():
            if name not in series and _varies(line, series):
                series.add(name)
                grown = True
    return frozenset(series)


def _varies(line: Line, series: set[str]) -> bool:
    return any(name in series and via not in AGGREGATE_FUNCTIONS for name, via in line.needs)


def order_lines(lines: Mapping[str, Line]) -> tuple[tuple[Group, ...], list[Finding]]:
    """The lines in groups so that each group comes after those that it needs, and the findings.

    Lines that depend on each other through PREV form one group, which is computed as a loop over the months. Circular
    references within a month are findings.
    """
    findings: list[Finding] = []
    groups = []
    for members in _strong_components(lines):
        if not _is_loop(members, lines):
            groups.append(Group(tuple(members), loop=False))
            continue
        groups.append(Group(_within(members, lines, findings), loop=True))
    return tuple(groups), findings


def _is_loop(members: list[str], lines: Mapping[str, Line]) -> bool:
    return len(members) > 1 or any(name == members[0] for name, _ in lines[members[0]].needs)


def _within(members: list[str], lines: Mapping[str, Line], findings: list[Finding]) -> tuple[str, ...]:
    """The order of a loop's lines within one month, in which PREV is no dependency."""
    inside = set(members)
    done: set[str] = set()
    trail: list[str] = []
    ordered: list[str] = []

    def visit(name: str) -> None:
        if name in done:
            return
        if name in trail:
            circle = " -> ".join([*trail[trail.index(name) :], name])
            findings.append(Finding(lines[name].where, f"circular: {circle}", "break it with PREV of one of them"))
            done.add(name)
            return
        trail.append(name)
        for needed, via in lines[name].needs:
            if needed not in inside or via == "PREV":
                continue
            if via:
                what = f"{via}({needed}) needs {name} itself"
                findings.append(Finding(lines[name].where, what, "take it out of the circle"))
            else:
                visit(needed)
        trail.pop()
        if name not in done:
            done.add(name)
            ordered.append(name)

    for name in members:
        visit(name)
    return tuple(ordered)


def _strong_components(lines: Mapping[str, Line]) -> Iterator[list[str]]:
    """Strongly connected components of the lines' dependencies, dependencies first (Tarjan 1972)."""
    index: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []

    def connect(name: str) -> Iterator[list[str]]:
        index[name] = lowest[name] = len(index)
        stack.append(name)
        for needed, _ in lines[name].needs:
            if needed not in lines:
                continue
            if needed not in index:
                yield from connect(needed)
                lowest[name] = min(lowest[name], lowest[needed])
            elif needed in stack:
                lowest[name] = min(lowest[name], index[needed])
        if lowest[name] == index[name]:
            cut = stack.index(name)
            component = stack[cut:]
            del stack[cut:]
            yield component

    for name in lines:
        if name not in index:
            yield from connect(name)

"""Compiling a template into a numpy program: one Python function that computes the wanted lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from types import MappingProxyType
from typing import Any

import numpy as np

from ftroi.engine.numpy_backend import runtime as arrays
from ftroi.engine.numpy_backend.month_loop import LoopWriter
from ftroi.engine.numpy_backend.source_printer import SourcePrinter
from ftroi.language import (
    AGGREGATE_FUNCTIONS,
    FUNCTIONS,
    PARTIES,
    Binary,
    Call,
    FloatArray,
    Name,
    Node,
    Reads,
    references,
)
from ftroi.termsheet import Group, Line, Role, Template

_NAMES = {
    "np": np,
    **{name: getattr(arrays, name) for name in ("power", "running", "by_month", "stacked", "whole_array")},
    **{f"body_{name}": row.body for name, row in FUNCTIONS.items()},
}


@dataclass(frozen=True, eq=False)
class Program:
    """A compiled template: ``run(values, own, months, parties)``; the arguments are those of `Inputs`.

    ``run`` returns a dict of the wanted lines, each of months × options × scenarios (axes of length 1 where a line does
    not vary), and for measures ``status:name`` and ``remark:name``: 0, or the 1-based number of the clause that
    applies. ``parties`` maps the language's `PARTIES` to the indices of options.

    ``assumptions`` are the names that the program reads, ``lines`` the lines that it computes, ``wanted`` those that it
    returns, the attribute ``parties`` the `PARTIES` that occur. With ``sums``, lines that vary by month are returned as
    their sums over the months, and lines that only texts mention are left out.
    """

    source: str
    run: Callable[..., dict[str, FloatArray]]
    assumptions: tuple[str, ...]
    lines: frozenset[str]
    parties: frozenset[str]
    wanted: frozenset[str]
    sums: bool


def compile_template(template: Template, wanted: Iterable[str] | None = None, *, sums: bool = False) -> Program:
    """Compile a template for the wanted lines (default: all) and the lines that they depend on."""
    requested = frozenset(template.lines if wanted is None else wanted)
    keep = requested if sums else _with_text_lines(template, requested)
    needed = _closure(template, keep)
    writer = ProgramWriter(template, keep, needed, sums=sums)
    run = executed(source := writer.write())["run"]
    return Program(source, run, writer.assumptions, needed, _parties(template, needed), keep, sums)


def compile_formula(tree: Node) -> Callable[..., FloatArray]:
    """Compile one formula over plain names into a function of keyword arguments."""
    names = sorted({mention.name for mention in references(tree)})
    new_name = (f"t{number}" for number in count())
    printer = SourcePrinter(lambda name, _via: name, lambda: next(new_name))
    result = printer.text(tree)
    body = "\n".join(f"    {line}" for line in (*printer.statements, f"return {result}"))
    function: Callable[..., FloatArray] = executed(f"def formula({', '.join(names)}):\n{body}\n")["formula"]
    return function


def executed(source: str, names: Mapping[str, Any] = MappingProxyType({})) -> dict[str, Any]:
    """The namespace after executing generated source; ``names`` are added to, or override, what the source may call."""
    space = {**_NAMES, **names}
    exec(compile(source, "<template>", "exec"), space)  # noqa: S102 - printed from parsed trees alone
    return space


def _with_text_lines(template: Template, wanted: frozenset[str]) -> frozenset[str]:
    """The wanted lines with those that their texts show, and with the flows whose rates of return may be listed."""
    shown = set(wanted)
    for name in wanted:
        line = template.lines[name]
        shown.update(mention.name for mention in line.shown if mention.name in template.lines)
        for needed in (needed for needed, via in line.needs if via == "IRR"):
            opening = template.lines[needed].opening
            mentions = references(opening) if opening else ()
            shown.update((needed, *(mention.name for mention in mentions if mention.name in template.lines)))
    return frozenset(shown)


def _closure(template: Template, wanted: frozenset[str]) -> frozenset[str]:
    needed: set[str] = set()
    waiting = list(wanted)
    while waiting:
        name = waiting.pop()
        if name in template.lines and name not in needed:
            needed.add(name)
            waiting.extend(other for other, _ in template.lines[name].needs)
    return frozenset(needed)


def _parties(template: Template, lines: frozenset[str]) -> frozenset[str]:
    return frozenset(via for name in lines for _, via in template.lines[name].needs if via in PARTIES)


class ProgramWriter:
    """Writes the source of the function ``run``, with the lines in the order of computation."""

    def __init__(
        self, template: Template, wanted: frozenset[str], needed: frozenset[str], *, sums: bool = False
    ) -> None:
        """Write a program that returns ``wanted`` and computes ``needed``; with ``sums``, sums over the months only."""
        self._template = template
        self._wanted = wanted
        self._needed = needed
        self._summed = template.series if sums else frozenset()
        self._groups = [group for group in template.order if needed.intersection(group.names)]
        numbers = count()
        self._new_name = lambda: f"_t{next(numbers)}"
        self._out: list[str] = []
        self._last_use = self._last_uses()
        mentioned = {name for group in self._groups for one in group.names for name, _ in template.lines[one].needs}
        self.assumptions = tuple(sorted(mentioned - set(template.lines)))

    def _last_uses(self) -> dict[str, int]:
        """The index of the last group that reads each line, after which its memory can be freed."""
        last: dict[str, int] = {}
        for place, group in enumerate(self._groups):
            for name in group.names:
                last.update({needed: place for needed, _ in self._template.lines[name].needs})
        return last

    def write(self) -> str:
        """The source of the program."""
        for name in self.assumptions:
            self._out.append(f"v_{name} = values['{name}']")
        for place, group in enumerate(self._groups):
            self._openings(group)
            if group.loop:
                self._loop(group)
            else:
                self._line(self._template.lines[group.names[0]])
            self._keep_or_free(group, place)
        return self._text()

    def _text(self) -> str:
        body = "\n".join(f"    {line}" for line in (*self._out, "return out"))
        return f"def run(values, own, months, parties):\n    out = {{}}\n{body}\n"

    def _keep_or_free(self, group: Group, place: int) -> None:
        for name in group.names:
            if name in self._wanted:
                value = f"body_TOTAL(v_{name}, months)" if name in self._summed else f"v_{name}"
                self._out.append(f"out['{name}'] = {value}")
        dead = [
            f"v_{name}"
            for name, last in self._last_use.items()
            if last == place and name in self._template.lines and name not in self._wanted - self._summed
        ]
        if dead:
            self._out.append(f"del {', '.join(dead)}")

    def _row_text(self, name: str, via: str) -> str:
        if not via:
            return f"v_{name}"
        if FUNCTIONS[via].reads is Reads.OTHER_OPTION:
            return f"body_{via}(v_{name}, parties['{via}'])"
        begins = FUNCTIONS[via].reads_opening and self._template.lines[name].opening is not None
        return f"body_{via}(v_{name}, months{f', _o_{name}' if begins else ''})"

    def _openings(self, group: Group) -> None:
        """Write each line's opening value (time 0), which PREV reads in month 1."""
        for name in group.names:
            self._opening(name)

    def _opening(self, name: str) -> None:
        opening = self._template.lines[name].opening
        if opening is not None:
            printer = self._printer()
            text = printer.text(opening)
            self._out.extend((*printer.statements, f"_o_{name} = whole_array({text})"))

    def _printer(self) -> SourcePrinter:
        return SourcePrinter(self._row_text, self._new_name, self._varies)

    def _varies(self, node: Node) -> bool:
        series = self._template.series
        return any(mention.name in series and mention.via not in AGGREGATE_FUNCTIONS for mention in references(node))

    def _line(self, line: Line) -> None:
        if line.role is Role.OWN:
            self._out.append(f"v_{line.name} = own['{line.name}']")
        elif line.terms or line.tree is None:
            self._out.append(f"v_{line.name} = {' + '.join(f'v_{term}' for term in line.terms)}")
        elif line.unless or line.remark:
            self._measure(line, line.tree)
        else:
            printer = self._printer()
            text = printer.text(line.tree)
            self._out.extend((*printer.statements, f"v_{line.name} = whole_array({text})"))

    def _measure(self, line: Line, tree: Node) -> None:
        printer = self._printer()
        status, path = "np.zeros((1, 1, 1))", ""
        for number, clause in enumerate(line.unless, start=1):
            holds = printer.named(clause.when, path)
            free = printer.opposite(holds)
            status = f"np.where({printer.both(path, holds)}, {number}.0, {status})"
            path = printer.both(path, free)
        text = printer.text(tree, path)
        value = f"np.where({path}, {text}, np.nan)" if path else text
        self._out.extend((*printer.statements, f"v_{line.name} = whole_array({value})"))
        self._out.append(f"out['status:{line.name}'] = whole_array({status})")
        self._remark(line, path)

    def _remark(self, line: Line, path: str) -> None:
        printer = self._printer()
        remark = "np.zeros((1, 1, 1))"
        for number, clause in reversed(list(enumerate(line.remark, start=1))):
            holds = printer.both(path, printer.named(clause.when))
            remark = f"np.where({holds}, {number}.0, {remark})"
        self._out.extend((*printer.statements, f"out['remark:{line.name}'] = whole_array({remark})"))

    def _loop(self, group: Group) -> None:
        if len(group.names) == 1 and (change := self._running_change(group.names[0])) is not None:
            name = group.names[0]
            printer = self._printer()
            text = printer.text(change)
            self._out.extend(printer.statements)
            self._out.append(f"v_{name} = running({text}, _o_{name}, months)")
            return
        LoopWriter(self._template, group, self._row_text, self._new_name).write_to(self._out)

    def _running_change(self, name: str) -> Node | None:
        """The x of a line PREV(itself) + x, if x does not read the line: it can be a cumulative sum, without a loop."""
        tree = self._template.lines[name].tree
        before = Call("PREV", (Name(name),))
        adds = isinstance(tree, Binary) and tree.operator == "+" and tree.left == before
        if not adds or not isinstance(tree, Binary):
            return None
        return None if any(mention.name == name for mention in references(tree.right)) else tree.right

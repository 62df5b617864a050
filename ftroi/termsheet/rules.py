"""Rules, read: cells made of cases, texts with figures in slots, and what each of them may mention.

A `Cell` is printed into the workbook and computed by the engine; both take the first case whose condition holds. What
a rule may mention is a `Scope`: cells by name, and columns of tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ftroi.errors import Finding, FormulaError
from ftroi.language import Call, Name, Node, Unit, did_you_mean, is_whole, parse, walk
from ftroi.language.rules import (
    CALLABLE,
    RULE_FUNCTIONS,
    TEXT,
    RuleCells,
    Value,
    check_rule,
    holds,
    unit_of_rule,
    value_of_rule,
)
from ftroi.language.signature import Signature
from ftroi.language.value_formats import VALUE_FORMATS, format_value
from ftroi.termsheet.rule_schema import BreakEvenTable, CaseTable, CellTable

LONGEST_PIECE = 255
"""The most characters of a text within a spreadsheet's formula."""

_SLOT = re.compile(r"\{([^{}:]*)(?::([^{}]*))?\}")


@dataclass(frozen=True, slots=True)
class RuleSlot:
    """A place in a text: a formula, and the format in which its value is shown."""

    tree: Node
    format: str


@dataclass(frozen=True, slots=True)
class RuleText:
    """A sentence in parts: plain pieces and slots, in order."""

    parts: tuple[str | RuleSlot, ...]

    def filled(self, cells: RuleCells, formats: Mapping[str, str], currency: str) -> str:
        """The sentence with its figures in place; ``formats`` translates formats that depend on the row."""
        return "".join(
            part
            if isinstance(part, str)
            else format_value(value_of_rule(part.tree, cells), formats.get(part.format, part.format), currency)
            for part in self.parts
        )


@dataclass(frozen=True, slots=True)
class Case:
    """A value, and the condition under which a cell has it; None: always."""

    when: Node | None
    value: Node | RuleText


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a rule: its name, what people read of it, its cases, and the number format of its column."""

    name: str
    label: str
    cases: tuple[Case, ...]
    number: str = "general"

    def value(self, cells: RuleCells, currency: str, formats: Mapping[str, str] | None = None) -> Value:
        """What the cell holds: the value of the first case whose condition holds, "" where none does."""
        for case in self.cases:
            if case.when is None or holds(case.when, cells):
                if isinstance(case.value, RuleText):
                    return case.value.filled(cells, formats or {}, currency)
                return value_of_rule(case.value, cells)
        return ""

    def trees(self) -> Iterator[Node]:
        """Every formula in it: conditions, numbers, slots."""
        for case in self.cases:
            if case.when is not None:
                yield case.when
            yield from trees_of(case.value)


def trees_of(value: Node | RuleText) -> Iterator[Node]:
    """The formulas in a text's slots, or the formula itself."""
    if not isinstance(value, RuleText):
        yield value
        return
    yield from (part.tree for part in value.parts if isinstance(part, RuleSlot))


def mentions(trees: Iterable[Node]) -> Iterator[tuple[str, str]]:
    """Every name in the formulas with the function around it: REFERENCE, one of columns, or "" for a plain mention."""
    for tree in trees:
        inside: set[int] = set()
        for node in walk(tree):
            if isinstance(node, Call):
                for argument in node.arguments:
                    if isinstance(argument, Name):
                        inside.add(id(argument))
                        yield argument.name, node.function
            elif isinstance(node, Name) and id(node) not in inside:
                yield node.name, ""


def is_constant(tree: Node) -> bool:
    """Say whether a condition mentions nothing that could change it."""
    return all(not isinstance(node, Name) for node in walk(tree))


@dataclass
class Scope:
    """What a rule's formulas may mention: cells with their units, and columns; ``formats`` besides the usual ones.

    Where a stock and the flows into it are compared, month by month, units are not checked.
    """

    cells: dict[str, Unit]
    columns: dict[str, Unit] = field(default_factory=dict)
    exact: set[str] = field(default_factory=set)
    formats: frozenset[str] = frozenset()
    are_units_checked: bool = True

    def known(self, name: str) -> bool:
        """Say whether a cell has this name."""
        return name in self.cells

    def unit(self, name: str) -> Unit:
        """The unit of a cell."""
        return self.cells[name]

    def whole(self, name: str) -> bool:
        """Say whether a cell may stand beside ``=``: texts, flags and whole numbers."""
        return name in self.exact or self.cells.get(name) == TEXT

    def suggestion(self, name: str) -> str:
        """A cure for an unknown name."""
        if name in self.columns:
            return f"'{name}' is a column: write LARGEST({name}), CANDIDATE({name}) or the like"
        return did_you_mean(name, self.cells)


class RuleReader:
    """Reads rules of one file; what is wrong goes into ``findings``."""

    def __init__(self, findings: list[Finding], functions: Mapping[str, Signature] = CALLABLE) -> None:
        """Add to these findings; formulas may call these functions."""
        self._findings = findings
        self._functions = functions

    def cell(self, name: str, table: CellTable, scope: Scope, where: str) -> Cell:
        """Read a cell."""
        cases = table.cases or (CaseTable(text=table.text, formula=table.formula),)
        return Cell(name, table.label, self.cases(cases, scope, where), table.number)

    def cases(self, tables: tuple[CaseTable, ...], scope: Scope, where: str) -> tuple[Case, ...]:
        """Read cases; one without a condition before the last is a finding."""
        found = []
        for place, table in enumerate(tables):
            when = self.condition(table.when, scope, where) if table.when else None
            if when is None and not table.when and place + 1 < len(tables):
                cure = "put it last, or give it a condition"
                self._findings.append(Finding(where, "a case without a condition hides those after it", cure))
            value = self.text(table.text, scope, where) if table.text is not None else None
            number = self.number(table.formula, scope, where) if table.formula is not None else None
            found.append(Case(when, value or number or RuleText(())))
        return tuple(found)

    def condition(self, text: str, scope: Scope, where: str) -> Node | None:
        """Read a condition."""
        return self._tree(text, scope, where, condition=True)

    def number(self, text: str, scope: Scope, where: str) -> Node | None:
        """Read a formula."""
        return self._tree(text, scope, where, condition=False)

    def _tree(self, text: str, scope: Scope, where: str, *, condition: bool) -> Node | None:
        try:
            tree = parse(text, where, self._functions)
        except FormulaError as error:
            self._findings.extend(error.findings)
            return None
        found = check_rule(tree, scope, where, text, condition=condition)
        self._findings.extend(found)
        return None if found else tree

    def text(self, text: str, scope: Scope, where: str) -> RuleText:
        """Read a sentence with slots; an unknown format and a brace without a partner are findings."""
        parts: list[str | RuleSlot] = []
        at = 0
        for slot in _SLOT.finditer(text):
            parts.extend(self._piece(text[at : slot.start()], where))
            tree = self._tree(slot[1].strip(), scope, where, condition=False)
            form = self._format((slot[2] or "").strip(), scope, where)
            parts.extend([] if tree is None else [RuleSlot(tree, form)])
            at = slot.end()
        parts.extend(self._piece(text[at:], where))
        return RuleText(tuple(parts))

    def _piece(self, piece: str, where: str) -> Iterator[str]:
        if "{" in piece or "}" in piece:
            self._findings.append(Finding(where, f"a brace without its partner in '{piece.strip()}'", "close the slot"))
        if len(piece) > LONGEST_PIECE:
            what = f"a piece of text of {len(piece)} characters; a spreadsheet's formula takes {LONGEST_PIECE}"
            self._findings.append(Finding(where, what, "shorten the sentence"))
        if piece:
            yield piece

    def _format(self, name: str, scope: Scope, where: str) -> str:
        if name and name not in VALUE_FORMATS and name not in scope.formats:
            known = (*VALUE_FORMATS, *scope.formats)
            cure = did_you_mean(name, known) or f"the formats are {', '.join(known)}"
            self._findings.append(Finding(where, f"no format '{name}' for a figure", cure))
        return name


def unit_of(cell: Cell, scope: Scope) -> Unit:
    """The unit of a cell that was read: of its first formula, or of texts."""
    number = next((case.value for case in cell.cases if not isinstance(case.value, RuleText)), None)
    return TEXT if number is None else unit_of_rule(number, scope)


def is_exact(cell: Cell, scope: Scope) -> bool:
    """Say whether a cell's number may stand beside ``=``: it is whole in every case."""
    numbers = [case.value for case in cell.cases if not isinstance(case.value, RuleText)]
    return all(not _asks_columns(number) and is_whole(number, scope) for number in numbers)


def _asks_columns(tree: Node) -> bool:
    return any(isinstance(node, Call) and node.function in RULE_FUNCTIONS for node in walk(tree))


@dataclass(frozen=True, slots=True)
class GateList:
    """A list of gates: which are in it, and what is said of each."""

    name: str
    label: str
    when: Node
    text: RuleText


@dataclass(frozen=True)
class GateRule:
    """How gates are judged. ``fails`` has what is said of each gate that fails, by its id."""

    words: Mapping[str, str]
    columns: tuple[Cell, ...]
    lists: tuple[GateList, ...]
    fails: Mapping[str, tuple[Case, ...]]

    def columns_of(self, gate: str) -> tuple[Cell, ...]:
        """The columns of a gate's row: its own words of failing in the column ``fails``."""
        own = self.fails.get(gate)
        if own is None:
            return self.columns
        return tuple(Cell(one.name, one.label, own, one.number) if one.name == "fails" else one for one in self.columns)


@dataclass(frozen=True, slots=True)
class VerdictClause:
    """A clause of the verdict; ``when`` is None for the last, which always holds."""

    code: str
    word: str
    when: Node | None
    sentence: RuleText
    option: str


@dataclass(frozen=True, slots=True)
class BreakEven:
    """A figure at which the verdict would turn, and what a sentence says of it."""

    table: BreakEvenTable
    says: RuleText


@dataclass(frozen=True)
class VerdictRule:
    """The verdict.

    ``figures_asked`` are the candidate's measures and lines that the clauses mention; ``compared`` are all that
    the rules mention of any option.
    """

    options: tuple[Cell, ...]
    categories: tuple[Cell, ...]
    break_evens: Mapping[str, BreakEven]
    distances: tuple[Cell, ...]
    figures: tuple[Cell, ...]
    clauses: tuple[VerdictClause, ...]
    reasons: tuple[Cell, ...]
    conditions: tuple[tuple[str, Node | None], ...]
    conditions_told: RuleText
    head: RuleText
    gates_told: str
    figures_asked: tuple[str, ...] = ()
    compared: tuple[str, ...] = ()

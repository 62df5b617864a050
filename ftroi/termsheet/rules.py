"""Parsed rules: cells made of cases, texts with values in slots, and their reader.

A `Cell` is printed into the workbook and computed by the engine; both take the first case whose condition holds. The
names that a rule may mention form a `Scope`: cells, and columns of tables. `RuleText` is the sentence of a rule; the
simpler `text_templates.Text` is that of a measure, which only mentions lines.
"""

from __future__ import annotations

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
from ftroi.termsheet.text_templates import pieces_of

LONGEST_PIECE = 255
"""The most characters of a text literal in a spreadsheet formula."""


@dataclass(frozen=True, slots=True)
class RuleSlot:
    """A slot in a text: a formula, and the format in which its value is shown."""

    tree: Node
    format: str


@dataclass(frozen=True, slots=True)
class RuleText:
    """A sentence as a sequence of plain strings and slots."""

    parts: tuple[str | RuleSlot, ...]

    def filled(self, cells: RuleCells, formats: Mapping[str, str], currency: str) -> str:
        """The sentence with its values filled in; ``formats`` maps formats that depend on the row to actual ones."""
        return "".join(
            part
            if isinstance(part, str)
            else format_value(value_of_rule(part.tree, cells), formats.get(part.format, part.format), currency)
            for part in self.parts
        )


@dataclass(frozen=True, slots=True)
class Case:
    """A value of a cell, and the condition under which it applies (None: always)."""

    when: Node | None
    value: Node | RuleText


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a rule: its name, its label, its cases in order, and the number format of its column."""

    name: str
    label: str
    cases: tuple[Case, ...]
    number: str = "general"

    def value(self, cells: RuleCells, currency: str, formats: Mapping[str, str] | None = None) -> Value:
        """The value of the first case whose condition holds; "" if none does."""
        for case in self.cases:
            if case.when is None or holds(case.when, cells):
                if isinstance(case.value, RuleText):
                    return case.value.filled(cells, formats or {}, currency)
                return value_of_rule(case.value, cells)
        return ""

    def trees(self) -> Iterator[Node]:
        """All formulas in it: conditions, numbers, slots."""
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
    """All names in the formulas, each with the function whose argument it is ("" for a plain mention)."""
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
    """Say whether a formula mentions no names, so that its value is always the same."""
    return all(not isinstance(node, Name) for node in walk(tree))


@dataclass
class Scope:
    """The names that a rule's formulas may mention: cells and columns with their units.

    ``exact`` are the cells with whole numbers, ``formats`` formats besides `VALUE_FORMATS`. Units are not checked where
    a stock is compared with the flows into it, month by month.
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
        """Say whether a cell may be compared by ``=``: texts, flags and whole numbers."""
        return name in self.exact or self.cells.get(name) == TEXT

    def suggestion(self, name: str) -> str:
        """The advice for an unknown name."""
        if name in self.columns:
            return f"'{name}' is a column: write LARGEST({name}), CANDIDATE({name}) or the like"
        return did_you_mean(name, self.cells)


class RuleReader:
    """Parses the rules of one file; problems are added to ``findings``."""

    def __init__(self, findings: list[Finding], functions: Mapping[str, Signature] = CALLABLE) -> None:
        """Parse formulas that may call the given functions."""
        self._findings = findings
        self._functions = functions

    def cell(self, name: str, table: CellTable, scope: Scope, where: str) -> Cell:
        """Parse a cell."""
        cases = table.cases or (CaseTable(text=table.text, formula=table.formula),)
        return Cell(name, table.label, self.cases(cases, scope, where), table.number)

    def cases(self, tables: tuple[CaseTable, ...], scope: Scope, where: str) -> tuple[Case, ...]:
        """Parse cases; one without a condition before the last is a finding."""
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
        """Parse a condition; None, with findings, if it is invalid."""
        return self._tree(text, scope, where, condition=True)

    def number(self, text: str, scope: Scope, where: str) -> Node | None:
        """Parse a formula; None, with findings, if it is invalid."""
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
        """Parse a sentence with slots; an unknown format and an unmatched brace are findings."""
        parts: list[str | RuleSlot] = []
        for piece in pieces_of(text, where, self._findings):
            if isinstance(piece, str):
                self._require_short(piece, where)
                parts.append(piece)
                continue
            tree = self._tree(piece.formula, scope, where, condition=False)
            form = self._format(piece.shown, scope, where)
            parts.extend([] if tree is None else [RuleSlot(tree, form)])
        return RuleText(tuple(parts))

    def _require_short(self, piece: str, where: str) -> None:
        if len(piece) > LONGEST_PIECE:
            what = f"a piece of text of {len(piece)} characters; a spreadsheet's formula takes {LONGEST_PIECE}"
            self._findings.append(Finding(where, what, "shorten the sentence"))

    def _format(self, name: str, scope: Scope, where: str) -> str:
        if name and name not in VALUE_FORMATS and name not in scope.formats:
            known = (*VALUE_FORMATS, *scope.formats)
            cure = did_you_mean(name, known) or f"the formats are {', '.join(known)}"
            self._findings.append(Finding(where, f"no format '{name}' for a figure", cure))
        return name


def unit_of(cell: Cell, scope: Scope) -> Unit:
    """The unit of a parsed cell: that of its first formula, or `TEXT`."""
    number = next((case.value for case in cell.cases if not isinstance(case.value, RuleText)), None)
    return TEXT if number is None else unit_of_rule(number, scope)


def is_exact(cell: Cell, scope: Scope) -> bool:
    """Say whether a cell's number may be compared by ``=``, because it is whole in every case."""
    numbers = [case.value for case in cell.cases if not isinstance(case.value, RuleText)]
    return all(not _reads_columns(number) and is_whole(number, scope) for number in numbers)


def _reads_columns(tree: Node) -> bool:
    return any(isinstance(node, Call) and node.function in RULE_FUNCTIONS for node in walk(tree))


@dataclass(frozen=True, slots=True)
class GateList:
    """A list of gates: the condition for being in it, and the text for each gate in it."""

    name: str
    label: str
    when: Node
    text: RuleText


@dataclass(frozen=True)
class GateRule:
    """The rule by which gates are evaluated.

    ``words`` are the texts of statuses, ``columns`` the steps from what was entered to the status, ``lists`` lists of
    gates for the verdict, ``fails`` the gates' own sentences of failing, by gate.
    """

    words: Mapping[str, str]
    columns: tuple[Cell, ...]
    lists: tuple[GateList, ...]
    fails: Mapping[str, tuple[Case, ...]]

    def columns_of(self, gate: str) -> tuple[Cell, ...]:
        """The columns of a gate's row, with its own sentence of failing, if any, in the column ``fails``."""
        own = self.fails.get(gate)
        if own is None:
            return self.columns
        return tuple(
            Cell(column.name, column.label, own, column.number) if column.name == "fails" else column
            for column in self.columns
        )


@dataclass(frozen=True, slots=True)
class VerdictClause:
    """A clause of the verdict; ``when`` is None for the last one, which always holds."""

    code: str
    word: str
    when: Node | None
    sentence: RuleText
    option: str
    against: str


@dataclass(frozen=True, slots=True)
class BreakEven:
    """A value at which the verdict would change, and the sentence about it."""

    table: BreakEvenTable
    says: RuleText


@dataclass(frozen=True)
class VerdictRule:
    """The parsed rules of the verdict, in the order in which they are evaluated.

    ``options``, ``categories`` and ``distances`` are columns that the rules add to the tables of options, categories
    and break-evens; ``figures`` are single values. ``figures_asked`` are the candidate's measures and lines that
    clauses and sentences mention; ``compared`` are all those that the rules mention of any option.
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

"""Small wrongs done to a line, one at a time: a worked example has to notice each of them.

Operators (each for every other of its kind), functions and branches are exchanged, operands left out, names and
numbers set to 0 or 1, and the texts of a measure left out, reordered, or given a wrong amount.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ftroi.language import COMPARISONS, Binary, Call, Name, Negative, Node, Number, formula_text
from ftroi.language.nodes import children, row_reference
from ftroi.termsheet import Clause, Line
from ftroi.termsheet.text_templates import Slot, Text

_ARITHMETIC = ("+", "-", "*", "/")
_OTHER_FUNCTION = {
    "AND": "OR",
    "OR": "AND",
    "MAX": "MIN",
    "MIN": "MAX",
    "ROUNDUP": "ROUNDDOWN",
    "ROUNDDOWN": "ROUNDUP",
    "YEAR": "MONTH",
    "MONTH": "YEAR",
}
_ANY_NUMBER_OF_ARGUMENTS = frozenset({"AND", "OR", "MAX", "MIN"})
_FIRST_ARGUMENT_INSTEAD = frozenset({"ABS", "INT", "MOD", "NOT", "ROUND", "ROUNDDOWN", "ROUNDUP"})
_ALWAYS = Binary("=", Number(0), Number(0))
_NEVER = Binary("=", Number(0), Number(1))


@dataclass(frozen=True, slots=True)
class Mutant:
    """A tree with one wrong in it: the part ``before`` has become ``after``."""

    before: Node
    after: Node
    tree: Node

    @property
    def change(self) -> str:
        """The wrong as a reader sees it, such as "a*b -> a/b"."""
        return f"{formula_text(self.before)} -> {formula_text(self.after)}"


@dataclass(frozen=True, slots=True)
class WrongLine:
    """A line with one wrong in it; ``mutant`` is None where whole texts were changed."""

    change: str
    line: Line
    mutant: Mutant | None = None


def wrong_lines(line: Line) -> Iterator[WrongLine]:
    """A line with every wrong: in its formula, its opening, its conditions and its texts."""
    for mutant in mutants(line.tree) if line.tree else ():
        yield WrongLine(mutant.change, replace(line, tree=mutant.tree), mutant)
    for mutant in mutants(line.opening) if line.opening else ():
        yield WrongLine(f"opening: {mutant.change}", replace(line, opening=mutant.tree), mutant)
    for change, clauses, wrong in _wrong_clauses(line.unless):
        yield WrongLine(f"unless {change}", replace(line, unless=clauses), wrong)
    for change, clauses, wrong in _wrong_clauses(line.remark):
        yield WrongLine(f"remark {change}", replace(line, remark=clauses), wrong)


def mutants(tree: Node) -> Iterator[Mutant]:
    """Every mutant of a tree, each with a single wrong."""
    for after in _wrongs(tree):
        yield Mutant(tree, after, after)
    if row_reference(tree) is not None:
        return
    for position, child in enumerate(children(tree)):
        for mutant in mutants(child):
            yield replace(mutant, tree=_with_child(tree, position, mutant.tree))


def _wrong_clauses(clauses: tuple[Clause, ...]) -> Iterator[tuple[str, tuple[Clause, ...], Mutant | None]]:
    """The clauses with one condition or amount wrong, one left out, or one after the next."""
    for place, clause in enumerate(clauses):
        before, after = clauses[:place], clauses[place + 1 :]
        for mutant in mutants(clause.when):
            wrong = replace(clause, when=mutant.tree)
            yield f"{place + 1}: {mutant.change}", (*before, wrong, *after), mutant
        for change, text in _wrong_texts(clause.text):
            yield f"{place + 1}, text: {change}", (*before, replace(clause, text=text), *after), None
        yield f"{place + 1}: left out", (*before, *after), None
        if after:
            yield f"{place + 1}: after the next", (*before, after[0], clause, *after[1:]), None


def _wrong_texts(text: Text) -> Iterator[tuple[str, Text]]:
    for place, part in enumerate(text.parts):
        if isinstance(part, Slot):
            for mutant in mutants(part.tree):
                wrong = replace(part, tree=mutant.tree)
                yield mutant.change, Text((*text.parts[:place], wrong, *text.parts[place + 1 :]))


def _with_child(node: Node, position: int, child: Node) -> Node:
    if isinstance(node, Binary):
        return replace(node, right=child) if position else replace(node, left=child)
    if isinstance(node, Call):
        before, after = node.arguments[:position], node.arguments[position + 1 :]
        return replace(node, arguments=(*before, child, *after))
    return Negative(child)


def _wrongs(node: Node) -> Iterator[Node]:
    """What may stand wrongly in the place of one node, its operands being right."""
    if isinstance(node, Number):
        yield Number(0 if node.value else 1)
    elif isinstance(node, Name) or row_reference(node) is not None:
        yield from (Number(0), Number(1))
    elif isinstance(node, Negative):
        yield node.operand
    elif isinstance(node, Binary):
        yield from _wrong_binaries(node)
    else:
        yield from _wrong_calls(node)


def _wrong_binaries(node: Binary) -> Iterator[Node]:
    if node.operator in COMPARISONS:
        yield from (replace(node, operator=other) for other in sorted(COMPARISONS - {node.operator}))
        yield from (_ALWAYS, _NEVER)
    else:
        yield from (replace(node, operator=other) for other in _ARITHMETIC if other != node.operator)
        yield from (node.left, node.right)


def _wrong_calls(node: Call) -> Iterator[Node]:
    arguments = node.arguments
    if node.function == "IF":
        condition, then, otherwise = arguments
        yield replace(node, arguments=(condition, otherwise, then))
        yield from (then, otherwise)
    if node.function in _OTHER_FUNCTION:
        yield replace(node, function=_OTHER_FUNCTION[node.function])
    if node.function in _ANY_NUMBER_OF_ARGUMENTS:
        for position in range(len(arguments)):
            yield replace(node, arguments=arguments[:position] + arguments[position + 1 :])
    if node.function in _FIRST_ARGUMENT_INSTEAD:
        yield arguments[0]

"""Running worked examples: a line's formula with given numbers, compared with a result derived by hand."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ftroi.errors import Finding, FormulaError
from ftroi.language import ArithmeticFault, Node, evaluate, parse, references
from ftroi.termsheet.model import Clause, Line
from ftroi.termsheet.schema import ExampleTable

_RELATIVE, _ABSOLUTE = 1e-9, 1e-12


@dataclass(frozen=True, slots=True)
class ClauseText:
    """The text of a measure's clause with its amounts filled in, and its status code."""

    status: str
    text: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a line: a value, or the text in place of it, and the remark beside the value, if any."""

    value: float | None
    text: ClauseText | None = None
    remark: ClauseText | None = None


def run_example(line: Line, example: ExampleTable) -> list[Finding]:
    """The findings of one example; none if it holds.

    An example must give exactly the names that the line refers to (a row function by its printed text, such as
    ``PREV(month)``), and its expected result must equal both the arithmetic by hand and the formula within 1e-9.
    """
    where = f"example '{example.name}' of [{line.name}]"
    findings = [*_wrong_names(line, example, where), *_wrong_values(example, where)]
    if findings:
        return findings
    try:
        found = outcome(line, example)
    except ArithmeticFault as fault:
        return [Finding(where, f"the formula meets {fault.kind}", "give numbers that have an answer")]
    return [] if agrees(found, example) else [_difference(found, example, where)]


def run_examples(lines: Mapping[str, Line], examples: Iterable[ExampleTable]) -> Iterator[Finding]:
    """The findings of all examples, and of lines with a formula that have no example."""
    shown = set()
    for example in examples:
        if example.line in lines:
            shown.add(example.line)
            yield from run_example(lines[example.line], example)
    for line in lines.values():
        if line.tree is not None and line.name not in shown:
            yield Finding(line.where, f"[{line.name}] has no worked example", "add one to examples/")


def outcome(line: Line, example: ExampleTable) -> Outcome:
    """The result of the line, or of its opening, for the numbers of an example.

    Raises ArithmeticFault if the formula has no result, KeyError if a number is missing.
    """

    def given(node: Node) -> float:
        return evaluate(node, lambda name, via: example.given[_key(name, via)])

    def first(clauses: tuple[Clause, ...]) -> ClauseText | None:
        holding = (clause for clause in clauses if given(clause.when))
        return next((ClauseText(clause.table.status, clause.text.filled(given)) for clause in holding), None)

    tree = line.opening if example.opening else line.tree
    if tree is None:
        raise KeyError(line.name)
    if example.opening:
        return Outcome(given(tree))
    text = first(line.unless)
    return Outcome(None, text) if text else Outcome(given(tree), remark=first(line.remark))


def agrees(found: Outcome, example: ExampleTable) -> bool:
    """Say whether a result is what an example expects; a text is expected by its status code or by its words."""
    if not (_matches(found.text, example.expect_text) and _matches(found.remark, example.expect_remark)):
        return False
    return found.value is None or (example.expect is not None and _is_close(found.value, example.expect))


def _matches(words: ClauseText | None, expected: str | None) -> bool:
    return expected is None if words is None else expected in (words.status, words.text)


def _is_close(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=_RELATIVE, abs_tol=_ABSOLUTE)


def _key(name: str, via: str) -> str:
    return f"{via}({name})" if via else name


def _wrong_names(line: Line, example: ExampleTable, where: str) -> Iterator[Finding]:
    """Find names that the example omits, and names that the line does not refer to."""
    trees = _trees_under_test(line, example)
    if not trees:
        part = "opening" if example.opening else "formula"
        yield Finding(where, f"the line has no {part}", "remove the example")
        return
    mentions = [mention for tree in trees for mention in references(tree)]
    wanted = {_key(mention.name, mention.via) for mention in (*mentions, *(() if example.opening else line.shown))}
    for name in sorted(wanted - set(example.given)):
        yield Finding(where, f"'{name}' is not given", "give it a number")
    for name in sorted(set(example.given) - wanted):
        yield Finding(where, f"'{name}' is given, but the formula does not refer to it", "leave it out")


def _trees_under_test(line: Line, example: ExampleTable) -> tuple[Node, ...]:
    """The trees that an example tests: the opening, or the formula with its conditions."""
    if example.opening:
        return () if line.opening is None else (line.opening,)
    conditions = tuple(clause.when for clause in (*line.unless, *line.remark))
    return () if line.tree is None else (line.tree, *conditions)


def _wrong_values(example: ExampleTable, where: str) -> Iterator[Finding]:
    """Find an example that does not expect exactly one value or text, or whose arithmetic by hand differs."""
    if (example.expect is None) == (example.expect_text is None):
        yield Finding(where, "has not exactly one of expect and expect_text", "say what the line gives")
    elif example.expect is not None:
        yield from _wrong_arithmetic(example.by_hand or "", example.expect, where)


def _wrong_arithmetic(by_hand: str, expect: float, where: str) -> Iterator[Finding]:
    try:
        tree = parse(by_hand, f"{where}, by_hand")
    except FormulaError as error:
        yield from error.findings
        return
    if names := sorted({mention.name for mention in references(tree)}):
        yield Finding(where, f"by_hand mentions {', '.join(names)}", "write numbers only")
        return
    try:
        figure = evaluate(tree, lambda _name, _via: math.nan)
    except ArithmeticFault as fault:
        yield Finding(where, f"by_hand meets {fault.kind}", "correct the arithmetic")
        return
    if not _is_close(figure, expect):
        yield Finding(where, f"by hand it is {figure!r}, but expect says {expect!r}", "correct the one that is wrong")


def _difference(found: Outcome, example: ExampleTable, where: str) -> Finding:
    expected = example.expect_text or repr(example.expect)
    if example.expect_remark:
        expected += f", remark {example.expect_remark}"
    what = f"the formula gives {_described(found)}, but the example expects {expected}"
    return Finding(where, what, "correct the formula, or derive the figure anew")


def _described(found: Outcome) -> str:
    said = f"'{found.text.text}' ({found.text.status})" if found.text else repr(found.value)
    return f"{said}, remark '{found.remark.text}' ({found.remark.status})" if found.remark else said

"""Formulas of the user's own in place of the template's, each for one line of one option, and lines that are added.

The template that computes with them has ``IF(option_number = k, own, former)`` where a line has one: every evaluator,
and whatever asks for the engine's figures, then computes the user's formula without knowing of it. A line that was
added within a category is one of the template's lines then, 0 in all options but its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce

from ftroi.errors import Finding, FormulaError, PlanError
from ftroi.language import (
    AGGREGATE_FUNCTIONS,
    COMPARISONS,
    FUNCTIONS,
    PARTIES,
    Binary,
    Call,
    Name,
    Negative,
    Node,
    Number,
    did_you_mean,
    formula_text,
    invalid_name_reason,
    parse,
    references,
)
from ftroi.language.signature import Takes
from ftroi.termsheet.check_rules import substituted
from ftroi.termsheet.dependency_order import order_lines
from ftroi.termsheet.model import BUILT_IN, Line, Role, Template, flat
from ftroi.termsheet.totals import MONEY_A_MONTH, OWN_BY_NATURE, own_line


@dataclass(frozen=True, slots=True)
class OwnFormula:
    """A formula for one line in one option, in the language of the term sheet.

    Of an added line ``category`` and ``nature`` say where it counts, and ``label`` what it is; else they are "".
    """

    option: str
    line: str
    formula: str
    label: str = ""
    category: str = ""
    nature: str = ""

    @property
    def place(self) -> str:
        """What findings call it."""
        return f"own formula of {self.line} in {self.option}"


def with_own_formulas(template: Template, options: Sequence[str], formulas: Iterable[OwnFormula]) -> Template:
    """The template that computes these formulas in place of its own; those of options that are not there count nothing.

    Formulas that it had before are given up. Raises PlanError with every finding, each at the `OwnFormula.place`.
    """
    kept = [formula for formula in formulas if formula.option in options]
    if not kept:
        return template.plain or template
    findings: list[Finding] = []
    plain = _with_lines(template.plain or template, [one for one in kept if one.category], options, findings)
    trees = {one: tree for one in kept if not one.category and (tree := _tree(one, plain, findings)) is not None}
    lines, own = dict(plain.lines), defaultdict[str, dict[str, Node]](dict)
    for one, tree in trees.items():
        own[one.option][one.line] = tree
        lines[one.line] = _chosen(lines[one.line], options.index(one.option) + 1, tree)
    order, circles = order_lines(lines)
    # They are added one by one: the last one closes a circle.
    findings += [replace(circle, where=kept[-1].place) for circle in circles]
    if findings:
        raise PlanError(*findings)
    whole = replace(plain, look=template.look, lines=lines, order=order, own_formulas=dict(own))
    return replace(whole, plain=template.plain or template, laid_out=plain)


def _with_lines(
    plain: Template, added: Sequence[OwnFormula], options: Sequence[str], findings: list[Finding]
) -> Template:
    """The template with the lines that were added, each the last of its category."""
    for one in added:
        wrong = list(_wrong_addition(one, plain))
        findings += wrong
        if wrong:
            continue
        made = Line(
            one.line, one.label, MONEY_A_MONTH, "", Role.COST, f"Added to {one.option} alone.", category=one.category,
            nature=one.nature, where=one.place, tree=Number(0.0),
        )  # fmt: skip
        grown = _grown(plain, made)
        tree = _tree(replace(one, category=""), grown, findings)
        if tree is not None:
            line = _chosen(made, options.index(one.option) + 1, tree)
            plain = replace(grown, lines={**grown.lines, one.line: line})
    order, _ = order_lines(plain.lines)
    return replace(plain, order=order) if added else plain


def _grown(plain: Template, line: Line) -> Template:
    """The template with a further line, its sums, and the checks that add these up."""
    last, totals = own_line(line.category), (flat(line.category), f"{line.nature}_costs")
    lines: dict[str, Line] = {}
    for name, one in plain.lines.items():
        if name == last:
            lines[line.name] = line
        lines[name] = replace(one, terms=(line.name, *one.terms)) if name in totals else one
    checks = plain.checks
    if checks is not None:
        both = {last: Binary("+", Name(line.name), Name(last))}
        end = f".{flat(line.category)}"
        parts = {
            name: replace(part, difference=substituted(part.difference, both))
            if part.table.sums == "categories" and name.endswith(end) and part.difference is not None
            else part
            for name, part in checks.parts.items()
        }
        checks = replace(checks, parts=parts)
    return replace(plain, lines=lines, series=plain.series | {line.name}, checks=checks)


def _wrong_addition(one: OwnFormula, plain: Template) -> Iterator[Finding]:
    if one.category not in plain.cost_categories:
        cure = did_you_mean(one.category, plain.cost_categories) or "name a category of cost"
        yield Finding(one.place, f"no category of cost is named '{one.category}'", cure)
    if one.nature not in OWN_BY_NATURE:
        yield Finding(one.place, f"'{one.nature}' is no nature of a cost", f"write {' or '.join(OWN_BY_NATURE)}")
    if reason := invalid_name_reason(one.line):
        yield Finding(one.place, f"'{one.line}' cannot be a name: {reason}", "choose another")
    elif one.line in plain.lines or one.line in plain.assumptions:
        yield Finding(one.place, f"the name '{one.line}' is taken", "choose another")
    if not one.label:
        yield Finding(one.place, "has no label", "say what it is")


def former_tree(line: Line) -> Node | None:
    """The tree of a line, or the sum of those that it adds up; None of a line that the plan fills."""
    if line.tree is not None:
        return line.tree
    terms: list[Node] = [Name(term) for term in line.terms]
    return reduce(lambda left, right: Binary("+", left, right), terms) if terms else None


def dependants(template: Template, name: str) -> Iterator[Line]:
    """The lines whose value rests on a line, nearest first, without the line itself."""
    readers: dict[str, list[str]] = defaultdict(list)
    for line in template.lines.values():
        for needed, _ in line.needs:
            readers[needed].append(line.name)
    seen, waiting = {name}, [name]
    while waiting:
        for reader in readers[waiting.pop(0)]:
            if reader not in seen:
                seen.add(reader)
                waiting.append(reader)
                yield template.lines[reader]


def _chosen(line: Line, number: int, tree: Node) -> Line:
    """The line with another formula in the option of this position."""
    before = former_tree(line)
    if before is None:
        raise LookupError(f"{line.name} has no formula")
    is_option = Binary("=", Name("option_number"), Number(float(number)))
    both = Call("IF", (is_option, tree, before))
    return replace(line, tree=both, formula=formula_text(both), terms=())


# --- what is asked of one --------------------------------------------------------------------------------------


def _tree(one: OwnFormula, template: Template, findings: list[Finding]) -> Node | None:
    """Read a formula; None where something is wrong with it, which is among the findings."""
    found = list(_wrong_line(one, template))
    if not found:
        try:
            tree = parse(one.formula, one.place)
        except FormulaError as error:
            found = list(error.findings)
        else:
            found = [Finding(one.place, *wrong) for wrong in _wrong(tree, template.lines[one.line], template)]
            if not found:
                return tree
    findings.extend(found)
    return None


def _wrong_line(one: OwnFormula, template: Template) -> Iterator[Finding]:
    line = template.lines.get(one.line)
    if line is None:
        what = f"no line is named '{one.line}'"
        yield Finding(one.place, what, did_you_mean(one.line, template.lines) or "clear the row")
    elif line.role is Role.OWN:
        yield Finding(one.place, f"'{one.line}' adds up own costs", "type own costs on Assumptions")
    elif line.unless or line.remark or any(via == "IRR" for _, via in line.needs):
        yield Finding(one.place, f"'{one.line}' may be a text", "change the lines that it is computed from")


def _wrong(tree: Node, line: Line, template: Template) -> Iterator[tuple[str, str]]:
    """What keeps a formula from being computed as a spreadsheet does: what was found, and the cure."""
    yield from _wrong_kinds(tree, is_condition=False)
    for mention in references(tree):
        target = template.lines.get(mention.name)
        if target is None and mention.name not in template.assumptions and mention.name not in BUILT_IN:
            yield f"no assumption or line named '{mention.name}'", did_you_mean(mention.name, template.lines)
        elif target is not None and target.unless:
            yield f"'{mention.name}' may be a text", "refer to the line that it shows"
        elif target is None and mention.via and mention.via not in PARTIES:
            yield f"{mention.via}({mention.name}): '{mention.name}' is no line", f"write {mention.name} by itself"
        elif mention.via == "PREV" and target is not None and target.opening is None:
            yield f"PREV({mention.name}): it has no value before the first month", "look at its own month"
        elif (
            line.name not in template.series
            and mention.name in template.series
            and mention.via not in AGGREGATE_FUNCTIONS
        ):
            what = f"'{line.name}' is one figure, and '{mention.name}' has one a month"
            yield what, f"take its sum, TOTAL({mention.name})"


def _wrong_kinds(node: Node, *, is_condition: bool) -> Iterator[tuple[str, str]]:
    """Find conditions that stand for numbers and the other way round, which spreadsheets and the engine read apart."""
    gives = isinstance(node, Binary) and node.operator in COMPARISONS
    gives = gives or (isinstance(node, Call) and FUNCTIONS[node.function].gives is None)
    if gives is not is_condition:
        both = ("a condition where a number must stand", "write IF(condition, 1, 0)")
        yield both if gives else ("a number where a condition must stand", "compare it, as in flag = 1")
    if isinstance(node, Binary):
        yield from _wrong_kinds(node.left, is_condition=False)
        yield from _wrong_kinds(node.right, is_condition=False)
    elif isinstance(node, Negative):
        yield from _wrong_kinds(node.operand, is_condition=False)
    elif isinstance(node, Call) and not FUNCTIONS[node.function].on_rows:
        takes = FUNCTIONS[node.function].takes_at
        for place, argument in enumerate(node.arguments):
            yield from _wrong_kinds(argument, is_condition=takes(place) is Takes.CONDITION)

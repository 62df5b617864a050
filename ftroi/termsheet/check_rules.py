"""The workbook's checks: the schema of `checks.toml`, and its reader.

A check consists of parts. Each part is a difference that must be 0: a formula that workbook and engine both compute, or
a ``look``, something that only a program can verify, such as whether cells still hold their formulas.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from pydantic import Field, model_validator

from ftroi.errors import Finding
from ftroi.language import Binary, Call, Name, Negative, Node, Number, Unit, did_you_mean, parse_unit
from ftroi.language.rules import CALLABLE_IN_CHECKS, TEXT
from ftroi.termsheet.files import TomlFile
from ftroi.termsheet.rules import RuleReader, RuleText, Scope, mentions
from ftroi.termsheet.table import Table

CHECKS_FILE = "checks.toml"

Look = Literal[
    "years", "page", "year_end", "mid_year", "engine", "errors", "currency", "range", "whole", "order", "own_costs",
    "chosen", "live", "places", "formulas", "risk", "actuals", "start", "words", "evidence",
]  # fmt: skip
"""What only a program can verify, as it concerns cells of the workbook rather than values of the plan."""

ROLES = ("reference", "candidate", "incumbent")
"""The settings that name an option in a role; in a formula ``is_incumbent`` and the like say whether it is the one."""

REASON_NAMES: Mapping[str, Unit] = {
    **dict.fromkeys(("part", "where", "template_currency", "input", "cell"), TEXT),
    **dict.fromkeys(("base", "low", "high", "least", "most"), parse_unit("1")),
}
"""The names that a reason may mention, with their units: what must hold, where the difference is largest, etc."""


class CheckPartTable(Table):
    """One comparison of a check: a difference that must be 0."""

    check: str = Field(pattern="^[0-9]+$", description="The number of the check that it belongs to.")
    label: str = Field(min_length=1, description="What must hold.")
    formula: str = Field("", description="The difference, in the formula language; asked of every option.")
    look: Look | None = Field(None, description="What the program looks at, in place of a formula.")
    sums: Literal["categories", "totals"] | None = Field(
        None, description="Asked of each line that adds up others: 'whole' and its 'terms', '{line}' in the label."
    )
    only_if: str = Field("", description="A measure; where it is a text there is nothing to compare.")
    edited: bool = Field(default=False, description="A difference is an edit, and no failure.")
    reason: str = Field("", description="What the verdict says where it fails; none: the file's own.")
    input: str = Field(
        "", description="The assumption or setting that is typed wrong where it fails: such a plan is refused."
    )
    cure: str = Field("", description="What to do about that input.")

    @model_validator(mode="after")
    def _one(self) -> CheckPartTable:
        if bool(self.formula) == (self.look is not None):
            raise ValueError("a part has either a formula or something to look at")
        if self.input and not (self.formula and self.reason and self.cure):
            raise ValueError("a part about an input has a formula, a reason and a cure")
        return self


class ChecksTable(Table):
    """The file checks.toml."""

    reason: str = Field(description="What is said of a part without a reason of its own: {part} and {where}.")
    checks: dict[str, str] = Field(description="What is checked, by number, in order.")
    parts: dict[str, CheckPartTable] = Field(description="In the order of the sheet Checks.")


@dataclass(frozen=True, slots=True)
class CheckPart:
    """One parsed part of a check.

    ``difference`` is None for a ``look``; ``reason`` is None if the file's common reason applies.
    """

    name: str
    table: CheckPartTable
    difference: Node | None
    reason: RuleText | None


@dataclass(frozen=True)
class CheckRule:
    """The checks of a template: titles by number, and parts by name."""

    checks: Mapping[str, str]
    reason: RuleText
    parts: Mapping[str, CheckPart]

    @property
    def about_inputs(self) -> tuple[CheckPart, ...]:
        """The parts about what is typed, which need no results."""
        return tuple(part for part in self.parts.values() if part.table.input)


@dataclass(frozen=True)
class Sum:
    """A line that is the sum of others (its terms); ``is_category`` tells category sums from totals."""

    name: str
    label: str
    terms: tuple[str, ...]
    is_category: bool


class CheckReader:
    """Parses checks.toml.

    A template without this file uses the standard one (``is_own`` is false); parts that mention lines which the
    template does not have are then left out, instead of being findings.
    """

    def __init__(
        self, scope: Scope, typed: Collection[str], sums: tuple[Sum, ...], findings: list[Finding], *, is_own: bool
    ) -> None:
        """Parse with the names in ``scope`` and the lines ``sums``; problems are added to ``findings``.

        ``typed`` are the names of the scope that are known before anything is computed.
        """
        self._scope, self._sums, self._findings, self._is_own = scope, sums, findings, is_own
        self._typed = typed

    def read(self, table: ChecksTable, file: TomlFile) -> CheckRule:
        """Parse all parts."""
        parts = {part.name: part for name, one in table.parts.items() for part in self._parts(name, one, table, file)}
        reason = RuleReader(self._findings).text(table.reason, Scope(dict(REASON_NAMES)), file.where("", "reason"))
        return CheckRule(table.checks, reason, parts)

    def _parts(self, name: str, one: CheckPartTable, table: ChecksTable, file: TomlFile) -> Iterator[CheckPart]:
        where = file.where(f"parts.{name}")
        if one.check not in table.checks:
            self._findings.append(Finding(where, f"no check {one.check}", "see [checks]"))
        found: list[Finding] = []
        reader = RuleReader(found, CALLABLE_IN_CHECKS)
        cells = dict(self._scope.cells)
        if one.sums:
            cells |= dict.fromkeys(("whole", "terms"), parse_unit("money/month"))
        scope = Scope(cells, {}, set(self._scope.exact), are_units_checked=False)
        tree = reader.number(one.formula, scope, where) if one.formula else None
        reason = self._reason(one, reader, scope, where)
        if one.input and tree is not None:
            found += self._input_findings(one.input, tree, where)
        if found and not self._is_own and one.formula:
            return
        self._findings.extend(found)
        if tree is not None and one.sums:
            yield from (_sum_check(name, one, tree, line) for line in self._sums
                        if line.is_category == (one.sums == "categories"))  # fmt: skip
        elif tree is not None or one.look:
            yield CheckPart(name, one, tree, reason)

    def _input_findings(self, name: str, tree: Node, where: str) -> Iterator[Finding]:
        """Find an input that there is not, and names that have no value before anything is computed."""
        if name not in (*self._typed, *ROLES):
            yield Finding(where, f"no assumption or setting '{name}'", did_you_mean(name, self._typed))
        for one in dict.fromkeys(mentioned for mentioned, _ in mentions([tree]) if mentioned not in self._typed):
            yield Finding(where, f"'{one}' is computed", "a part about an input mentions assumptions and flags alone")

    @staticmethod
    def _reason(one: CheckPartTable, reader: RuleReader, scope: Scope, where: str) -> RuleText | None:
        known = Scope(dict(REASON_NAMES)) if one.look else scope
        return reader.text(one.reason, known, where) if one.reason else None


def _sum_check(name: str, one: CheckPartTable, tree: Node, line: Sum) -> CheckPart:
    """The part for one sum line: ``whole`` and ``terms`` in the formula are replaced by the line and its terms."""
    total: Node = Number(0.0)
    for place, term in enumerate(line.terms):
        total = Name(term) if place == 0 else Binary("+", total, Name(term))
    table = one.model_copy(update={"label": one.label.replace("{line}", line.label)})
    return CheckPart(f"{name}.{line.name}", table, substituted(tree, {"whole": Name(line.name), "terms": total}), None)


def substituted(tree: Node, instead: Mapping[str, Node]) -> Node:
    """The tree with some names replaced by other nodes."""
    if isinstance(tree, Name):
        return instead.get(tree.name, tree)
    if isinstance(tree, Binary):
        return replace(tree, left=substituted(tree.left, instead), right=substituted(tree.right, instead))
    if isinstance(tree, Negative):
        return replace(tree, operand=substituted(tree.operand, instead))
    if isinstance(tree, Call):
        return replace(tree, arguments=tuple(substituted(argument, instead) for argument in tree.arguments))
    return tree

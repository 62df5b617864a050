"""The rules of gates and verdict as a template holds them: read, and ready to be printed and computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ftroi.language import Node
from ftroi.termsheet.rule_schema import BreakEvenTable
from ftroi.termsheet.rules import Case, Cell, RuleText


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

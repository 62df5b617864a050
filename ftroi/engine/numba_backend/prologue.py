"""The steady values that compiled months read: input columns, and values computed from them before the months.

Assumptions are passed as columns, by address and not copied. So are powers, dates and other values that numpy computes
faster, or that only numpy can compute; all other scalar lines are printed for numba from the same trees, and computed
once for each bundle of scenarios.
"""

from __future__ import annotations

from collections.abc import Callable

from ftroi.engine.numba_backend.expression_printer import KernelPrinter, UncompiledError
from ftroi.language import COMPARISONS, FUNCTIONS, Binary, Call, Name, Node, Number, references, walk
from ftroi.termsheet import Line, Role, Template

LANES = 32
"""The number of scenarios in a bundle."""

_PRINTED = frozenset({"IF", "AND", "OR", "NOT", "MAX", "MIN", "ABS"})
"""The functions that are printed for numba in scalar lines; numpy computes lines that call any other."""


class Prologue:
    """Assigns a slot of the workspace to every steady tree.

    ``columns`` are the input trees with their slots; ``body`` are the statements that compute the other trees, whose
    slots follow those of the columns. The source holds placeholders for the numbers of slots: see `marks`.
    """

    def __init__(self, template: Template, new_name: Callable[[], str]) -> None:
        self._template = template
        self._printer = KernelPrinter(self._mention, self.text, lambda _: "", lambda _: True, new_name, strict=True)
        self.columns: dict[Node, int] = {}
        self._computed_trees: dict[Node, int] = {}
        self._lines: set[str] = set()

    @property
    def body(self) -> list[str]:
        """The statements for one scenario of a bundle; the last ones store the results."""
        stores = (f"w[(COLUMNS + {place}) * {LANES} + i] = s_{place}" for place in self._computed_trees.values())
        return [*self._printer.statements, *stores]

    def marks(self) -> list[tuple[str, int]]:
        """The placeholders with their values: the number of all steady slots, and that of the columns."""
        return [("STEADY", len(self.columns) + len(self._computed_trees)), ("COLUMNS", len(self.columns))]

    def text(self, tree: Node) -> str:
        """The expression that reads a tree's value from the workspace."""
        if isinstance(tree, Number):
            return repr(tree.value)
        place = f"w[{self.place(tree)} * {LANES} + i]"
        return f"({place} == 1.0)" if _is_condition(tree) else place

    def place(self, tree: Node) -> str:
        """The number of a tree's slot in the workspace, as source text."""
        if reads_months(tree, self._template):
            raise UncompiledError("a line that reads the sum of another one over all months")
        if not self._is_printed(tree):
            return str(self.columns.setdefault(tree, len(self.columns)))
        if tree not in self._computed_trees:
            text = self._printer.text(tree)
            self._computed_trees[tree] = len(self._computed_trees)
            self._computed(f"s_{self._computed_trees[tree]}", text)
        return f"(COLUMNS + {self._computed_trees[tree]})"

    def _computed(self, name: str, text: str) -> None:
        """Compute a value; one that is not finite makes ``not_finite`` nan, as 0 times infinity or nan is nan."""
        self._printer.statements.extend((f"{name} = {text}", f"not_finite = not_finite + 0.0 * {name}"))

    def _mention(self, name: str, _via: str) -> str:
        line = self._template.lines.get(name)
        if line is None or self._is_by_numpy(line):
            return self.text(Name(name))
        if name not in self._lines:
            text = " + ".join(self._mention(term, "") for term in line.terms) or self._printer.text(line.formula_tree)
            self._computed(f"v_{name}", text)
            self._lines.add(name)
        return f"v_{name}"

    def _is_printed(self, tree: Node) -> bool:
        """Say whether a tree is printed for numba; the lines that it reads may still be columns."""
        if isinstance(tree, Name):
            line = self._template.lines.get(tree.name)
            return line is not None and not self._is_by_numpy(line)
        return all(
            not (isinstance(part, Binary) and part.operator == "^")
            and not (isinstance(part, Call) and part.function not in _PRINTED)
            for part in walk(tree)
        )

    def _is_by_numpy(self, line: Line) -> bool:
        """Say whether a scalar line is computed by numpy."""
        if line.role is Role.OWN or line.unless or line.remark:
            return True
        return not all(isinstance(tree, Name) or self._is_printed(tree) for tree in line.trees)


def _is_condition(tree: Node) -> bool:
    if isinstance(tree, Binary):
        return tree.operator in COMPARISONS
    return isinstance(tree, Call) and FUNCTIONS[tree.function].gives is None


def reads_months(tree: Node, template: Template) -> bool:
    """Say whether a tree depends on lines that vary by month, even if only on their sums."""
    waiting = list(references(tree))
    while waiting:
        mention = waiting.pop()
        if mention.name in template.series:
            return True
        if mention.name in template.lines:
            waiting.extend(reference for part in template.lines[mention.name].trees for reference in references(part))
    return False

"""What compiled months need that does not move with them: columns that come in, and what is made of them beforehand.

Assumptions come in as columns, without being copied together. So do powers, dates and whatever else numpy computes
faster or alone; all other scalar lines are printed for numba, from the same trees, and computed once a bundle.
"""

from __future__ import annotations

from collections.abc import Callable

from ftroi.engine.numba_backend.expression_printer import KernelPrinter, UncompiledError
from ftroi.language import COMPARISONS, FUNCTIONS, Binary, Call, Name, Node, Number, references, walk
from ftroi.termsheet import Line, Role, Template

LANES = 32
"""Scenarios in a bundle."""

_PRINTED = frozenset({"IF", "AND", "OR", "NOT", "MAX", "MIN", "ABS"})
"""The functions of scalar lines that are printed; numpy computes a line with another one."""


class Before:
    """A place in the workspace to every tree that does not move with the months.

    ``columns`` are the trees that come in, by place; ``body`` are the statements that compute the others, which
    lie behind them. Marks in the texts stand for numbers that are known at the end: see `marks`.
    """

    def __init__(self, template: Template, fresh: Callable[[], str]) -> None:
        self._template = template
        self._printer = KernelPrinter(self._mention, self.text, lambda _: "", lambda _: True, fresh, strict=True)
        self.columns: dict[Node, int] = {}
        self._made: dict[Node, int] = {}
        self._lines: set[str] = set()

    @property
    def body(self) -> list[str]:
        """The statements, for one scenario of a bundle; what they compute is stored at the end."""
        stores = (f"w[(COLUMNS + {place}) * {LANES} + i] = s_{place}" for place in self._made.values())
        return [*self._printer.statements, *stores]

    def marks(self) -> list[tuple[str, int]]:
        """The marks that stand for numbers of places: of all that lies here, and of the columns."""
        return [("STEADY", len(self.columns) + len(self._made)), ("COLUMNS", len(self.columns))]

    def text(self, tree: Node) -> str:
        """The text of a tree's value where it is read."""
        if isinstance(tree, Number):
            return repr(tree.value)
        place = f"w[{self.place(tree)} * {LANES} + i]"
        return f"({place} == 1.0)" if _is_condition(tree) else place

    def place(self, tree: Node) -> str:
        """A tree's place in the workspace."""
        if reads_months(tree, self._template):
            raise UncompiledError("a line that reads the sum of another one over all months")
        if not self._is_printed(tree):
            return str(self.columns.setdefault(tree, len(self.columns)))
        if tree not in self._made:
            text = self._printer.text(tree)
            self._made[tree] = len(self._made)
            self._computed(f"s_{self._made[tree]}", text)
        return f"(COLUMNS + {self._made[tree]})"

    def _computed(self, name: str, text: str) -> None:
        """Compute a value; what is not finite makes ``nothing`` something."""
        self._printer.statements.extend((f"{name} = {text}", f"nothing = nothing + 0.0 * {name}"))

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
        """Say whether a tree is printed; the lines that it reads may still come in as columns."""
        if isinstance(tree, Name):
            line = self._template.lines.get(tree.name)
            return line is not None and not self._is_by_numpy(line)
        return all(
            not (isinstance(part, Binary) and part.operator == "^")
            and not (isinstance(part, Call) and part.function not in _PRINTED)
            for part in walk(tree)
        )

    def _is_by_numpy(self, line: Line) -> bool:
        """Say whether a scalar line is left to numpy."""
        if line.role is Role.OWN or line.unless or line.remark:
            return True
        return not all(isinstance(tree, Name) or self._is_printed(tree) for tree in line.trees)


def _is_condition(tree: Node) -> bool:
    if isinstance(tree, Binary):
        return tree.operator in COMPARISONS
    return isinstance(tree, Call) and FUNCTIONS[tree.function].gives is None


def reads_months(tree: Node, template: Template) -> bool:
    """Say whether a tree depends on lines that vary by month, be it on their sums."""
    waiting = list(references(tree))
    while waiting:
        mention = waiting.pop()
        if mention.name in template.series:
            return True
        if mention.name in template.lines:
            waiting.extend(one for part in template.lines[mention.name].trees for one in references(part))
    return False

"""Writing a loop over the months for lines that depend on each other through PREV.

Only expressions that depend on the loop's own lines are computed month by month; all others are hoisted out of the
loop and computed for all months at once.
"""

from __future__ import annotations

from collections.abc import Callable

from ftroi.engine.numpy_backend.source_printer import RowText, SourcePrinter, may_refuse
from ftroi.language import FUNCTIONS, Binary, Call, Name, Negative, Node, Number, references
from ftroi.termsheet import Group, Template


class LoopWriter:
    """Writes one loop, preceded by the statements that are hoisted out of it."""

    def __init__(self, template: Template, group: Group, row_text: RowText, new_name: Callable[[], str]) -> None:
        """Write the lines of ``group``; ``row_text`` prints mentions outside the loop."""
        self._lines = {name: template.lines[name] for name in group.names}
        self._row_text = row_text
        self._new_name = new_name
        self._before: list[str] = []
        self._slices: dict[Node, str] = {}

    def write_to(self, out: list[str]) -> None:
        """Append the hoisted statements, the loop, and the statements that stack the months into rows."""
        body = [statement for name in self._lines for statement in self._body(name)]
        remembered = [name for name, line in self._lines.items() if line.opening is not None]
        out.extend(self._before)
        out.extend(f"_p_{name} = _o_{name}[0]" for name in remembered)
        out.extend(f"_r_{name} = []" for name in self._lines)
        out.append("for _i in range(months):")
        out.extend(f"    {statement}" for statement in body)
        out.extend(f"    _p_{name} = _c_{name}" for name in remembered)
        out.extend(f"v_{name} = stacked(_r_{name})" for name in self._lines)

    def _body(self, name: str) -> list[str]:
        tree = self._lines[name].formula_tree
        printer = SourcePrinter(self._month_text, self._new_name)
        text = printer.text(self._hoisted(tree, guarded=False))
        return [*printer.statements, f"_c_{name} = {text}", f"_r_{name}.append(_c_{name})"]

    def _month_text(self, name: str, via: str) -> str:
        """Print a mention within a month."""
        if name in self._lines:
            return f"_p_{name}" if via == "PREV" else f"_c_{name}"
        if name in self._slices.values():
            return f"{name}[_i]"
        mention = Call(via, (Name(name),)) if via else Name(name)
        return f"{self._slice(mention)}[_i]"

    def _slice(self, tree: Node) -> str:
        """The variable that holds the months of an expression, computed before the loop."""
        if tree not in self._slices:
            printer = SourcePrinter(self._row_text, self._new_name)
            text = printer.text(tree)
            self._slices[tree] = self._new_name()
            statement = f"{self._slices[tree]} = by_month(whole_array({text}), months)"
            self._before.extend((*printer.statements, statement))
        return self._slices[tree]

    def _hoisted(self, node: Node, *, guarded: bool) -> Node:
        """The tree with loop-independent parts replaced by variables.

        A part that may have no result stays in the loop if an IF guards it (``guarded``).
        """
        if isinstance(node, (Name, Number)) or (isinstance(node, Call) and FUNCTIONS[node.function].on_rows):
            return node
        outside = all(mention.name not in self._lines for mention in references(node))
        if outside and not (guarded and may_refuse(node)):
            return Name(self._slice(node))
        if isinstance(node, Negative):
            return Negative(self._hoisted(node.operand, guarded=guarded))
        if isinstance(node, Binary):
            left = self._hoisted(node.left, guarded=guarded)
            return Binary(node.operator, left, self._hoisted(node.right, guarded=guarded))
        return self._hoisted_call(node, guarded=guarded)

    def _hoisted_call(self, node: Call, *, guarded: bool) -> Call:
        branching = node.function == "IF"
        parts = [
            self._hoisted(part, guarded=guarded or (branching and place > 0))
            for place, part in enumerate(node.arguments)
        ]
        return Call(node.function, tuple(parts))

"""Printing the rules of gates, verdict and checks as formulas, with the cells of their names."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ftroi.language import Binary, Negative, Node
from ftroi.language.rules import rule_to_excel
from ftroi.language.value_formats import value_to_excel
from ftroi.termsheet.rules import Case, RuleText
from ftroi.workbook.xlsx.addresses import quoted


class RulePrinter:
    """Prints formulas, texts and cases, without a leading ``=``.

    ``cell(name, via)`` gives the text of a cell, or, with ``via``, of a figure of the reference or the candidate;
    ``column(name)`` that of a column; each must be an operand. ``currency`` is the cell of the plan's currency.
    ``formats`` translates formats that depend on the row.
    """

    def __init__(
        self,
        cell: Callable[[str, str], str],
        column: Callable[[str], str],
        currency: str,
        formats: Mapping[str, str] | None = None,
    ) -> None:
        """Print for these cells."""
        self._cell, self._column, self._currency = cell, column, currency
        self._formats = formats or {}

    def tree(self, node: Node) -> str:
        """Print a formula or a condition."""
        return rule_to_excel(
            node, lambda name: self._cell(name, ""), lambda via, name: self._cell(name, via), self._column
        )

    def text(self, text: RuleText) -> str:
        """Print a sentence: its pieces, and its figures in their formats."""
        parts = [quoted(part) if isinstance(part, str) else self._slot(part.tree, part.format) for part in text.parts]
        return "&".join(parts) or quoted("")

    def _slot(self, tree: Node, form: str) -> str:
        printed = self.tree(tree)
        figure = f"({printed})" if isinstance(tree, Binary | Negative) or printed[:1] == "-" else printed
        return value_to_excel(figure, self._formats.get(form, form), self._currency)

    def value(self, value: Node | RuleText) -> str:
        """Print the value of a case."""
        return self.text(value) if isinstance(value, RuleText) else self.tree(value)

    def cases(self, cases: tuple[Case, ...]) -> str:
        """Print cases within each other; where none holds the cell is empty."""
        *others, last = cases
        printed = self._guarded(last, quoted(""))
        for case in reversed(others):
            printed = self._guarded(case, printed)
        return printed

    def _guarded(self, case: Case, otherwise: str) -> str:
        value = self.value(case.value)
        return value if case.when is None else f"IF({self.tree(case.when)},{value},{otherwise})"


def joined(parts: list[str], between: str) -> str:
    """Join texts that may be empty."""
    text = parts[0] if parts else quoted("")
    for part in parts[1:]:
        text = f'{text}&IF(AND({text}<>"",{part}<>""),{quoted(between)},"")&{part}'
    return text

"""The names of a template as the formula checker sees them (`ftroi.language.Names`)."""

from __future__ import annotations

from collections.abc import Mapping

from ftroi.errors import Finding, FormulaError
from ftroi.language import Unit, did_you_mean, is_whole, parse_unit
from ftroi.termsheet.model import BUILT_IN, Assumption, Line


class TemplateNames:
    """The names of one template: whether they exist, their units, and which are whole numbers."""

    def __init__(self, assumptions: Mapping[str, Assumption], lines: Mapping[str, Line]) -> None:
        """Parse all declared units; one that cannot be parsed is a finding, and counts as dimensionless."""
        self.findings: list[Finding] = []
        self._units = {name: parse_unit(unit) for name, unit in BUILT_IN.items()}
        for assumption in assumptions.values():
            self._units[assumption.name] = self._unit(assumption.table.unit, assumption.where)
        for line in lines.values():
            self._units[line.name] = self._unit(line.unit, line.where)
        self._whole = {"option_number", *(name for name, one in assumptions.items() if one.table.whole)}
        self._find_whole_lines(lines)

    def _unit(self, text: str, where: str) -> Unit:
        try:
            return parse_unit(text, where)
        except FormulaError as error:
            self.findings.extend(error.findings)
            return ()

    def _find_whole_lines(self, lines: Mapping[str, Line]) -> None:
        """Find the lines that are whole: assume that all are, and remove those that are not until nothing changes.

        Starting from all lines lets lines that read each other through PREV be whole together.
        """
        trees = {name: [line.tree, line.opening] for name, line in lines.items() if line.tree is not None}
        self._whole |= set(trees)
        changed = True
        while changed:
            broken = [
                name
                for name, both in trees.items()
                if name in self._whole and not all(is_whole(tree, self) for tree in both if tree is not None)
            ]
            self._whole.difference_update(broken)
            changed = bool(broken)

    def known(self, name: str) -> bool:
        """Say whether there is an assumption or a line of this name."""
        return name in self._units

    def unit(self, name: str) -> Unit:
        """The unit of a known name."""
        return self._units[name]

    def whole(self, name: str) -> bool:
        """Say whether a known name is always a whole number."""
        return name in self._whole

    def suggestion(self, name: str) -> str:
        """The suggestion "did you mean 'x'?" for an unknown name, or ""."""
        return did_you_mean(name, self._units)

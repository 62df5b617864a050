"""The one exception tree of the project.

Every error is a list of findings, and every finding says what was found, where, and what to do::

    FtroiError
    ├── FormulaError      a formula, or a unit, cannot be read
    ├── TemplateError     a term sheet does not hold together
    ├── PlanError         the inputs of a plan are missing, misspelt or out of range
    ├── EvaluationError   a formula met a division by zero, a root of a negative number, an overflow
    ├── WorkbookError     a file is not a workbook of ours, is open elsewhere, or was changed
    ├── BillError         a bill cannot be read, or cannot be added to the others
    └── HostError         a spreadsheet program is missing, or does not answer
"""

from __future__ import annotations

import re
from dataclasses import dataclass

UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""Characters that XML, and so a workbook, cannot hold."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem: where it is, what it is, and what to do about it (``cure``).

    ``excerpt`` holds the source text with a caret under the position, on lines of its own; "" if there is none.
    """

    where: str
    what: str
    cure: str = ""
    excerpt: str = ""

    def __str__(self) -> str:
        """The text "where: what; cure", followed by the excerpt on lines of its own."""
        sentence = f"{self.where}: {self.what}"
        if self.cure:
            sentence += f"; {self.cure}"
        return f"{sentence}\n{self.excerpt}" if self.excerpt else sentence


class FtroiError(Exception):
    """The base class of all errors of ftroi; ``findings`` holds all problems, not just the first."""

    exit_code = 2

    def __init__(self, *findings: Finding) -> None:
        """Store the findings."""
        super().__init__(*findings)
        self.findings = findings

    def __str__(self) -> str:
        """One line for each finding, followed by its excerpt."""
        return "\n".join(str(finding) for finding in self.findings)


class FormulaError(FtroiError):
    """A formula, or a unit, cannot be read."""


class TemplateError(FtroiError):
    """A term sheet does not hold together."""


class PlanError(FtroiError):
    """The inputs of a plan are missing, misspelt or out of range."""


class EvaluationError(FtroiError):
    """A formula met a division by zero, a root of a negative number or an overflow."""


class WorkbookError(FtroiError):
    """A file is not a workbook of ours, is open elsewhere, or was changed."""


class BillError(FtroiError):
    """A bill cannot be read, or cannot be added to the others."""


class HostError(FtroiError):
    """A spreadsheet program is missing, or does not answer."""

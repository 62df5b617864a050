"""The rules of the workbook's checks, read from `checks.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from ftroi.language import Node
from ftroi.termsheet.rules import RuleText
from ftroi.termsheet.table import Table

CHECKS_FILE = "checks.toml"


class CheckPartTable(Table):
    """One comparison of a check: a difference that must be 0."""

    check: str = Field(pattern="^[0-9]+$", description="The number of the check that it belongs to.")
    label: str = Field(min_length=1, description="What must hold.")
    each: Literal["option", "workbook"] = Field(description="Asked of every option, or once of the workbook.")
    formula: str = Field(description="The difference, in the formula language.")
    reason: str = Field("", description="What the verdict says where it fails; none: the file's own.")


class ChecksTable(Table):
    """The file checks.toml."""

    reason: str = Field(description="What is said of a part without a reason of its own: {part} and {where}.")
    parts: dict[str, CheckPartTable] = Field(description="In the order of the sheet Checks.")


@dataclass(frozen=True, slots=True)
class CheckPart:
    """A comparison, read; ``reason`` is None where the file's own holds."""

    name: str
    table: CheckPartTable
    difference: Node
    reason: RuleText | None


@dataclass(frozen=True)
class CheckRule:
    """The checks of a template."""

    reason: RuleText
    parts: Mapping[str, CheckPart]

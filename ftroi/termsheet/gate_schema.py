"""What `gates.toml` may say of a single gate."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ftroi.termsheet.rule_schema import CaseTable
from ftroi.termsheet.table import Figure, Table

GateFormat = Literal["money", "percent", "whole_percent", "multiple", "months", "days", "decimal", "yes"]
_FORMATS_BY_UNIT: dict[str, GateFormat] = {"money": "money", "month": "months", "day": "days"}


class GateTable(Table):
    """One go/no-go benchmark: a figure of the model or a piece of evidence against a threshold."""

    label: str = Field(min_length=1)
    short: str = Field("", max_length=44, description="The label where there is little room; without it the label.")
    figure: str | None = Field(
        None, description="A measure, a line, a figure across options, or simulated.NAME; none: evidence."
    )
    direction: Literal["at_least", "at_most"]
    threshold: Figure | str = Field(description="A number, or a line of the candidate.")
    unit: str
    mandatory: bool
    pilot: bool = Field(default=False, description="Failed, it allows a pilot rather than forbidding a commitment.")
    live: bool = Field(default=False, description="Looked at in operation, not before the decision.")
    evidence: str = Field(description="model, simulation, or what people must bring.")
    format: GateFormat | None = Field(None, description="How sentences show its figure; without it by the unit.")
    fails: str | tuple[CaseTable, ...] = Field("", description="What the verdict says where it fails.")
    note: str = Field(min_length=1)

    @property
    def shown(self) -> GateFormat:
        """How sentences show its figure."""
        return self.format or _FORMATS_BY_UNIT.get(self.unit, "decimal")

    @property
    def is_brought(self) -> bool:
        """Whether people bring its evidence, rather than the model or a simulation."""
        return self.evidence not in ("model", "simulation")

    @property
    def brief(self) -> str:
        """What sentences call it."""
        return self.short or self.label

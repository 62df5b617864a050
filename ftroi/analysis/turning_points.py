"""What would have to be true: figures at which the verdict would turn, as the template's verdict.toml names them."""

from __future__ import annotations

from dataclasses import dataclass

from ftroi.plan.plan import Plan
from ftroi.termsheet import Template
from ftroi.termsheet.rules import RuleText


@dataclass(frozen=True, slots=True)
class TurningPoint:
    """What must hold, the figure today and at break-even, whose they are, and on which side today has to be.

    ``today`` and ``at`` name lines, measures or assumptions; ``says`` is the sentence where it is the nearest, empty
    where it is no reason of a verdict. ``number`` is percent or multiple.
    """

    name: str
    label: str
    today: str
    at: str
    is_below: bool
    of_reference: bool
    number: str
    says: RuleText

    def option(self, plan: Plan) -> str:
        """The option whose figures they are."""
        return plan.settings.reference if self.of_reference else plan.settings.candidate


def known_turning_points(template: Template) -> list[TurningPoint]:
    """The break-evens of a template's verdict, in order; none without a verdict."""
    if template.verdict is None:
        return []
    return [
        TurningPoint(
            name, one.table.label, one.table.today, one.table.at, one.table.side == "below",
            one.table.option == "reference", one.table.number, one.says,
        )
        for name, one in template.verdict.break_evens.items()
    ]  # fmt: skip

"""What would have to be true: the break-evens at which the verdict would change, as verdict.toml lists them."""

from __future__ import annotations

from dataclasses import dataclass

from ftroi.plan.plan import Plan
from ftroi.termsheet import Template
from ftroi.termsheet.rules import RuleText


@dataclass(frozen=True, slots=True)
class TurningPoint:
    """A break-even of the verdict.

    ``today`` and ``at`` are names of lines, measures or assumptions: the present value, and that at break-even.
    ``is_below`` says that today must be below it; ``of_reference`` that both are values of the reference. ``says`` is
    the sentence if it is the nearest break-even, empty if it is no reason of a verdict. ``number`` is percent or
    multiple.
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
        """The option whose values are compared."""
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

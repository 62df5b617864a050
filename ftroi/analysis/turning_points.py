"""What would have to be true: figures at which the verdict would turn, how far each is, and the nearest of them.

Section 10 of docs/measures.md takes the nearest as a reason of the verdict.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ftroi.engine import Results
from ftroi.plan.plan import Plan
from ftroi.termsheet import Template


@dataclass(frozen=True, slots=True)
class TurningPoint:
    """What must hold, the figure today and at break-even, whose they are, and on which side today has to be.

    ``today`` and ``at`` name lines, measures or assumptions; ``subject`` is what a sentence calls the figure, ""
    where it is no break-even against the reference.
    """

    label: str
    subject: str
    today: str
    at: str
    is_below: bool
    of_reference: bool = False
    number: str = "percent"

    def option(self, plan: Plan) -> str:
        """Give the option whose figures they are."""
        return plan.settings.reference if self.of_reference else plan.settings.candidate


TURNING_POINTS = (
    TurningPoint(
        "Abandonment stays below", "probability of abandonment", "abandonment_rate", "abandonment_break_even",
        is_below=True,
    ),
    TurningPoint(
        "Quality lead over the reference exceeds", "quality lead over the reference", "quality_lead",
        "break_even_lead", is_below=False,
    ),
    TurningPoint(
        "Reference's value share stays below", "reference's value share", "value_share", "break_even_value_share",
        is_below=True, of_reference=True,
    ),
    TurningPoint(
        "Reference's cost share stays above", "reference's cost share", "cost_share", "break_even_cost_share",
        is_below=False, of_reference=True,
    ),
    TurningPoint(
        "Value over cost exceeds the 85/20 hurdle", "", "benefit_to_cost", "claim_hurdle",
        is_below=False, number="multiple",
    ),
)  # fmt: skip
"""What would have to be true for the candidate, as far as cells can tell without the engine."""


def known_turning_points(template: Template) -> list[TurningPoint]:
    """Give those whose figures a template has."""
    scalars = (template.assumptions.keys() | template.lines.keys()) - template.series
    return [one for one in TURNING_POINTS if {one.today, one.at} <= scalars]


def distance(today: float | str, at: float | str) -> float | None:
    """Give how far a break-even is, in points; None without a number, or where the figure moves nothing.

    What moves nothing has its break-even where it stands.
    """
    if isinstance(today, str) or isinstance(at, str) or today == at:
        return None
    return abs(at - today)


def nearest_turning_point(plan: Plan, base: Results) -> str:
    """Say which break-even against the reference is nearest, "" where there is none."""
    found = [(far, one, today, at) for one, today, at in _against_reference(plan, base)
             if (far := distance(today, at)) is not None]  # fmt: skip
    if not found:
        return ""
    _, one, today, at = min(found, key=lambda entry: entry[0])
    return f"Nearest break-even: {one.subject} at {at:.1%}, today {today:.1%}."


def _against_reference(plan: Plan, base: Results) -> Iterator[tuple[TurningPoint, float | str, float | str]]:
    for one in known_turning_points(plan.template):
        if one.subject:
            option = one.option(plan)
            yield one, _figure(base, one.today, option), _figure(base, one.at, option)


def _figure(base: Results, name: str, option: str) -> float | str:
    if name not in base.template.lines:
        return base.number(name, option)
    measured = base.measure(name, option)
    return measured.text if measured.value is None else measured.value

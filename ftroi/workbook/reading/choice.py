"""Reading from the sheet Start which options a plan should have."""

from __future__ import annotations

from ftroi.plan import Plan
from ftroi.workbook.schema import WANTED, WANTED_OPTIONS
from ftroi.workbook.xlsx.package_parts import Parts


def wanted_options(parts: Parts, plan: Plan) -> tuple[str, ...]:
    """The options that the sheet says yes to, by id; those of the plan in a workbook without the table."""
    area = parts.area_named(WANTED_OPTIONS)
    if area is None:
        return plan.settings.options
    answers = {str(option.value): str(answer.value).strip().casefold() for answer, option in parts.cells(area)}
    return tuple(option for option, answer in answers.items() if answer == WANTED and option in plan.template.options)

"""The formulas use what every spreadsheet computes alike."""

from __future__ import annotations

import re

from ftroi.workbook.sheets.actuals.formulas import ActualsFormulas
from ftroi.workbook.sheets.registry import layout_of
from tests.support.tracked import SERVING, billed_plan


def test_the_functions_are_those_that_every_spreadsheet_has() -> None:
    plan = billed_plan()
    formulas = ActualsFormulas(plan, layout_of(plan), plan.settings.candidate)
    first = plan.actuals and layout_of(plan)
    assert first
    texts = [
        *formulas.category(SERVING).values(), *formulas.apart().values(), *formulas.completion().values(),
        formulas.flag(SERVING), formulas.together(3),
    ]  # fmt: skip
    used = {name for text in texts for name in re.findall(r"([A-Z]+)\(", text)}
    assert used <= {
        "ABS", "COLUMN", "COUNTIFS", "DATE", "IF", "IFERROR", "MAX", "MONTH", "SUM", "SUMIFS", "SUMPRODUCT", "YEAR",
    }  # fmt: skip

"""Random edits of formulas on an option's sheet, as a person types them into Calc."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from ftroi.plan import Plan
from ftroi.termsheet import Role
from ftroi.workbook.layout.option import FIRST_MONTH, MONTHS, VALUE, OptionLayout
from ftroi.workbook.sheets.registry import layout_of
from ftroi.workbook.xlsx.addresses import letters

UNREADABLE = (
    "=SUMPRODUCT({c}{a}:{c}{b})", '=ROUND({c}{a};1)&""', "=$H{a}*2", "=VLOOKUP(1;$A$1:$B$9;2)", "=-{c}{a}^2",
    "={c}{a}%", "=OFFSET({c}{a};0;0)", "=$Compare.C9*0", "=IF({c}{a};1;2)", "=({c}{a}>0)*5", "=no_such_name*2",
)  # fmt: skip
"""Formulas that the language does not have, or that it reads otherwise than a spreadsheet."""


@dataclass(frozen=True)
class FormulaEdit:
    """What was typed: the sheet's line, and its cells by column with their new content."""

    line: str
    cells: dict[int, str | float]


def random_edit(random: Random, plan: Plan, sheet: Any) -> FormulaEdit:
    """One edit of a random kind; ``sheet`` is the open option's sheet."""
    layout = layout_of(plan).option
    kind = random.choice(["scaled", "added", "mixed", "figures", "some months", "one month", "figure"])
    if kind == "figure":
        return _figure(random, plan, layout, sheet)
    line = random.choice(list(_lines(plan)))
    row = layout.rows[line]
    months = range(FIRST_MONTH, FIRST_MONTH + MONTHS)
    if kind in ("figures", "some months", "one month"):
        first, last = _span(random, kind, plan.horizon)
        amount = round(random.uniform(-500, 5000), 2)
        return FormulaEdit(line, dict.fromkeys(months[first - 1 : last], amount))
    texts = {column: str(sheet.getCellByPosition(column, row).Formula) for column in months}
    other = layout.rows[random.choice(list(_lines(plan, before=line)))]
    pattern = _pattern(random, kind, layout, other)
    cells = {
        column: pattern.format(f=text.removeprefix("="), c=letters(column), a=other + 1, b=other + 3)
        for column, text in texts.items()
    }
    return FormulaEdit(line, dict(cells))


def _pattern(random: Random, kind: str, layout: OptionLayout, other: int) -> str:
    factor = round(random.uniform(0.5, 1.8), 3)
    flag = layout.rows["operate_flag"] + 1
    patterns = {
        "scaled": (f"=({{f}})*{factor}",),
        "added": (f"={{f}}+{{c}}{flag}*{round(factor * 1000)}", f"=MAX(0;{{f}})+IF({{c}}{flag}=1;{factor};0)"),
        "mixed": (
            f"={{c}}{other + 1}*{factor}",
            f"=({{f}})/2+{{c}}{other + 1}/4",
            f"=ROUND({{f}};2)+SUM($G{other + 1}:$BN{other + 1})*{{c}}{flag}*1%",
        ),
    }
    return random.choice(patterns[kind])


def _span(random: Random, kind: str, horizon: int) -> tuple[int, int]:
    if kind == "figures":
        return 1, horizon
    first = random.randint(1, horizon)
    return first, first if kind == "one month" else random.randint(first, horizon)


def _figure(random: Random, plan: Plan, layout: OptionLayout, sheet: Any) -> FormulaEdit:
    """A scalar that is not a measure, scaled."""
    lines = plan.template.lines
    names = [n for n in layout.rows if n in lines and n not in plan.template.series and lines[n].role is Role.WORKING]
    name = random.choice([one for one in names if lines[one].formula and "date" not in lines[one].unit])
    formula = str(sheet.getCellByPosition(VALUE, layout.rows[name]).Formula).removeprefix("=")
    return FormulaEdit(name, {VALUE: f"=({formula})*{round(random.uniform(0.7, 1.4), 3)}"})


def _lines(plan: Plan, before: str = "") -> Iterator[str]:
    """Cost lines by month with a formula, those that stand before another one where it is named."""
    for name, line in plan.template.lines.items():
        if name == before:
            return
        if line.role is Role.COST and line.tree is not None and "PREV" not in line.formula:
            yield name


def unreadable_edits(plan: Plan) -> list[FormulaEdit]:
    """Each of the formulas that cannot be read, over a line of its own."""
    rows = layout_of(plan).option.rows
    other = rows[next(_lines(plan))]
    lines = list(_lines(plan))[1 : len(UNREADABLE) + 1]
    months = range(FIRST_MONTH, FIRST_MONTH + MONTHS)
    return [
        FormulaEdit(line, {one: text.format(c=letters(one), a=other + 1, b=other + 3) for one in months})
        for line, text in zip(lines, UNREADABLE, strict=True)
    ]

"""The layout of the sheet Start: the verdict, and the questions below it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ftroi.plan import Plan
from ftroi.plan.presets import is_overridden

TITLE_ROW, HINT_ROW, HEAD_ROW, SENTENCE_ROW, REASON_ROW, LINKS_ROW, HEADER_ROW = range(7)
TICK, QUESTION, ANSWER, UNIT, LINK, CAME, NOTE = range(7)
"""The columns: whether it was changed, the question, the figure now, its unit, where to change it, as it came, more."""


@dataclass(frozen=True)
class StartLayout:
    """The rows of the questions, by their names in questions.toml, and those of the options of the template below."""

    rows: Mapping[str, int]
    options: Mapping[str, int]

    @property
    def options_header(self) -> int:
        """The row above the options."""
        return min(self.options.values()) - 1

    @property
    def last_row(self) -> int:
        """The last row in use."""
        return max(self.options.values())


def lay_out_start(plan: Plan) -> StartLayout:
    """Lay out the sheet: every question that a base or a setting of the plan answers, and every option there is."""
    asked = [
        name for name, one in plan.template.questions.items() if not (one.input and is_overridden(plan, one.input))
    ]
    rows = {name: HEADER_ROW + 1 + place for place, name in enumerate(asked)}
    first = HEADER_ROW + len(rows) + 3
    return StartLayout(rows, {option: first + place for place, option in enumerate(plan.template.options)})

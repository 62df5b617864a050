"""Where things stand on the sheet Start: the verdict, and the questions below it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ftroi.engine import NOTHING
from ftroi.plan import Plan

TITLE_ROW, HINT_ROW, HEAD_ROW, SENTENCE_ROW, REASON_ROW, LINKS_ROW, HEADER_ROW = range(7)
TICK, QUESTION, ANSWER, UNIT, LINK, CAME, NOTE = range(7)
"""The columns: whether it was changed, the question, the figure now, its unit, where to change it, as it came, more."""


@dataclass(frozen=True)
class StartLayout:
    """The rows of the questions, by their names in questions.toml."""

    rows: Mapping[str, int]

    @property
    def last_row(self) -> int:
        """The last row in use."""
        return max(self.rows.values(), default=HEADER_ROW)


def lay_out_start(plan: Plan) -> StartLayout:
    """Lay out the sheet: every question of the template that a base or a setting of the plan answers."""
    asked = [
        name for name, one in plan.template.questions.items() if not (one.input and _is_overridden(plan, one.input))
    ]
    return StartLayout({name: HEADER_ROW + 1 + place for place, name in enumerate(asked)})


def _is_overridden(plan: Plan, assumption: str) -> bool:
    """Say whether every option but the status quo states its own value, so that the base answers nothing."""
    options = (plan.template.options[one] for one in plan.settings.options if one != NOTHING)
    return all(assumption in one.values for one in options)

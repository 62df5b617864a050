"""Where things stand on the sheet Scenarios: the three cases and the user's own, and below them what was stamped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ftroi.plan import CASES, Plan

NAME, CHANGES, FIRST_FIGURE = range(3)
TITLE_ROW, HINT_ROW, LINKS_ROW, STATE_ROW = range(4)
HEADER_ROW = 5

SLOTS, _FREE = 8, 4
"""Rows for scenarios of one's own in a new workbook, and how many stay free in one that has more."""


@dataclass(frozen=True)
class ScenariosLayout:
    """Rows and columns of the sheet.

    ``cases`` gives rows by case, ``own`` are those of the user's own scenarios; ``below`` is how far below each row
    what was stamped of it stands. ``figures`` gives columns by measure; ``best`` and ``state`` follow them.
    """

    cases: Mapping[str, int]
    own: range
    figures: Mapping[str, int]

    @property
    def rows(self) -> range:
        """The rows of all scenarios."""
        return range(min(self.cases.values()), self.own[-1] + 1)

    @property
    def best(self) -> int:
        """The column of the best option."""
        return FIRST_FIGURE + len(self.figures)

    @property
    def state(self) -> int:
        """The column that tells whether a row is up to date."""
        return self.best + 1

    @property
    def below(self) -> int:
        """How far below a row its stamped figures stand."""
        return len(self.rows) + 2

    @property
    def fingerprint(self) -> int:
        """The row of the fingerprint of the inputs that were stamped, in the column of CHANGES."""
        return self.own[-1] + self.below + 1

    @property
    def last_row(self) -> int:
        """The last row in use."""
        return self.fingerprint


def lay_out_scenarios(plan: Plan) -> ScenariosLayout:
    """Lay out the sheet for a plan: its columns are the measures that the Dashboard shows of all options."""
    first = HEADER_ROW + 1
    slots = max(SLOTS, len(plan.scenarios) + _FREE)
    shown = plan.template.views.shown_in("options")
    return ScenariosLayout(
        cases={case: first + place for place, case in enumerate(CASES)},
        own=range(first + len(CASES), first + len(CASES) + slots),
        figures={one.measure: FIRST_FIGURE + place for place, one in enumerate(shown)},
    )

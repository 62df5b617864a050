"""The layout of the sheet Checks: the counts, the checks, and below them the parts of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ftroi.plan import Plan

NUMBER, WHAT, WORST, TOLERANCE, STATE, WHERE, WORKBOOK, FIRST_OPTION = range(8)
"""The columns; WORKBOOK and the options' hold a part's differences."""

TITLE_ROW, HINT_ROW, LINKS_ROW = range(3)
COUNTS = {"fail": 4, "edited": 5, "pass": 6, "not applicable": 7}
"""The rows of the counts by state."""

FAILURE_ROW = 8
"""The row that says what the first check that fails found."""

REMARK_ROW = 9
"""The row that says what the first remark is about."""

HEADER_ROW = 10


@dataclass(frozen=True)
class ChecksLayout:
    """Rows of the checks by number and of their parts by name; ``members`` has the rows of each check's parts."""

    options: tuple[str, ...]
    checks: Mapping[str, int]
    header: int
    parts: Mapping[str, int]
    members: Mapping[str, range]

    @property
    def last_option(self) -> int:
        """The last option's column."""
        return FIRST_OPTION + len(self.options) - 1

    @property
    def last_row(self) -> int:
        """The last row in use."""
        return max((rows[-1] for rows in self.members.values() if rows), default=self.header)


def lay_out_checks(plan: Plan) -> ChecksLayout:
    """Lay out the sheet: the checks of checks.toml, and below them its parts in their order, a check's together."""
    rule = plan.template.what_is_checked
    checks = {number: HEADER_ROW + 1 + place for place, number in enumerate(rule.checks)}
    header = max(checks.values()) + 4
    parts: dict[str, int] = {}
    members = {}
    row = header + 1
    for number in dict.fromkeys([*(part.table.check for part in rule.parts.values()), *rule.checks]):
        first = row
        for name in (part.name for part in rule.parts.values() if part.table.check == number):
            parts[name] = row
            row += 1
        members[number] = range(first, row)
    return ChecksLayout(plan.settings.options, checks, header, parts, members)

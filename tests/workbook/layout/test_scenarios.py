"""The sheet Scenarios has a row for each case, free rows for one's own, and apart from them what was stamped."""

from __future__ import annotations

from dataclasses import replace

from ftroi.plan import CASES, NamedScenario
from ftroi.workbook.layout.scenarios import SLOTS, lay_out_scenarios
from tests.support.edited import small_plan


def test_cases_come_first_and_rows_stay_free_for_ones_own() -> None:
    layout = lay_out_scenarios(small_plan())
    assert tuple(layout.cases) == CASES
    assert list(layout.rows) == [*layout.cases.values(), *layout.own]
    assert len(layout.own) == SLOTS
    many = tuple(NamedScenario(f"S{number}", "ramp_months=3") for number in range(20))
    assert len(lay_out_scenarios(replace(small_plan(), scenarios=many)).own) > len(many)


def test_what_is_stamped_stands_below_what_is_shown() -> None:
    layout = lay_out_scenarios(small_plan())
    stamped = [row + layout.below for row in layout.rows]
    assert min(stamped) > max(layout.rows) + 1
    assert layout.fingerprint == layout.last_row == max(stamped) + 1
    columns = [*layout.figures.values(), layout.best, layout.state]
    assert columns == sorted(set(columns))

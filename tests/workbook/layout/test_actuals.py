"""Nothing on the sheet Actuals stands on anything else."""

from __future__ import annotations

from ftroi.workbook.layout.actuals import lay_out_actuals
from tests.support.edited import small_plan
from tests.support.tracked import BILLED, billed_plan


def test_the_blocks_follow_each_other() -> None:
    at = lay_out_actuals(billed_plan())
    rows = [
        *at.head.values(), *at.completion.values(), at.category_header, *at.rows.values(), at.together,
        *at.apart.values(), at.month_header, *at.months, at.list_header,
    ]  # fmt: skip
    assert rows == sorted(set(rows))
    assert at.last_amount == at.list_header + len(BILLED)


def test_a_list_without_amounts_keeps_a_blank_row() -> None:
    at = lay_out_actuals(small_plan())
    assert at.last_amount == at.list_header + 1

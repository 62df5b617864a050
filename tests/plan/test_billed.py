"""What a plan keeps of bills is data alone, equal where its parts are."""

from __future__ import annotations

from ftroi.plan.billed import Actuals
from tests.support.tracked import billed_plan


def test_the_same_amounts_are_the_same_actuals() -> None:
    one, other = billed_plan("A. Smith").actuals, billed_plan("A. Smith").actuals
    assert one == other
    assert isinstance(one, Actuals)
    assert one != billed_plan("B. Jones").actuals

"""How sure it is, as a paper tells it: the simulation's own figures where they are fresh, and else how to get them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from lxml import etree

from ftroi.plan import Plan
from ftroi.report.html import html_of
from ftroi.termsheet.simulated_names import BEATS_REFERENCE
from tests.support.edited import small_plan
from tests.support.papers import paper
from tests.support.simulated import simulated_plan


def told(plan: Plan) -> str:
    """The words of a plan's paper."""
    root = etree.fromstring(html_of(paper(plan)), etree.HTMLParser(encoding="utf-8"))
    parts = root.xpath("//body//text()")
    assert isinstance(parts, list)
    return re.sub(r"\s+", " ", " ".join(map(str, parts)))


def other_inputs() -> Plan:
    """A plan that was changed after its simulation."""
    return simulated_plan().with_base("requests_per_month", 400_000)


HALF_UP = 1e-12
"""The paper rounds a half up, as a spreadsheet does; Python rounds it to an even digit."""


def test_fresh_odds_and_ranges_of_every_option_are_told() -> None:
    plan = simulated_plan()
    shown, simulated = told(plan), plan.simulated
    assert simulated is not None
    for option in plan.settings.options:
        odds, high = (simulated.number(name, option) for name in (BEATS_REFERENCE, "tco.p90"))
        assert odds is not None
        assert high is not None
        assert f"{odds + HALF_UP:.1%}" in shown
        assert (f"{high / 1000:,.0f}" if high else "–") in shown
    assert f"{simulated.stamp.draws} draws" in shown
    assert "ftroi simulate" not in shown


@pytest.mark.parametrize(
    "made,why",
    [
        (small_plan, "Not simulated yet"),
        (other_inputs, "The inputs have changed since the simulation"),
    ],
)
def test_without_fresh_figures_the_paper_says_why(made: Callable[[], Plan], why: str) -> None:
    shown = told(made())
    assert f"{why}: odds and ranges are not known." in shown
    assert "of the draws" not in shown

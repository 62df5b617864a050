"""A paper's section on what changed: from the earlier plan's figures to this one's."""

from __future__ import annotations

from ftroi.analysis.difference import compare_plans
from ftroi.plan import calculate
from ftroi.report.changes import changes_since
from ftroi.report.content import paper_of
from ftroi.report.number_text import money_of
from ftroi.report.paper import Heading, Table, Text
from tests.support.edited import small_plan

BEFORE = small_plan()
AFTER = BEFORE.with_base("requests_per_month", 2_000_000).with_base("discount_rate", 0.08)


def test_the_waterfall_leads_from_the_earlier_figures_to_todays() -> None:
    found, money = compare_plans(BEFORE, AFTER), money_of("USD", 1.0)
    waterfall, listed = (one for one in changes_since(found, "january.xlsx", money) if isinstance(one, Table))
    assert [row[0] for row in (waterfall.rows[0], waterfall.rows[-1])] == ["Before", "Now"]
    assert {row[0] for row in waterfall.rows[1:-1]} <= {row[0] for row in listed.rows}
    option = AFTER.settings.candidate
    for column, name in ((1, "tco"), (2, "npv")):
        assert waterfall.rows[0][column] == money.words(calculate(BEFORE).number(name, option))
        assert waterfall.rows[-1][column] == money.words(calculate(AFTER).number(name, option))
    assert {("500,000", "2,000,000"), ("10%", "8%")} <= {row[2:] for row in listed.rows}


def test_it_stands_in_the_paper_where_an_earlier_plan_is_named() -> None:
    found = compare_plans(BEFORE, AFTER)
    with_it = paper_of(AFTER, calculate(AFTER), since=("january.xlsx", found)).blocks
    assert Heading("What changed since january.xlsx") in with_it
    assert not any("What changed" in str(block) for block in paper_of(AFTER, calculate(AFTER)).blocks)


def test_nothing_changed_is_said() -> None:
    told = list(changes_since(compare_plans(BEFORE, BEFORE), "january.xlsx", money_of("USD", 1.0)))
    assert isinstance(told[-1], Text)
    assert told[-1].text.startswith("Nothing")

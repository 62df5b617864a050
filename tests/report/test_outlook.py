"""A paper's tables of years, scenarios and what would have to be true give what the plan gives."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ftroi.plan import calculate
from ftroi.plan.plan import NamedScenario
from ftroi.report.content import paper_of
from ftroi.report.number_text import money_of
from ftroi.report.outlook import turning_points, years_and_scenarios
from ftroi.report.paper import Heading, Picture, Table, Text
from tests.support.charts import words_of
from tests.support.edited import small_plan
from tests.support.simulated import simulated_plan


def test_years_add_up_to_the_cost_and_scenarios_are_the_three_cases() -> None:
    plan = small_plan()
    results, money = calculate(plan), money_of("USD", 1e6)
    years, scenarios = (one for one in years_and_scenarios(plan, results, money) if isinstance(one, Table))
    option = plan.settings.option
    cost = next(row for row in years.rows if row[0] == "Cost")
    assert cost[-1] == money.words(results.number("tco", option))
    assert [column.header for column in scenarios.columns] == ["Measure", "Optimistic", "Base", "Pessimistic"]
    npv = next(row for row in scenarios.rows if row[0].startswith("Net present value"))
    wanted = (calculate(plan, case).number("npv", option) for case in ("optimistic", "base", "pessimistic"))
    assert npv[1:] == tuple(money.words(one) for one in wanted)


def test_scenarios_of_ones_own_stand_beside_the_three_cases() -> None:
    half = small_plan().entries["requests_per_month"].base / 2
    plan = replace(small_plan(), scenarios=(NamedScenario("Half the requests", f"requests_per_month={half}"),))
    results, money = calculate(plan), money_of("USD", 1e6)
    _, scenarios = (one for one in years_and_scenarios(plan, results, money) if isinstance(one, Table))
    assert [column.header for column in scenarios.columns][-1] == "Half the requests"
    npv = next(row for row in scenarios.rows if row[0].startswith("Net present value"))
    halved = small_plan().with_base("requests_per_month", half)
    assert npv[-1] == money.words(calculate(halved).number("npv", plan.settings.option)) != npv[2]


def test_the_status_quo_has_a_line_of_its_own_and_no_chart_is_without_a_point() -> None:
    plan = small_plan()
    titles = plan.template.views.charts
    assert titles.shares is not None
    pictures = {one.title: one for one in paper_of(plan, calculate(plan)).blocks if isinstance(one, Picture)}
    nothing = plan.template.options["do_nothing"].short
    assert any(word.startswith(f"{nothing}: ") for word in words_of(pictures[titles.months]))
    assert titles.shares.title in pictures
    worthless = plan.with_base("value_per_request", 0.0)
    shown = {one.title for one in paper_of(worthless, calculate(worthless)).blocks if isinstance(one, Picture)}
    assert titles.months in shown
    assert titles.shares.title not in shown


def test_what_would_have_to_be_true_says_how_far_it_is() -> None:
    plan = small_plan()
    results = calculate(plan)
    table = next(one for one in turning_points(plan, results) if isinstance(one, Table))
    lead = next(row for row in table.rows if row[0].startswith("Quality lead"))
    room = results.number("quality_lead", plan.settings.candidate) if "quality_lead" in results.template.lines else None
    assert lead[3].startswith(("holds by ", "short by "))
    assert room is None or f"{room:.1%}" == lead[1]


def test_a_simulated_paper_shows_ranges_and_a_distribution_and_no_paper_shows_commands() -> None:
    for plan in (small_plan(), simulated_plan()):
        paper = paper_of(plan, calculate(plan), today=date(2030, 2, 3))
        texts = " ".join(one.text for one in paper.blocks if isinstance(one, Text | Heading))
        assert "ftroi " not in texts
        assert "2030-02-03" in texts
    titles = [one.title for one in paper.blocks if isinstance(one, Picture)]
    assert any(title.startswith("NPV of every option") for title in titles)
    assert any(title.startswith("Distribution of NPV") for title in titles)

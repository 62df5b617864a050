"""One table of calls with what each has to give, for every host to run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ftroi import __version__
from ftroi.analysis import give_verdict, judge_plan
from ftroi.analysis.break_even import BreakEvenQuery, break_even, break_even_report
from ftroi.analysis.cadence import cadence, cadence_report
from ftroi.analysis.report import Report, calc_report, compare_report, verdict_report
from ftroi.analysis.sensitivity import tornado_report
from ftroi.analysis.sweep import target_named
from ftroi.functions.question import Answer
from ftroi.functions.risk_answers import TORNADO_COLUMNS
from ftroi.plan import Plan, calculate
from ftroi.prices.listed import listed_prices
from ftroi.prices.tokens import list_price, price_age

MEASURES = {
    "FT_TCO": "tco", "FT_TCO_PV": "tco_pv", "FT_VISIBLE": "visible", "FT_HIDDEN": "hidden",
    "FT_HIDDEN_MULTIPLE": "hidden_multiple", "FT_LIFETIME_MULTIPLE": "lifetime_multiple", "FT_NPV": "npv",
    "FT_ROI": "roi", "FT_IRR": "irr", "FT_MIRR": "mirr", "FT_PAYBACK": "payback_months",
    "FT_EXPECTED_NPV": "expected_npv", "FT_UNIT_COST": "unit_cost",
}  # fmt: skip
"""The functions that give one measure, with the key of the figure in ``ftroi calc --json``."""

OTHER = "rag"
"""The option that is named in calls, and is not the one shown."""


@dataclass(frozen=True)
class Call:
    """A call: the function, the question's own arguments, the option ("" for none), and the answer."""

    function: str
    question: tuple[Any, ...]
    option: str
    expected: Answer


def report_of(plan: Plan, option: str) -> Report:
    """What ``ftroi calc --json`` prints."""
    asked = plan.with_settings(option=option or plan.settings.option)
    return calc_report(asked, calculate(asked))


def measure(report: Report, name: str) -> float | str:
    """A measure's number, or its text."""
    value: float | None = report["measures"][name]
    return value if value is not None else str(report["notes"][name]["text"])


def figure_calls(plan: Plan) -> Iterator[Call]:
    """Every function with a figure, for the option shown and for another."""
    for option in ("", OTHER):
        report = report_of(plan, option)
        yield from (Call(name, (), option, measure(report, asked)) for name, asked in MEASURES.items())
        yield from (Call("FT_MEASURE", (name,), option, measure(report, name)) for name in report["measures"])
        yield from (Call("FT_COST", (name, None), option, sum_) for name, sum_ in report["by_category"].items())
        yield from (Call("FT_COST", (name, None), option, sum_) for name, sum_ in report["by_line"].items())
        for year, sums in report["by_year"].items():
            yield Call("FT_COST", ("visible", int(year)), option, sums["visible"])
            yield Call("FT_COST", ("hidden", year), option, sums["hidden"])
            yield Call("FT_VALUE", (float(year),), option, sums["value"])
        yield Call("FT_COST", ("hidden", None), option, report["measures"]["hidden"])
        yield Call("FT_VALUE", (None,), option, report["measures"]["value"])


def table_calls(plan: Plan) -> Iterator[Call]:
    """The tables that are made of reported figures; FT_COMPARE takes no option."""
    report = compare_report(plan, calculate(plan))
    columns = {
        option: {"measures": values, "notes": report["notes"][option]} for option, values in report["options"].items()
    }
    rows = [(name, *(measure(column, name) for column in columns.values())) for name in plan.template.measures]
    yield Call("FT_COMPARE", (), "", (("measure", *columns), *rows))
    for option in ("", OTHER):
        yield Call("FT_SCHEDULE", ("year", "category"), option, yearly(report_of(plan, option)))


def yearly(report: Report) -> Answer:
    """The totals of the schedule by year: its last three rows."""
    years = report["by_year"].values()
    costs, values = [year["tco"] for year in years], [year["value"] for year in years]
    nets = [value - cost for value, cost in zip(values, costs, strict=True)]
    named = (("cost", costs), ("value", values), ("net", nets))
    return tuple((name, *amounts, sum(amounts)) for name, amounts in named)


def risk_calls(plan: Plan) -> Iterator[Call]:
    """The functions on risk."""
    for option in ("", OTHER):
        asked = plan.with_settings(option=option or plan.settings.option)
        for name in ("value_per_request", "prompt_engineering.quality_level"):
            found = break_even_report(asked, break_even(asked, BreakEvenQuery(target_named(asked, name), "npv")))
            yield Call("FT_BREAKEVEN", (name,), option, found["value"])
        if not option:
            months = cadence_report(asked, cadence(asked))["best"]["months"]
            yield Call("FT_CADENCE", (), option, float(months))
        bars = tornado_report(asked, "npv", 4)["tornado"]
        rows = tuple(tuple(bar[column] for column in TORNADO_COLUMNS) for bar in bars)
        yield Call("FT_TORNADO", (4,), option, (TORNADO_COLUMNS, *rows))
        yield Call("FT_BREAKEVEN", ("sunk_costs",), option, "none: it makes no difference to the net present value")


def text_calls(plan: Plan) -> Iterator[Call]:
    """The verdict and the version."""
    results = calculate(plan)
    verdict = verdict_report(give_verdict(plan, results, judge_plan(plan, results)))
    conditions = [f"Conditions: {'; '.join(verdict['conditions'])}."] if verdict["conditions"] else []
    yield Call("FT_VERDICT", (), "", " ".join([verdict["sentence"], *verdict["reasons"], *conditions]))
    yield Call("FT_VERSION", (), "", f"ftroi {__version__}; template {plan.template.id} {plan.template.version}")


def price_calls(plan: Plan) -> Iterator[Call]:
    """Prices of the template's list and of tokens, in a plan of the template's own currency."""
    listed = {one.name: one.table for one in listed_prices(plan.template)}
    today = datetime.now().astimezone().date()
    for name in ("gpu_h100_on_demand", "object_storage"):
        yield Call("FT_PRICE", (name, None), "", float(listed[name].price))
        yield Call("FT_PRICE", (name, "high"), "", float(listed[name].high))
        yield Call("FT_PRICE", (name, "age"), "", float((today - listed[name].checked).days))
    tokens = list_price("gpt-4o", None, today)
    assert tokens.input is not None
    assert tokens.output is not None
    yield Call("FT_PRICE", ("gpt-4o", None), "", tokens.input)
    yield Call("FT_PRICE", ("gpt-4o", "output"), "", tokens.output)
    age = price_age(today).age(today)
    assert age is not None
    yield Call("FT_PRICE", ("gpt-4o", "age"), "", float(age))


def calls(plan: Plan) -> list[Call]:
    """The whole table of calls for a plan."""
    return [*figure_calls(plan), *table_calls(plan), *risk_calls(plan), *price_calls(plan), *text_calls(plan)]

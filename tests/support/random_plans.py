"""Random plans: every option, case, switch and horizon, figures up to the ends of their ranges, own costs.

A plan is drawn over another one and keeps its options, so that its figures can be typed into that
one's workbook. Nothing is left out but what the language refuses by design: a figure outside its
range, a broken order of low, base and high, a part of a number where whole ones are wanted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from ftroi.dates import serial
from ftroi.engine import NOTHING
from ftroi.plan import CASES, Entry, OwnCost, Plan, plan_from_preset
from ftroi.termsheet import Assumption
from tests.support.plans import fine_tuning

MOST_OWN_COSTS = 6
_SWITCH = (0.0, 1.0)
_FIRST_START, _DAYS = date(2026, 1, 1), 1500
FAR_AWAY = 73_050
"""The day that stands for none, 2099-12-31."""

_DATES = (46_000, 48_500)
"""2025-12-09 to 2032-10-13: before, inside and after every horizon."""

_MOSTLY = {
    "horizon_months": (1, 60), "build_months": (1, 12), "retrain_months": (1, 18), "abandonment_month": (0, 40),
    "base_age_at_start": (0, 30), "base_lifetime": (4, 60), "rebase_months": (2, 40), "deferral_months": (0, 14),
    "withdrawal_event_month": (0, 40), "leap_month": (0, 40),
}  # fmt: skip
"""Where most draws fall, for figures whose range is so wide that nothing would ever happen inside it."""


def base_plan(*options: str, preset: str = "support_assistant") -> Plan:
    """A plan to draw over, with some options of a preset or all."""
    return plan_from_preset(fine_tuning(), preset, options)


def random_plan(seed: int, preset: str | None = None) -> Plan:
    """The plan of a seed, with all options of a preset, which the seed chooses unless one is named.

    Doing nothing stays what it is.
    """
    presets = sorted(fine_tuning().presets)
    over = base_plan(preset=preset or presets[seed % len(presets)])
    plan = drawn_plan(seed, over)
    kept = {name: _with_own(plan.entries[name], "do_nothing", entry.own) for name, entry in over.entries.items()}
    return replace(plan, entries=kept)


def _with_own(entry: Entry, option: str, own: Mapping[str, float]) -> Entry:
    """An entry with the own value of one option, or without any for it."""
    others = {one: value for one, value in entry.own.items() if one != option}
    return replace(entry, own=others | ({option: own[option]} if option in own else {}))


def drawn_plan(seed: int, over: Plan) -> Plan:
    """The plan of a seed, with the options of the plan that it is drawn over."""
    draw = Random(seed)  # noqa: S311 - reproducible, not secret
    entries = {name: _entry(draw, over, name) for name in over.entries}
    options = over.settings.options
    costs = tuple(_own_cost(draw, over, number) for number in range(draw.randint(0, MOST_OWN_COSTS)))
    drawn = replace(over, entries=entries, own_costs=costs).with_settings(
        option=draw.choice(options),
        reference=draw.choice(options),
        candidate=draw.choice(options),
        case=draw.choice(CASES),
        start=_FIRST_START + timedelta(days=draw.randrange(_DAYS)),
        incumbent=draw.choice(options),
    )
    return meant(drawn)


def meant(plan: Plan) -> Plan:
    """A plan without inputs that contradict each other: what the program refuses, or counts as something else.

    The incumbent is in use, dates come in order, a proof of concept comes before go-live, escalation has a price.
    """
    incumbent, start = plan.settings.incumbent, serial(plan.settings.start)
    plan = plan.with_own("in_use", incumbent, 1) if incumbent != NOTHING else plan
    if plan.entries["escalation_price"].base == 0:
        plan = plan.with_base("escalation_price", 0.001)
    for option in plan.settings.options:
        value = {name: plan.entries[name].value(option) for name in _IN_ORDER}
        live = value["deferral_months"] + value["build_months"]
        if value["abandonment_month"] > live:
            plan = plan.with_own("abandonment_month", option, live)
        closes = value["available_until"] if value["available_until"] < FAR_AWAY else 0
        if value["withdrawal_date"] < max(start, closes):
            plan = plan.with_own("withdrawal_date", option, max(start, closes))
    return plan


_IN_ORDER = ("deferral_months", "build_months", "abandonment_month", "available_until", "withdrawal_date")


def _entry(draw: Random, plan: Plan, name: str) -> Entry:
    assumption, entry = plan.template.assumptions[name], plan.entries[name]
    if assumption.table.kind == "constant" or name == plan.template.views.roles.last_start:
        return entry  # a plan that cannot be started has no verdict, which would be all that it shows
    base = _figure(draw, assumption, entry)
    own = {option: _own(draw, assumption, entry, option) for option in _with_own_value(draw, plan, assumption)}
    if assumption.table.kind != "uncertain":
        return Entry(base, own=own)
    low, high = _ends(draw, assumption, base)
    return Entry(base, low, high, entry.distribution, own)


def _with_own_value(draw: Random, plan: Plan, assumption: Assumption) -> list[str]:
    """Choose the options with a value of their own: often those that have one, sometimes others."""
    if assumption.table.scope == "plan":
        return []
    has = plan.entries[assumption.name].own
    return [option for option in plan.settings.options if draw.random() < (0.8 if option in has else 0.2)]


def _own(draw: Random, assumption: Assumption, entry: Entry, option: str) -> float:
    keeps = option == "do_nothing" and option in entry.own and draw.random() < 0.8
    return entry.own[option] if keeps else _figure(draw, assumption, entry)


def _figure(draw: Random, assumption: Assumption, entry: Entry) -> float:
    """Draw near the figure that the plan has, now and then at an end of the range or anywhere inside it."""
    table = assumption.table
    if table.unit == "date":
        return float(draw.randint(*_DATES))
    least, most = table.range or (0.5 * entry.base, 2 * entry.base + 1)
    if table.whole and (least, most) == _SWITCH:
        return draw.choice(_SWITCH)
    chance = draw.random()
    if chance < 0.05:
        value = least
    elif chance < 0.1:
        value = _within(most, least, 4 * abs(entry.base) + 1)
    else:
        value = draw.uniform(*_usual(assumption, entry))
    value = _within(value, least, most)
    return float(round(value)) if table.whole else value


def _usual(assumption: Assumption, entry: Entry) -> tuple[float, float]:
    """The ends that most figures are drawn between."""
    if assumption.name in _MOSTLY:
        return _MOSTLY[assumption.name]
    spread = 0.8 * abs(entry.base) + (0 if entry.base else 1)
    low = entry.base if entry.low is None else entry.low
    high = entry.base if entry.high is None else entry.high
    return min(low, entry.base - spread), max(high, entry.base + spread)


def _ends(draw: Random, assumption: Assumption, base: float) -> tuple[float, float]:
    """Draw low and high around a base, inside the range; either may be the base itself."""
    least, most = assumption.table.range or (base - 1, base + 1)
    room = abs(base) + (0 if base else 1)
    low = base - draw.choice((0.0, draw.random())) * min(base - least, room)
    high = base + draw.choice((0.0, draw.random())) * min(most - base, 2 * room)
    return _within(low, least, base), _within(high, base, most)


def _within(value: float, least: float, most: float) -> float:
    return max(least, min(most, value))


def _own_cost(draw: Random, plan: Plan, number: int) -> OwnCost:
    first = draw.randint(1, 60)
    at_decision = plan.template.at_decision
    # One in four is paid on the day of the decision.
    category = at_decision if draw.random() < 0.25 else draw.choice(plan.template.cost_categories)
    return OwnCost(
        label=f"own cost {number}",
        option=draw.choice(("all", "all_but_do_nothing", *plan.settings.options)),
        category=category,
        nature="cash" if category == at_decision else draw.choice(("cash", "economic")),
        first_month=0 if category == at_decision else first,
        last_month=0 if category == at_decision else draw.randint(first, 70),
        amount=draw.uniform(-2_000, 20_000),
        growth=draw.choice((0.0, draw.uniform(-0.5, 0.6))),
        how_often=draw.choice(("monthly", "monthly", "yearly", "once")),
    )

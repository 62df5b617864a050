"""Comparing a plan with today's prices and dates: which prices have moved, and what each move does to the decision.

A move is a value of the plan that differs from the price list. Token prices are those of the model that the user names;
other prices are the template's dated prices, for assumptions that have exactly one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ftroi.actuals.tracking import tracking_of
from ftroi.analysis import give_verdict, judge_plan
from ftroi.analysis.difference import measures_of
from ftroi.dates import calendar_day, month_after
from ftroi.errors import Finding, PlanError
from ftroi.plan import Plan, calculate
from ftroi.prices.listed import ListedPrice, listed_prices
from ftroi.prices.tokens import list_price
from ftroi.termsheet import serial
from ftroi.termsheet.files import read_toml

_USD, _HEAD = "USD", "template.toml"
_RELATIVE_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Move:
    """A price of the plan (``was``) and of the list (``now``), in ``unit``; ``option`` is "" for the base."""

    name: str
    option: str
    label: str
    unit: str
    was: float
    now: float
    source: str

    @property
    def key(self) -> str:
        """The name by which the move is accepted, as in ``--set``."""
        return f"{self.option}.{self.name}" if self.option else self.name

    def applied(self, plan: Plan) -> Plan:
        """The plan with the list's price."""
        return plan.with_own(self.name, self.option, self.now) if self.option else plan.with_base(self.name, self.now)


@dataclass(frozen=True, slots=True)
class State:
    """The result of a plan: the candidate's cost and net present value, in money, and the verdict."""

    cost: float
    gain: float | None
    verdict: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """The day on which a vendor withdraws an option's product, and the plan's result if it stayed."""

    day: date
    without: State


@dataclass(frozen=True, slots=True)
class Reassessment:
    """The moves, the plan's results before, with each move alone and with all together, and notices.

    ``withdrawals`` are those within the plan, by option; ``staying`` is the result if every product stayed.
    """

    plan: Plan
    moves: tuple[Move, ...]
    before: State
    alone: Mapping[str, State]
    together: State
    notices: tuple[Finding, ...]
    withdrawals: Mapping[str, Withdrawal]
    staying: State


def reassess(plan: Plan, models: Mapping[str, str], today: date) -> Reassessment:
    """Compare a plan with the price lists on a day; ``models`` maps options to the models whose tokens they buy.

    Raises PlanError for a model without a price, and for an option that the plan does not have.
    """
    moves = (*_moved_list_prices(plan), *_moved_token_prices(plan, models, today))
    alone = {move.key: state_of(move.applied(plan)) for move in moves}
    changed = plan
    for move in moves:
        changed = move.applied(changed)
    days = _withdrawn(plan)
    withdrawals = {option: Withdrawal(day, state_of(_staying(plan, [option]))) for option, day in days.items()}
    before, notices = state_of(plan), tuple(_notices(plan, today))
    staying = state_of(_staying(plan, days)) if days else before
    return Reassessment(plan, moves, before, alone, state_of(changed), notices, withdrawals, staying)


def state_of(plan: Plan) -> State:
    """The result of a plan."""
    results, (cost, gain) = calculate(plan), measures_of(plan.template)
    verdict = give_verdict(plan, results, judge_plan(plan, results))
    option = plan.settings.candidate
    return State(results.number(cost, option), results.measure(gain, option).value, verdict.word, verdict.sentence)


def _moved_list_prices(plan: Plan) -> Iterator[Move]:
    rate = plan.settings.exchange_rate or 1.0
    for name, prices in _by_assumption(plan).items():
        if len(prices) > 1:
            continue
        table, base = prices[0].table, plan.entries[name].base
        if abs(table.price * rate - base) > _RELATIVE_TOLERANCE * max(1.0, abs(base)):
            assumption = plan.template.assumptions[name].table
            source = f"{prices[0].source}, {table.checked.isoformat()}"
            yield Move(name, "", assumption.label, assumption.unit, base, table.price * rate, source)


def _by_assumption(plan: Plan) -> dict[str, list[ListedPrice]]:
    found: dict[str, list[ListedPrice]] = {}
    for price in listed_prices(plan.template):
        if price.table.assumption in plan.entries:
            found.setdefault(price.table.assumption, []).append(price)
    return found


def _moved_token_prices(plan: Plan, models: Mapping[str, str], today: date) -> Iterator[Move]:
    tokens = tracking_of(plan.template).tokens
    if not models:
        return
    rate = _usd_rate(plan)
    for option, model in models.items():
        if option not in plan.settings.options:
            cure = f"choose from {', '.join(plan.settings.options)}"
            raise PlanError(Finding(f"--model {option}={model}", f"the plan has no option '{option}'", cure))
        listed = list_price(model, None, today)
        names = (tokens.input_price, tokens.output_price) if tokens else ()
        for name, price in zip(names, (listed.input, listed.output), strict=False):
            if name is None or price is None:
                continue
            was, assumption = plan.entries[name].value(option), plan.template.assumptions[name].table
            if abs(price * rate - was) > _RELATIVE_TOLERANCE * max(1.0, abs(was)):
                source = f"genai-prices, {listed.provider} {listed.model}"
                yield Move(name, option, assumption.label, assumption.unit, was, price * rate, source)


def _usd_rate(plan: Plan) -> float:
    """The price of one US dollar in the plan's currency; raises PlanError if it is not known."""
    settings = plan.settings
    if settings.currency == _USD:
        return 1.0
    # The template of a converted plan has the plan's currency; only its file still states the original one.
    own = read_toml(plan.template.folder, _HEAD).tables.get("currency")
    if own == _USD and settings.exchange_rate:
        return settings.exchange_rate
    what = f"list prices of tokens are in USD, and the plan, in {settings.currency}, has no rate to it"
    raise PlanError(Finding("--model", what, "leave it out, or type the token prices yourself"))


def _notices(plan: Plan, today: date) -> Iterator[Finding]:
    """Notices on overdue reviews, assumptions with several list prices, and products withdrawn during the plan."""
    for name, remark in plan.remarks.items():
        if isinstance(remark.review_by, date) and remark.review_by < today:
            owner = f", by {remark.owner}" if remark.owner else ""
            what = f"was to be reviewed until {remark.review_by.isoformat()}{owner}"
            yield Finding(name, what, "look at it, and enter the next date")
    for name, prices in _by_assumption(plan).items():
        if len(prices) > 1 and not _is_among(plan, name, prices):
            listed = ", ".join(f"{price.table.label} {price.table.price:g}" for price in prices)
            yield Finding(name, f"is {plan.entries[name].base:g}; the lists have {listed}", "choose, and type it")
    end = month_after(plan.settings.start, plan.horizon)
    for option, day in _withdrawn(plan).items():
        label = plan.template.options[option].label
        what = f"the vendor withdraws it on {day.isoformat()}, before the plan ends on {end.isoformat()}"
        yield Finding(f"{label} ({option})", what, "the plan holds the cost; see 'ftroi choices'")


def _is_among(plan: Plan, name: str, prices: Sequence[ListedPrice]) -> bool:
    rate = plan.settings.exchange_rate or 1.0
    return any(abs(price.table.price * rate - plan.entries[name].base) <= _RELATIVE_TOLERANCE for price in prices)


def _withdrawn(plan: Plan) -> dict[str, date]:
    """The days on which products are withdrawn within the plan, by option."""
    named = plan.template.views.alternatives
    if named is None:
        return {}
    end = month_after(plan.settings.start, plan.horizon)
    days = {one: calendar_day(plan.entries[named.withdrawal].value(one)) for one in plan.settings.options}
    return {option: day for option, day in days.items() if day < end}


def _staying(plan: Plan, options: Iterable[str]) -> Plan:
    """The plan with the products of these options not withdrawn before it ends."""
    named = plan.template.views.alternatives
    if named is None:
        return plan
    end = serial(month_after(plan.settings.start, plan.horizon))
    for option in options:
        plan = plan.with_own(named.withdrawal, option, end)
    return plan

"""A plan held against the lists: what moved, what each move does, and what is to be looked at."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ftroi.dates import serial
from ftroi.errors import PlanError
from ftroi.plan import Plan, Remark
from ftroi.plan.currency import in_currency
from ftroi.prices.listed import listed_prices
from ftroi.prices.reassess import reassess, state_of
from ftroi.prices.tokens import list_price
from tests.support.edited import small_plan

TODAY = date(2026, 11, 25)


def current() -> Plan:
    """The small plan with every listed price that stands alone."""
    plan = small_plan()
    for move in reassess(plan, {}, TODAY).moves:
        plan = move.applied(plan)
    return plan


def test_nothing_has_moved_in_a_plan_at_list_price() -> None:
    found = reassess(current(), {}, TODAY)
    assert found.moves == ()
    assert found.together == found.before


def test_a_price_that_moved_and_what_it_does() -> None:
    plan = current()
    listed = {one.table.assumption: one.table.price for one in listed_prices(plan.template)}
    moved = plan.with_base("gpu_price", listed["gpu_price"] * 2)
    (move,) = reassess(moved, {}, TODAY).moves
    assert (move.key, move.was, move.now) == ("gpu_price", listed["gpu_price"] * 2, listed["gpu_price"])
    assert "2026-11-23" in move.source
    found = reassess(moved, {}, TODAY)
    assert found.alone["gpu_price"] == found.together == state_of(plan)


def test_tokens_are_those_of_the_model_that_is_named() -> None:
    plan = current().with_own("input_token_price", "rag", 9.0).with_own("output_token_price", "rag", 9.0)
    found = reassess(plan, {"rag": "gpt-4o-mini"}, TODAY)
    price = list_price("gpt-4o-mini", None, TODAY)
    assert {move.key: move.now for move in found.moves} == {
        "rag.input_token_price": price.input,
        "rag.output_token_price": price.output,
    }
    after = plan
    for move in found.moves:
        after = move.applied(after)
    assert state_of(after) == found.together


@pytest.mark.parametrize("models", [{"rag": "no-such-model"}, {"cascade": "gpt-4o"}])
def test_a_model_or_an_option_that_there_is_not(models: dict[str, str]) -> None:
    with pytest.raises(PlanError):
        reassess(small_plan(), models, TODAY)


def test_tokens_in_another_currency_need_a_rate() -> None:
    with pytest.raises(PlanError, match="has no rate"):
        reassess(small_plan().with_settings(currency="EUR"), {"rag": "gpt-4o"}, TODAY)
    plan = replace(small_plan(), template=in_currency(small_plan().template, "EUR", 0.5))
    plan = plan.with_settings(currency="EUR", exchange_rate=0.5, exchange_rate_date=TODAY)
    moves = {move.key: move.now for move in reassess(plan, {"rag": "gpt-4o"}, TODAY).moves}
    price = list_price("gpt-4o", None, TODAY).input
    assert price is not None
    assert moves["rag.input_token_price"] == price / 2


def test_what_is_past_its_review_and_what_is_withdrawn() -> None:
    plan = current().with_own("withdrawal_date", "rag", serial(date(2027, 12, 31)))
    plan = replace(plan, remarks={"gpu_price": Remark(owner="A. Smith", review_by=date(2026, 11, 1))})
    told = [str(one) for one in reassess(plan, {}, TODAY).notices]
    assert any("gpu_price: was to be reviewed until 2026-11-01, by A. Smith" in one for one in told)
    assert any("(rag): the vendor withdraws it on 2027-12-31" in one for one in told)


def test_a_withdrawal_is_held_against_the_plan_in_which_the_product_stays() -> None:
    stays = current()
    option, day = stays.settings.candidate, date(2027, 12, 31)
    found = reassess(stays.with_own("withdrawal_date", option, serial(day)), {}, TODAY)
    assert {name: one.day for name, one in found.withdrawals.items()} == {option: day}
    assert found.withdrawals[option].without == found.staying == state_of(stays)
    assert found.before.cost > found.staying.cost
    assert reassess(stays, {}, TODAY).withdrawals == {}

"""Formulas taken apart into terms are the same formulas: with the same figures, and fewer products."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftroi.engine.numba_backend.sum_of_products import Expansion, Terms, added, coefficient, multiplied, scaled, without
from ftroi.language import Name, Node, Number, evaluate, parse, references

MOVING = ("flag", "index", "volume", "work")
VALUES = {"flag": 1.0, "index": 1.25, "volume": 40.0, "work": 7.0, "price": 3.0, "rate": 0.5, "wage": 11.0}
WORK = "flag * price + index * rate"
"""The formula of the line ``work``, in the tests that take it apart."""


def moves(tree: Node) -> bool:
    return any(mention.name in MOVING for mention in references(tree))


def value(tree: Node) -> float:
    return evaluate(tree, lambda name, _via: value(parse(WORK)) if name == "work" else VALUES[name])


def terms(text: str, *, through: bool = False) -> Terms:
    inner = Expansion(moves, lambda _: None)
    return Expansion(moves, lambda name: inner.terms(parse(WORK)) if through and name == "work" else None).terms(
        parse(text)
    )


def sum_of(found: Terms) -> float:
    return sum(value(coefficient(ones)) * math.prod(map(value, factors)) for factors, ones in found.items())


LEAVES = st.sampled_from((*MOVING, "price", "rate", "wage", "1", "0"))
FORMULAS = st.recursive(
    LEAVES,
    lambda part: st.one_of(
        st.tuples(part, st.sampled_from("+-*"), part).map(lambda one: f"({one[0]} {one[1]} {one[2]})"),
        part.map(lambda one: f"({one} / wage)"),
        part.map(lambda one: f"(-{one})"),
        st.tuples(part, part).map(lambda one: f"MAX({one[0]}, {one[1]})"),
    ),
    max_leaves=12,
)


@given(FORMULAS, st.booleans())
@settings(max_examples=300, deadline=None, derandomize=True)
def test_the_terms_of_a_formula_add_up_to_it(text: str, through: bool) -> None:
    expected = value(parse(text))
    assert sum_of(terms(text, through=through)) == pytest.approx(expected, rel=1e-9, abs=1e-6)
    for factors, ones in terms(text, through=through).items():
        assert all(map(moves, factors))
        assert not any(map(moves, ones))


def test_what_is_multiplied_alike_is_one_term() -> None:
    found = terms("flag * price * index + rate * index * flag / wage - flag")
    assert [len(ones) for ones in found.values()] == [2, 1]
    assert sum_of(found) == pytest.approx(3 * 1.25 + 0.5 * 1.25 / 11 - 1)


def test_lines_are_taken_apart_by_their_readers_and_what_cancels_goes() -> None:
    assert terms("work - price * flag", through=True) != terms("work - price * flag")
    assert added(terms("flag + index"), scaled(terms("flag"), Number(-1.0))) == terms("index")


def test_a_sum_that_is_multiplied_by_what_moves_stays_a_factor() -> None:
    assert len(terms("(flag + index) * volume")) == 1
    assert len(terms("(flag + index) * price")) == 2
    assert set(multiplied(parse("price * work * flag + volume"), moves)) == {"work", "flag", "price"}


def test_a_sum_is_found_within_another() -> None:
    whole, part = terms("flag * price + index * rate + flag * wage"), terms("flag * wage + index * rate")
    assert without(whole, part) == terms("flag * price")
    assert without(part, whole) is None
    assert without(part, {(Name("volume"),): (Number(1.0),)}) is None

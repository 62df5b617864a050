"""Calls that go wrong and what they have to say, and how two answers are compared, for every host to run."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ftroi.functions.arguments import Rows, Scalar
from ftroi.functions.call import ERROR
from ftroi.functions.question import Answer
from ftroi.termsheet import serial
from tests.support.function_calls import Call
from tests.support.function_sheet import Workbook


def positional(asked: Call, rows: Rows | None) -> list[Any]:
    """A call's arguments in the order of the registry."""
    given = [*asked.question, rows]
    return [*given, asked.option] if asked.option else given


def assert_same(found: Answer, expected: Answer, what: object) -> None:
    """Compare two answers, numbers to 1e-12; of a schedule the totals alone are known."""
    if isinstance(expected, tuple):
        assert isinstance(found, tuple)
        last = found[-len(expected) :]
        assert [len(row) for row in last] == [len(row) for row in expected], what
        for row, wanted in zip(last, expected, strict=True):
            for one, other in zip(row, wanted, strict=True):
                assert_same(one, other, what)
    elif isinstance(expected, str):
        assert found == expected, what
    else:
        assert found == pytest.approx(expected, rel=1e-12, abs=1e-6), what


class From1904(Workbook):
    """A workbook that counts days from 1904."""

    days_offset = int(serial(date(1904, 1, 1)))


def in_1904(rows: Rows) -> Rows:
    """A rectangle as such a workbook holds it."""

    def held(one: Scalar) -> Scalar:
        if isinstance(one, date):
            return serial(date(one.year, one.month, one.day)) - From1904.days_offset
        return one

    return tuple(tuple(map(held, row)) for row in rows)


EDITS: list[tuple[str, str, Scalar, list[str]]] = [
    ("discount_rate", "base", "#N/A", ["discount_rate", "#N/A", "correct its formula"]),
    ("discount_rate", "base", None, ["discount_rate", "is empty", "type a number"]),
    ("discount_rate", "base", True, ["discount_rate", "TRUE"]),
    ("discount_rate", "base", "ten", ["discount_rate", "'ten'"]),
    ("discount_rate", "base", 10.0, ["discount_rate", "for 10% type 10% or 0.1"]),
    ("template", "value", "mine", ["mine", "ftroi template add"]),
    ("option", "value", "rags", ["option", "'rags'", "did you mean 'rag'"]),
]

INPUTS_HERE = object()
"""Stands for FT_Inputs among arguments."""
QUESTIONS: list[tuple[str, list[Any], list[str]]] = [
    ("FT_TCO", [INPUTS_HERE, "rags"], ["option", "'rags'", "did you mean 'rag'"]),
    ("FT_TCO", ["rag"], ["inputs", "single value", "FT_Inputs"]),
    ("FT_TCO", [((1.0, 2.0), (3.0, 4.0))], ["inputs", "'setting'", "2 more"]),
    ("FT_TCO", [INPUTS_HERE, ((1.0, 2.0),)], ["option", "1 rows and 2 columns", "one cell"]),
    ("FT_TCO", [((None,) * 201,) * 2], ["201 columns"]),
    ("FT_TCO", [INPUTS_HERE, "rag", 1], ["3 arguments", "=FT_TCO(FT_Inputs)"]),
    ("FT_COST", [None, None, INPUTS_HERE], ["item", "missing", "=FT_COST("]),
    ("FT_COST", ["hidde", None, INPUTS_HERE], ["item", "did you mean 'hidden'"]),
    ("FT_COST", ["npv", None, INPUTS_HERE], ["is a measure", 'FT_MEASURE("npv")']),
    ("FT_COST", ["hidden", 9, INPUTS_HERE], ["year 9", "1 to 3"]),
    ("FT_COST", ["hidden", 1.5, INPUTS_HERE], ["year", "whole number"]),
    ("FT_MEASURE", ["np", INPUTS_HERE], ["no measure 'np'", "did you mean 'npv'"]),
    ("FT_EXPLAIN", ["data_labelling", 99, INPUTS_HERE], ["month 99", "horizon"]),
    ("FT_SCHEDULE", ["yaer", None, INPUTS_HERE], ["by", "did you mean 'year'"]),
]


def assert_error(found: Answer, words: list[str]) -> None:
    text = found[0][0] if isinstance(found, tuple) else found
    assert isinstance(text, str)
    assert text.startswith(ERROR)
    assert "\n" not in text
    assert [word for word in words if word not in text] == [], text

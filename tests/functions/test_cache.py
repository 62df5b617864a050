"""Many cells on the same inputs cost one evaluation, and edited inputs are never answered from before."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest

from ftroi.errors import Finding, PlanError, TemplateError
from ftroi.functions.arguments import PlainRows, Rows, Scalar, key_of
from ftroi.functions.cache import Cache
from ftroi.functions.call import call
from ftroi.functions.session import EVALUATED, JUDGEMENTS, MOST_ANSWERS, MOST_CACHED, Evaluated
from ftroi.plan import calculate
from ftroi.termsheet import serial
from tests.support.function_sheet import edited, inputs, plan


@pytest.fixture(autouse=True)
def _empty() -> None:
    EVALUATED.clear()
    JUDGEMENTS.clear()


def test_five_hundred_cells_cost_one_evaluation() -> None:
    for number in range(500):
        name = ("FT_TCO", "FT_NPV", "FT_COMPARE", "FT_GATES")[number % 4]
        call(name, [[list(row) for row in inputs()]])
    assert EVALUATED.statistics.computed == 1
    assert JUDGEMENTS.statistics.computed == 1


def test_each_edit_is_answered_anew() -> None:
    option = plan().settings.option
    for rate in (0.05, 0.06, 0.07, 0.05):
        expected = calculate(plan().with_base("discount_rate", rate)).number("tco_pv", option)
        assert call("FT_TCO_PV", [edited(inputs(), "discount_rate", "base", rate)]) == pytest.approx(expected)
    assert EVALUATED.statistics.computed == 3


def test_one_and_true_are_not_the_same_inputs() -> None:
    number, truth = (edited(inputs(), "discount_rate", "base", one) for one in (1.0, True))
    assert key_of(number) != key_of(truth)
    assert isinstance(call("FT_TCO", [number]), float)
    assert "TRUE" in str(call("FT_TCO", [truth]))


def test_the_same_values_have_one_key_whether_or_not_cells_share_an_object() -> None:
    text, day = "a text of a cell", date(2027, 1, 1)
    other = f"{text} "[:-1]
    assert text is not other
    assert key_of(((text, text, 0.1),)) == key_of(((text, other, 0.1),))
    assert key_of(((text, day),)) == key_of(((other, date(2027, 1, 1)),)) != key_of(((text, date(2027, 1, 2)),))


def plain(rows: Rows) -> PlainRows:
    """A rectangle as Calc hands it over: floats and texts alone."""
    return PlainRows(tuple("" if one is None else one if isinstance(one, str) else float_of(one) for one in row)
                     for row in rows)  # fmt: skip


def float_of(one: Scalar) -> float:
    return serial(date(one.year, one.month, one.day)) if isinstance(one, date) else float(str(one))


def test_rectangles_of_floats_and_texts_are_their_own_keys() -> None:
    books = [plain(edited(inputs(), "discount_rate", "base", rate)) for rate in (0.05, 0.06)]
    again = [plain(edited(inputs(), "discount_rate", "base", rate)) for rate in (0.05, 0.06)]
    expected = [call("FT_TCO_PV", [tuple(book)]) for book in books]
    EVALUATED.clear()
    for one, two in ((books[0], books[1]), (again[0], again[1]), (books[0], again[0])):
        found = [call("FT_TCO_PV", [one]), call("FT_TCO_PV", [two])]
        assert found[0] == expected[0]
        assert found[1] == expected[two is not again[0]]
    assert EVALUATED.statistics.computed == 2
    assert EVALUATED.statistics.found == 4


def test_a_question_is_answered_once_for_each_state_of_the_inputs() -> None:
    state = Evaluated(plan())
    asked: list[int] = []

    def find(number: int) -> int:
        asked.append(number)
        return number

    assert [state.answer(number % 3, lambda: find(number)) for number in range(6)] == [0, 1, 2, 0, 1, 2]  # noqa: B023 - at once
    assert asked == [0, 1, 2]
    for number in range(10, 10 + MOST_ANSWERS):
        state.answer(number, lambda: find(0))
    assert state.answer(0, lambda: "anew") == "anew"  # the first one fell out


def test_two_workbooks_in_many_threads_never_mix() -> None:
    books: list[Rows] = [edited(inputs(), "discount_rate", "base", 0.01 * number) for number in range(1, 5)]
    expected = [call("FT_TCO_PV", [rows]) for rows in books]
    EVALUATED.clear()
    start = Barrier(8)

    def ask(first: int) -> list[object]:
        start.wait()
        return [call("FT_TCO_PV", [books[(first + number) % 4]]) for number in range(40)]

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(8)))
    assert answers == [[expected[(first + number) % 4] for number in range(40)] for first in range(8)]
    assert EVALUATED.statistics.computed == 4


def test_no_more_is_kept_than_the_bound() -> None:
    for number in range(MOST_CACHED + 3):
        call("FT_TCO", [edited(inputs(), "discount_rate", "base", 0.01 + number / 1000)])
    assert EVALUATED.statistics.kept == MOST_CACHED


def test_the_value_that_was_not_asked_for_longest_goes_first() -> None:
    cache: Cache[str] = Cache(2)
    for key in ("a", "b", "a", "c"):
        cache.get(key, lambda key=key: key)  # type: ignore[misc]  # the default binds the loop's value
    assert cache.get("a", lambda: "again") == "a"
    assert cache.get("b", lambda: "again") == "again"


def test_an_error_is_kept_and_a_templates_is_not() -> None:
    cache: Cache[str] = Cache(2)

    def fail(error: type[PlanError | TemplateError]) -> str:
        raise error(Finding("here", "is wrong"))

    for kind, computed in ((PlanError, 1), (TemplateError, 3)):
        for _ in range(2):
            with pytest.raises(kind):
                cache.get(kind, lambda kind=kind: fail(kind))  # type: ignore[misc]  # binds the loop's value
        assert cache.statistics.computed == computed

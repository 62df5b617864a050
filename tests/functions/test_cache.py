"""Many cells on the same inputs cost one evaluation, and edited inputs are never answered from before."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest

from ftroi.errors import Finding, PlanError, TemplateError
from ftroi.functions.cache import Cache
from ftroi.functions.call import call
from ftroi.functions.evaluated import EVALUATED, JUDGEMENTS, MOST_KEPT
from ftroi.functions.values import Rows, key_of
from ftroi.plan import calculate
from tests.functions.sheet import edited, inputs, plan


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
    for number in range(MOST_KEPT + 3):
        call("FT_TCO", [edited(inputs(), "discount_rate", "base", 0.01 + number / 1000)])
    assert EVALUATED.statistics.kept == MOST_KEPT


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

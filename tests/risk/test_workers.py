"""Work side by side gives what work one after another gives."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from ftroi.risk.workers import in_parallel


def slow_square(number: int) -> int:
    time.sleep(0.002 * (number % 3))
    return number * number


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_results_come_in_the_order_of_the_items(workers: int) -> None:
    assert list(in_parallel(slow_square, range(20), workers)) == [number * number for number in range(20)]


@pytest.mark.parametrize("workers", [1, 3])
def test_the_first_error_in_order_is_raised(workers: int) -> None:
    def refusing(number: int) -> int:
        if number >= 5:
            raise ValueError(number)
        return slow_square(number)

    with pytest.raises(ValueError, match="5"):
        list(in_parallel(refusing, range(20), workers))


def test_few_items_are_taken_ahead() -> None:
    taken = 0

    def items() -> Iterator[int]:
        nonlocal taken
        for number in range(100):
            taken += 1
            yield number

    results = in_parallel(slow_square, items(), 2)
    assert next(results) == 0
    assert taken <= 4

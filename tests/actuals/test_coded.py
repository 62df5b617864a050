"""Columns as codes and words."""

from __future__ import annotations

import numpy as np

from ftroi.actuals.coded import coded, codes_and_words, constant, joined_words, stripped, where_word


def test_words_that_stand_twice_become_one() -> None:
    column = coded(np.array([0, 1, 2]), ["a", "b", "a"])
    assert column.tolist() == ["a", "b", "a"]
    assert len(column.cat.categories) == 2


def test_words_are_joined_without_gaps_and_repetitions() -> None:
    first, second = coded(np.array([0, 1, 2]), ["a", "", "b"]), coded(np.array([0, 1, 2]), ["a", "c", "d"])
    assert joined_words([first, second]).tolist() == ["a", "c", "b, d"]


def test_an_empty_column_stays_empty() -> None:
    assert constant("x", 0).tolist() == []
    assert joined_words([constant("", 0)]).tolist() == []


def test_each_word_is_asked_once() -> None:
    asked: list[str] = []

    def wanted(word: str) -> bool:
        asked.append(word)
        return word == "b"

    column = coded(np.array([0, 1, 1, 0]), [" a", "b "])
    assert where_word(column, wanted).tolist() == [False, True, True, False]
    assert asked == ["a", "b"]
    assert stripped(column).tolist() == ["a", "b", "b", "a"]
    assert codes_and_words(stripped(column))[1] == ["a", "b"]

"""Text columns in categorical form: each distinct text of a long bill is processed once, however many rows have it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np


def coded(codes: Any, words: Sequence[str]) -> Any:
    """A column of categories from a code for each row and a word for each code; words may stand twice."""
    import pandas as pd

    places, names = pd.factorize(np.array(words, dtype=object))
    return pd.Series(pd.Categorical.from_codes(places[codes] if len(names) else codes, pd.Index(names)))


def constant(word: str, count: int) -> Any:
    """A column with the same word in each row."""
    return coded(np.zeros(count, dtype=np.int8), [word])


def codes_and_words(column: Any) -> tuple[Any, list[str]]:
    """The code of each row of a column of categories, and the word of each code, without spaces around it."""
    return column.cat.codes.to_numpy(), [str(word).strip() for word in column.cat.categories]


def stripped(column: Any) -> Any:
    """A column of categories without spaces around its words."""
    return coded(*codes_and_words(column))


def where_word(column: Any, wanted: Any) -> Any:
    """Say for each row of a column of categories whether its word is wanted: ``wanted(word)`` is asked once a word."""
    codes, words = codes_and_words(column)
    return np.array([bool(wanted(word)) for word in words], dtype=bool)[codes]


def filled(column: Any, rows: Any, by: Any) -> Any:
    """A column of categories with another's words in some rows."""
    import pandas as pd

    return pd.Series(np.where(rows, by.astype(object), column.astype(object))).astype("category")


def joined_words(columns: Sequence[Any]) -> Any:
    """Join columns of categories row by row by ", ", those that are empty or were said before left out."""
    pairs = [codes_and_words(column) for column in columns]
    combined = np.zeros(len(columns[0]), dtype=np.int64)
    for codes, words in pairs:
        combined = combined * len(words) + codes
    places, codes_of = _factorised(combined)
    texts = []
    for place in places:
        rest, parts = int(place), []
        for _, words in reversed(pairs):
            rest, code = divmod(rest, len(words))
            parts.append(words[code])
        texts.append(", ".join(dict.fromkeys(part for part in reversed(parts) if part)))
    return coded(codes_of, texts)


def _factorised(numbers: Any) -> tuple[Any, Any]:
    import pandas as pd

    codes, uniques = pd.factorize(numbers)
    return uniques, codes

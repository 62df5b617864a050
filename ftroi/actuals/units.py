"""Units of bills in one spelling: "1K Tokens" and "1M tokens" are tokens, times a thousand or a million."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from ftroi.actuals.coded import coded, codes_and_words
from ftroi.actuals.texts import Column
from ftroi.errors import Finding

_COUNTED = re.compile(
    r"^\s*([\d,.]+)?\s*(?:(thousands?|millions?|billions?|mm|k|m|b)(?![a-z]))?[\s/-]*(.*?)\s*$", re.IGNORECASE
)
_TIMES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "mm": 1e6, "million": 1e6, "b": 1e9, "billion": 1e9}
_WORDS = {"tok": "token", "hrs": "hour", "hr": "hour", "h": "hour", "gib": "GiB", "gb": "GB", "gbs": "GB"}
"""Spellings of one unit."""

_UNCLEAR = {"m", "mm"}
_SHORT = 2
_DIGITS = re.compile(r"^\d")


def normalised(quantity: Any, unit: Any, column: Column, notes: list[Finding]) -> tuple[Any, Any]:
    """Quantities in plain units, and the units; a bare M, a thousand or a million, is left as it is and told."""
    codes, words = codes_and_words(unit)
    read = [_unit(word) for word in words]
    for place, word in enumerate(words):
        if word.casefold() in _UNCLEAR and (codes == place).any():
            row = int(np.flatnonzero(codes == place)[0])
            what = f"the unit '{word}' may be a thousand or a million: its quantities stay as they are"
            notes.append(column.finding(row, what, "name the unit in full, such as 1K tokens or 1M tokens"))
    factors = np.array([factor for factor, _ in read])
    return quantity * factors[codes], coded(codes, [name for _, name in read])


def _unit(text: str) -> tuple[float, str]:
    """The factor of a unit, and its plain name: "10K Tokens" is 10,000 and "token"."""
    bare = text.strip()
    if not bare or bare.casefold() in _UNCLEAR:
        return 1.0, bare
    found = _COUNTED.match(bare)
    if found is None or not (found[1] or found[3]):
        return 1.0, bare
    count = float(found[1].replace(",", "")) if found[1] and _DIGITS.match(found[1]) else 1.0
    return count * _TIMES.get((found[2] or "").casefold().removesuffix("s"), 1.0), _plain(found[3])


def _plain(name: str) -> str:
    """A unit's name in the singular, in one spelling."""
    low = name.strip().casefold()
    single = low.removesuffix("s") if len(low) > _SHORT and not low.endswith("ss") else low
    return _WORDS.get(low) or _WORDS.get(single) or single

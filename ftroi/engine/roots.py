"""All positive roots of a polynomial, isolated in exact arithmetic.

Intervals are bisected until Descartes' rule of signs shows one root or none in each (Collins and Akritas 1976). A float
is an integer over a power of two, so that all computation is exact in integers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

_DEEPEST = 90
"""Halvings after which roots that still cannot be told apart count as one."""
_REFINED = 70
"""Halvings of an interval that holds one root."""


def positive_roots(coefficients: Sequence[float]) -> list[float]:
    """The positive roots of sum c[k] x^k, in no particular order; a multiple root is listed once.

    Leading and trailing zero coefficients are ignored. A polynomial with fewer than two terms that are not zero has no
    positive root.
    """
    whole = _trimmed(_whole_numbers(coefficients))
    if len(whole) < 2:  # noqa: PLR2004 - a single term has no root
        return []
    # All roots are below 2^scale (Cauchy's bound), so x = 2^scale y brings them into 0 < y < 1.
    ratio = max(abs(one) for one in whole[:-1]) // abs(whole[-1]) + 2
    scale = ratio.bit_length()
    scaled = [one << (scale * power) for power, one in enumerate(whole)]
    return [float(root * 2**scale) for root in _roots_in_unit(scaled)]


def _whole_numbers(coefficients: Sequence[float]) -> list[int]:
    ratios = [float(one).as_integer_ratio() for one in coefficients]
    common = max((below for _, below in ratios), default=1)
    return [above * (common // below) for above, below in ratios]


def _trimmed(coefficients: list[int]) -> list[int]:
    places = [place for place, one in enumerate(coefficients) if one]
    return coefficients[places[0] : places[-1] + 1] if places else []


def _roots_in_unit(polynomial: list[int]) -> Iterator[Fraction]:
    """The roots between 0 and 1; each interval on the stack has its own polynomial, rescaled to 0..1."""
    waiting = [(polynomial, 0, 0)]
    while waiting:
        current, place, depth = waiting.pop()
        changes = _sign_changes(_shifted_by_one(current[::-1]))
        if changes == 1:
            yield (place + _only_root(current)) / 2**depth
        elif changes > 1 and depth >= _DEEPEST:
            yield Fraction(2 * place + 1, 2 ** (depth + 1))
        elif changes > 1:
            top = len(current) - 1
            left = [one << (top - power) for power, one in enumerate(current)]
            right = _shifted_by_one(left)
            if right[0] == 0:
                yield Fraction(2 * place + 1, 2 ** (depth + 1))
                right = right[1:]
            waiting += [(left, 2 * place, depth + 1), (right, 2 * place + 1, depth + 1)]


def _shifted_by_one(polynomial: list[int]) -> list[int]:
    """The coefficients of p(x + 1)."""
    shifted = list(polynomial)
    for done in range(len(shifted) - 1):
        for power in range(len(shifted) - 2, done - 1, -1):
            shifted[power] += shifted[power + 1]
    return shifted


def _sign_changes(coefficients: list[int]) -> int:
    signs = [one > 0 for one in coefficients if one]
    return sum(before != after for before, after in pairwise(signs))


def _only_root(polynomial: list[int]) -> Fraction:
    """The single root between 0 and 1, by bisection."""
    starts_positive = next(one for one in polynomial if one) > 0
    place, depth = 0, 0
    for _ in range(_REFINED):
        place, depth = 2 * place, depth + 1
        worth = _scaled_value(polynomial, place + 1, depth)
        if worth == 0:
            return Fraction(place + 1, 2**depth)
        if (worth > 0) == starts_positive:
            place += 1
    return Fraction(2 * place + 1, 2 ** (depth + 1))


def _scaled_value(polynomial: list[int], place: int, depth: int) -> int:
    """p(place / 2^depth), scaled by a power of two to an integer; only its sign and zero matter."""
    top = len(polynomial) - 1
    result = 0
    for power in range(top, -1, -1):
        result = result * place + (polynomial[power] << (depth * (top - power)))
    return result

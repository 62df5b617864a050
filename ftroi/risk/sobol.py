"""Scrambled Sobol points: they fill the unit cube more evenly than independent draws, and differ with every seed.

Column d of a Sobol sequence has one direction number for each bit of a point's index, as a binary fraction; the next
point differs from the last by the direction number of one bit (Gray code). A random lower triangular matrix of bits and
a random shift scramble each column, without harm to its evenness (Matoušek 1998). Points equal those of
``scipy.stats.qmc.Sobol(names, bits=53)`` from the same generator, bit by bit; but to import scipy.stats alone takes as
long as some 10,000 draws of a plan. For more columns than `MOST_COLUMNS` scipy's are drawn.

`sobol_directions.txt` holds the primitive polynomials and initial direction numbers of Joe and Kuo (2008, search
criterion D6, https://web.maths.unsw.edu.au/~fkuo/sobol/), a row for each column from the second.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from ftroi.engine import FloatArray

BITS = 53
"""The bits of a point: as many as a float holds."""

MOST_COLUMNS = 512
"""The columns whose direction numbers stand in the file."""

_DIRECTIONS = "sobol_directions.txt"

Bits = NDArray[np.uint64]
"""Whole numbers below 2**BITS, the highest bit for one half."""


class SobolPoints:
    """The points of one scrambled sequence of at most `MOST_COLUMNS` columns, made in their order."""

    def __init__(self, columns: int, generator: np.random.Generator) -> None:
        generator = generator.spawn(1)[0]  # as scipy does
        powers = np.uint64(1) << np.arange(BITS, dtype=np.uint64)
        self._last = generator.integers(2, size=(columns, BITS), dtype=np.uint64) @ powers
        triangles = np.tril(generator.integers(2, size=(columns, BITS, BITS), dtype=np.uint64))
        triangles[:, np.arange(BITS), np.arange(BITS)] = 1
        self._directions = _scrambled(directions(columns), triangles @ powers[::-1], powers[::-1])
        self._made = 0

    def random(self, count: int) -> FloatArray:
        """The next points as count × columns, from 0 to below 1."""
        indices = np.arange(self._made, self._made + count, dtype=np.uint64)
        changed_bits = np.bitwise_count(~indices & (indices - np.uint64(1)))
        steps = self._directions[changed_bits.astype(np.intp) % BITS]
        if not self._made:
            steps[0] = 0
        steps[0] ^= self._last
        points = np.bitwise_xor.accumulate(steps, axis=0)
        self._last, self._made = points[-1], self._made + count
        return points * 2.0**-BITS


def _scrambled(numbers: Bits, matrices: Bits, powers: Bits) -> Bits:
    """Direction numbers, bits × columns, each times its column's matrix modulo 2; ``matrices`` are columns × rows."""
    parities = np.bitwise_count(matrices & numbers[:, :, np.newaxis]) & np.uint8(1)
    return np.asarray(parities.astype(np.uint64) @ powers)


@lru_cache(maxsize=8)
def directions(columns: int) -> Bits:
    """The direction numbers as bits × columns, at most `MOST_COLUMNS`."""
    text = (files("ftroi.risk") / _DIRECTIONS).read_text(encoding="utf-8")
    rows = [row for row in text.splitlines() if not row.startswith("#")]
    known = [[1] * BITS, *(_direction_numbers(*map(int, row.split())) for row in rows[: columns - 1])]
    shifts = np.arange(BITS - 1, -1, -1, dtype=np.uint64)
    return np.array(known[:columns], dtype=np.uint64).T << shifts[:, np.newaxis]


def _direction_numbers(polynomial: int, *first: int) -> list[int]:
    """One column's direction numbers, each times a power of two, by the recurrence of its primitive polynomial.

    ``polynomial`` has the coefficients as bits, the highest power first; its degree is the number of ``first``.
    """
    degree, numbers = len(first), list(first)
    while len(numbers) < BITS:
        new = numbers[-degree]
        for power in range(1, degree + 1):
            if polynomial >> (degree - power) & 1:
                new ^= numbers[-power] << power
        numbers.append(new)
    return numbers[:BITS]

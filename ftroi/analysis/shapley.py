"""Shapley values: attributing a difference to its causes so that the shares add up and no order is preferred.

``value(subset)`` is the result with the changes of a subset made. The share of a cause is what it adds, averaged over
all orders in which the changes could be made (Shapley 1953). Up to 12 causes are computed exactly. More causes are
grouped first; each group's share is then attributed within the group, with all other groups before and after their
change. The remainder of the group's share, its interaction with other groups, is distributed in proportion to size.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import comb

import numpy as np

from ftroi.engine import FloatArray

MOST = 12
"""The most causes whose shares are computed exactly, with 2^12 = 4,096 subsets."""

Value = Callable[[list[frozenset[str]]], FloatArray]
"""Maps a list of subsets to their results, subsets × measures."""


def shapley_shares(groups: Mapping[str, Sequence[str]], value: Value) -> dict[str, FloatArray]:
    """The share of each cause in value(all) − value(none), as an array with an entry for each measure.

    ``groups`` are the causes by group; groups matter only for more than 12 causes.
    """
    causes = [cause for members in groups.values() for cause in members]
    if not causes:
        return {}
    if len(causes) <= MOST:
        return _exact([(cause,) for cause in causes], frozenset(), value)
    blocks = _blocks([tuple(members) for members in groups.values() if members])
    return _within(blocks, frozenset(), frozenset(), value)


def _blocks(groups: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Merge neighbouring groups until there are few enough to compute exactly."""
    if len(groups) == 1:
        size = -(-len(groups[0]) // MOST)
        return [groups[0][start : start + size] for start in range(0, len(groups[0]), size)]
    while len(groups) > MOST:
        place = min(range(len(groups) - 1), key=lambda one: len(groups[one]) + len(groups[one + 1]))
        groups = [*groups[:place], groups[place] + groups[place + 1], *groups[place + 2 :]]
    return groups


def _within(
    blocks: list[tuple[str, ...]], before: frozenset[str], after: frozenset[str], value: Value
) -> dict[str, FloatArray]:
    """Attribute to blocks, then to the causes of each block."""
    of_blocks = _average(blocks, before, after, value)
    everything = frozenset(cause for block in blocks for cause in block)
    shares: dict[str, FloatArray] = {}
    for block in blocks:
        share = of_blocks[block[0]]
        if len(block) == 1:
            shares[block[0]] = share
            continue
        others = everything - frozenset(block)
        if len(block) <= MOST:
            inside = _average([(cause,) for cause in block], before, after | others, value)
        else:
            inside = _within(_blocks([block]), before, after | others, value)
        shares |= _with_remainder(inside, share)
    return shares


def _average(
    blocks: list[tuple[str, ...]], before: frozenset[str], after: frozenset[str], value: Value
) -> dict[str, FloatArray]:
    """The mean of the shares with all other causes before, and after, their change."""
    low = _exact(blocks, before, value)
    if before == after:
        return low
    high = _exact(blocks, after, value)
    return {name: (low[name] + high[name]) / 2 for name in low}


def _with_remainder(inside: Mapping[str, FloatArray], share: FloatArray) -> dict[str, FloatArray]:
    """The shares with the remainder of their block's share added, in proportion to size, or evenly if all are 0."""
    rest = share - sum(inside.values())
    sizes = {name: np.abs(one) for name, one in inside.items()}
    whole = sum(sizes.values())
    even = 1.0 / len(inside)
    weights = {name: np.where(whole > 0, size / np.where(whole > 0, whole, 1.0), even) for name, size in sizes.items()}
    return {name: one + rest * weights[name] for name, one in inside.items()}


def _exact(blocks: list[tuple[str, ...]], made: frozenset[str], value: Value) -> dict[str, FloatArray]:
    """The exact shares of blocks, with the changes in ``made`` already made; a block is named by its first cause."""
    count = len(blocks)
    subsets = [
        made.union(*(block for place, block in enumerate(blocks) if number >> place & 1)) for number in range(2**count)
    ]
    figures = value(subsets)
    sizes = np.array([number.bit_count() for number in range(2**count)])
    weights = np.array([1 / (count * comb(count - 1, size)) for size in range(count)])
    shares = {}
    for place, block in enumerate(blocks):
        without = np.flatnonzero((np.arange(2**count) >> place & 1) == 0)
        added = figures[without | 1 << place] - figures[without]
        shares[block[0]] = (added * weights[sizes[without]].reshape(-1, 1)).sum(axis=0)
    return shares

"""Sharing a difference among its causes, so that the shares add up and no order is preferred (Shapley 1953).

``value(subset)`` is the figure with the changes of a subset made; a cause's share is what it adds, averaged over every
order in which the causes could be made. Up to 12 causes are shared among exactly. More are put into groups first, and
each group's share is then shared within it, with the other groups once all as before and once all as after; what is
left of the group's share by then, its interplay with the others, goes to its causes by their size.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import comb

import numpy as np

from ftroi.engine import FloatArray

MOST = 12
"""As many causes are shared among exactly: 4,096 subsets."""

Value = Callable[[list[frozenset[str]]], FloatArray]
"""The figures of many subsets at once, subsets × figures."""


def shared(groups: Mapping[str, Sequence[str]], value: Value) -> dict[str, FloatArray]:
    """Each cause's share of value(all) − value(none), by cause; the shares are arrays of figures.

    ``groups`` holds the causes by the group that they are in. Up to 12 causes their groups do not matter.
    """
    causes = [cause for members in groups.values() for cause in members]
    if not causes:
        return {}
    if len(causes) <= MOST:
        return _exact([(cause,) for cause in causes], frozenset(), value)
    blocks = _blocks([tuple(members) for members in groups.values() if members])
    return _within(blocks, frozenset(), frozenset(), value)


def _blocks(groups: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Put groups together, neighbours first, until there are no more than can be shared among exactly."""
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
    """Share among blocks, then among the causes of each."""
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
        shares |= _scaled(inside, share)
    return shares


def _average(
    blocks: list[tuple[str, ...]], before: frozenset[str], after: frozenset[str], value: Value
) -> dict[str, FloatArray]:
    """The mean share with the other causes as before, and as after."""
    low = _exact(blocks, before, value)
    if before == after:
        return low
    high = _exact(blocks, after, value)
    return {name: (low[name] + high[name]) / 2 for name in low}


def _scaled(inside: Mapping[str, FloatArray], share: FloatArray) -> dict[str, FloatArray]:
    """Make shares add up to their block's: what is left goes to each by its size, or evenly where all are 0."""
    rest = share - sum(inside.values())
    sizes = {name: np.abs(one) for name, one in inside.items()}
    whole = sum(sizes.values())
    even = 1.0 / len(inside)
    weights = {name: np.where(whole > 0, size / np.where(whole > 0, whole, 1.0), even) for name, size in sizes.items()}
    return {name: one + rest * weights[name] for name, one in inside.items()}


def _exact(blocks: list[tuple[str, ...]], made: frozenset[str], value: Value) -> dict[str, FloatArray]:
    """Share exactly among blocks, with the changes of ``made`` made already; each is named by its first cause."""
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

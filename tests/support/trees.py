"""Random trees of nodes, for property tests.

`SOUND` trees have conditions only where they may stand, as a checked formula does; `TREES` have
them anywhere, as the parser lets them.
"""

from __future__ import annotations

from typing import TypeAlias

from hypothesis import strategies as st

from ftroi.language import COMPARISONS, FUNCTIONS, OPERATORS, Binary, Call, Name, Negative, Node, Number
from ftroi.language.signature import Function, Takes

Nodes: TypeAlias = st.SearchStrategy[Node]

LARGEST = 1e300
MOST_TRIED = 3
MOST_LEAVES = 12

NAMES = st.sampled_from(["month", "fee", "price_per_label", "x_1"]).map(Name)
NUMBERS = st.builds(Number, st.floats(min_value=0, max_value=LARGEST, allow_subnormal=False), percent=st.booleans())
LEAVES: Nodes = st.one_of([NAMES, NUMBERS])


def binaries(symbols: set[str], numbers: Nodes) -> Nodes:
    return st.builds(Binary, st.sampled_from(sorted(symbols)), numbers, numbers)


def conditions(numbers: Nodes) -> Nodes:
    compared = binaries(set(COMPARISONS), numbers)
    turned = st.builds(Call, st.just("NOT"), st.tuples(compared))
    joined = st.builds(Call, st.sampled_from(["AND", "OR"]), st.tuples(compared, compared))
    return st.one_of([compared, turned, joined])


def calls(function: Function, numbers: Nodes) -> Nodes:
    """Calls of a function with each number of arguments that it takes, up to three."""
    kinds: dict[Takes, Nodes] = {Takes.CONDITION: conditions(numbers), Takes.ROW: NAMES}
    counts = range(function.minimum, min(function.maximum, MOST_TRIED) + 1)
    arguments = [
        st.tuples(*(kinds.get(function.takes_at(position), numbers) for position in range(count))) for count in counts
    ]
    return st.builds(Call, st.just(function.name), st.one_of(arguments))


def sound_compounds(numbers: Nodes) -> Nodes:
    giving_numbers = [function for function in FUNCTIONS.values() if function.gives is not None]
    arithmetic = [st.builds(Negative, numbers), binaries(set(OPERATORS) - COMPARISONS, numbers)]
    return st.one_of([*arithmetic, *(calls(function, numbers) for function in giving_numbers)])


def compounds(nodes: Nodes) -> Nodes:
    return st.one_of([sound_compounds(nodes), conditions(nodes)])


SOUND = st.recursive(LEAVES, sound_compounds, max_leaves=MOST_LEAVES)
TREES = st.recursive(LEAVES, compounds, max_leaves=MOST_LEAVES)

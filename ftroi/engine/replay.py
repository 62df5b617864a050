"""Replaying a tape: the recorded operations on buffers that are reused, for one chunk of scenarios after another.

What does not move with the months costs more to call than to compute: it is done for a block of several chunks at
once, before and after what does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Generic, TypeVar

import numpy as np

from ftroi.engine.numpy_backend.runtime import FloatArray
from ftroi.engine.recorded import INTO_BUFFERS, side_by_side
from ftroi.engine.tape import SAMPLE, AnyArray, Figure, Node, Operand, Tape, as_number, is_row, needed, parts_of

Name = TypeVar("Name", bound=Hashable)

CHUNKS = 3
"""Chunks in a block."""

_WIDTH = 512
"""Numbers in numpy's own buffer: with few, rows are multiplied in place by what varies by month or scenario alone."""


class Replay(Generic[Name]):
    """A tape with its memory; it computes ``block`` scenarios at a time and is for one thread."""

    def __init__(self, tape: Tape, outcomes: Mapping[Name, Operand], size: int) -> None:
        """Get ready to compute ``outcomes``: figures of the tape, and arrays that do not vary.

        Months are computed for ``size`` scenarios at a time.
        """
        figures = {name: one.node for name, one in outcomes.items() if isinstance(one, Figure)}
        self._fixed = {name: one for name, one in outcomes.items() if name not in figures}
        self.block = CHUNKS * size
        before, months, after = phases(needed(tape, figures.values()))
        months = soonest(months, [*_passed(months, after), *figures.values()])
        ends = [node.root for node in figures.values()]
        passed = [*_passed(before, months), *_passed([*before, *months], after), *ends]
        places = {id(node): _memory(node, self.block) for node in (*tape.inputs.values(), *passed)}
        self._inputs = {key: places[id(node)] for key, node in tape.inputs.items()}
        self._before = Steps(before, places, self.block)
        scratch = Scratch()
        self._chunks = [
            (start, Steps(months, {key: _part(one, start, size) for key, one in places.items()}, size, scratch))
            for start in range(0, self.block, size)
        ]
        self._after = Steps(after, places, self.block)
        self._outcomes = {name: _viewed(places, node) for name, node in figures.items()}

    def run(self, values: Mapping[str, FloatArray]) -> dict[Name, FloatArray]:
        """Compute some scenarios, at most ``block``, from the inputs that vary.

        Raises FloatingPointError where a formula has no answer.
        """
        count = max(values[name].shape[2] for name, _ in self._inputs)
        for (name, option), place in self._inputs.items():
            value = values[name] if option is None else values[name][:, option : option + 1]
            place[:, :, :count] = value
            place[:, :, count:] = value[:, :, -1:]
        usual = np.setbufsize(_WIDTH)
        try:
            self._compute(count)
        finally:
            np.setbufsize(usual)
        return self._fixed | {name: array[..., :count].copy() for name, array in self._outcomes.items()}

    @property
    def operations(self) -> int:
        """How many operations a chunk takes."""
        months = (steps for _, steps in self._chunks[:1])
        return sum(len(part) for part in (self._before, *months, self._after))

    def _compute(self, count: int) -> None:
        self._before.run()
        for first, steps in self._chunks:
            if first < count:
                steps.run()
        self._after.run()


def _part(array: AnyArray, start: int, size: int) -> AnyArray:
    return array if array.shape[-1] == 1 else array[..., start : start + size]


def _viewed(places: Mapping[int, AnyArray], node: Node) -> AnyArray:
    return places[id(node)] if node.source is None else _viewed(places, node.source)[node.index]


def _memory(node: Node, size: int) -> AnyArray:
    *others, scenarios = node.sample.shape
    return np.zeros((*others, size if scenarios == SAMPLE else scenarios), node.sample.dtype)


def _passed(earlier: Iterable[Node], later: Iterable[Node]) -> list[Node]:
    """Give the figures of earlier operations whose memory later ones read."""
    read = {id(part.root) for node in later for part in parts_of(node)}
    return [node for node in earlier if id(node) in read]


def phases(nodes: Sequence[Node]) -> tuple[list[Node], list[Node], list[Node]]:
    """Part the operations into those before the months, those on the months, and those after them."""
    own = {id(node) for node in nodes}
    before: set[int] = set()
    for node in nodes:
        cheap = not is_row(node) or node.function is side_by_side or node.sample.dtype == np.bool_
        if cheap and all(id(part) in before or id(part) not in own for part in parts_of(node)):
            before.add(id(node))
    months: set[int] = set()
    for node in reversed(nodes):
        parts = parts_of(node)
        if id(node) not in before and (id(node) in months or any(map(is_row, (node, *parts)))):
            months.update(id(one) for one in (node, *parts) if id(one) not in before)
    return (
        [node for node in nodes if id(node) in before],
        [node for node in nodes if id(node) in months],
        [node for node in nodes if id(node) not in before | months],
    )


def soonest(nodes: Sequence[Node], wanted: Iterable[Node]) -> list[Node]:
    """Order operations so that what is computed is read soon, while it lies in the processor's cache."""
    own = {id(node) for node in nodes}
    found: dict[int, Node] = {}
    for one in wanted:
        waiting = [one]
        while waiting:
            node = waiting[-1]
            missing = [part for part in parts_of(node) if id(part) in own and id(part) not in found]
            if missing and id(node) not in found:
                waiting.extend(missing)
            else:
                waiting.pop()
                if id(node) in own:
                    found.setdefault(id(node), node)
    return list(found.values())


class Scratch:
    """Memory for what is soon forgotten, used again and again."""

    def __init__(self) -> None:
        """Start with none."""
        self._free: dict[Any, list[AnyArray]] = defaultdict(list)

    def take(self, node: Node, size: int) -> AnyArray:
        """Give memory for a figure of ``size`` scenarios."""
        *others, scenarios = node.sample.shape
        shape = (*others, size if scenarios == SAMPLE else scenarios)
        free = self._free[shape, node.sample.dtype]
        return free.pop() if free else np.empty(shape, node.sample.dtype)

    def give_back(self, array: AnyArray) -> None:
        """Take memory back."""
        self._free[array.shape, array.dtype].append(array)


class Steps:
    """Operations of a tape for ``size`` scenarios."""

    def __init__(
        self, nodes: Sequence[Node], places: Mapping[int, AnyArray], size: int, scratch: Scratch | None = None
    ) -> None:
        """Get ready to compute ``nodes``, in this order; ``places`` is the memory of what comes in and goes out."""
        self._size = size
        self._scratch = scratch or Scratch()
        self._places = dict(places)
        self._buffers = dict(places)
        self._steps: list[Callable[[], Any]] = []
        self._write(nodes)

    def __len__(self) -> int:
        """Give how many operations there are."""
        return len(self._steps)

    def run(self) -> None:
        """Compute."""
        for step in self._steps:
            step()

    def _write(self, nodes: Sequence[Node]) -> None:
        """Write the steps; scratch memory is free again once nobody reads it any more."""
        for node in nodes:
            if node.function is side_by_side:
                self._reserve(node)
        last = {id(part.root): node for node in nodes for part in parts_of(node)}
        for node in nodes:
            dying = {id(part.root) for part in parts_of(node) if last[id(part.root)] is node}.difference(self._places)
            if isinstance(node.function, np.ufunc):
                # It reads each number before it writes there, and so may write over what it reads.
                self._release(dying)
                self._step(node)
            else:
                self._step(node)
                self._release(dying)
        self._release({id(node) for node in nodes if id(node) in self._buffers}.difference(self._places, last))

    def _step(self, node: Node) -> None:
        if node.source is not None:
            if node.function is not None:
                self._steps.append(partial(node.function, _viewed(self._buffers, node)))
            return
        operands = [_viewed(self._buffers, one) if isinstance(one, Node) else one for one in node.operands]
        if node.function is side_by_side:
            self._steps.extend(self._copies(node, operands))
            return
        if id(node) not in self._places:
            self._buffers[id(node)] = self._scratch.take(node, self._size)
        out = self._buffers[id(node)]
        if node.function in (np.minimum, np.maximum):
            operands = [self._repeated(one) for one in operands]
        if isinstance(node.function, np.ufunc) or node.function in INTO_BUFFERS:
            self._steps.append(partial(node.function, *operands, out=out))
        elif node.function is as_number:
            self._steps.append(partial(np.copyto, out, operands[0]))
        elif node.function is not None:
            self._steps.append(partial(_copied, out, node.function, *operands))

    def _repeated(self, operand: AnyArray) -> AnyArray:
        """Repeat a single number: minima and maxima with one are slow, with many of the same they are fast."""
        return np.full(self._size, operand) if operand.size == 1 else operand

    def _reserve(self, node: Node) -> None:
        """Set memory aside for months side by side, in which each month is computed right at its place."""
        whole = self._places.setdefault(id(node), _memory(node, self._size))
        self._buffers[id(node)] = whole
        for place, part in zip(whole, node.operands, strict=True):
            if not isinstance(part, Node):
                place[...] = part
            elif part.source is None and part.function is not None and place.shape[:-1] == part.sample.shape[:-1]:
                self._buffers[id(part)] = self._places.setdefault(id(part), place)

    def _copies(self, node: Node, operands: Sequence[AnyArray]) -> Iterator[Callable[[], Any]]:
        """Copy the months that are computed elsewhere."""
        for place, part, array in zip(self._places[id(node)], node.operands, operands, strict=True):
            if isinstance(part, Node) and not np.may_share_memory(place, array):
                yield partial(np.copyto, place, array)

    def _release(self, roots: Iterable[int]) -> None:
        for root in roots:
            self._scratch.give_back(self._buffers[root])


def _copied(out: AnyArray, function: Callable[..., AnyArray], *operands: AnyArray) -> None:
    np.copyto(out, function(*operands))

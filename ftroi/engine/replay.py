"""Replaying a tape: the recorded operations on buffers that are reused, for one chunk of scenarios after another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from ftroi.engine.arrays import FloatArray
from ftroi.engine.recorded import summed
from ftroi.engine.tape import SAMPLE, AnyArray, Figure, Node, Operand, Tape, as_number


class Replay:
    """A tape with its buffers; it computes ``size`` scenarios at a time and is for one thread."""

    def __init__(self, tape: Tape, outcomes: Mapping[str, Operand], size: int) -> None:
        """Get ready to compute ``outcomes``: figures of the tape, and arrays that do not vary."""
        figures = {name: one.node for name, one in outcomes.items() if isinstance(one, Figure)}
        self._fixed = {name: one for name, one in outcomes.items() if name not in figures}
        self._size = size
        self._free: dict[Any, list[AnyArray]] = defaultdict(list)
        self._buffers = {id(node): self._buffer(node.sample) for node in tape.inputs.values()}
        self._steps: list[Callable[[], Any]] = []
        self._write(_needed(tape, figures.values()), [*tape.inputs.values(), *figures.values()])
        self._inputs = {name: self._buffers[id(node)] for name, node in tape.inputs.items()}
        self._outcomes = {name: self._buffers[id(node)] for name, node in figures.items()}

    def run(self, values: Mapping[str, FloatArray]) -> dict[str, FloatArray]:
        """Compute some scenarios, at most ``size``, from the inputs that vary.

        Raises FloatingPointError where a formula has no answer.
        """
        count = max(values[name].shape[2] for name in self._inputs)
        for name, buffer in self._inputs.items():
            buffer[:, :, :count] = values[name]
            buffer[:, :, count:] = values[name][:, :, -1:]
        for step in self._steps:
            step()
        return self._fixed | {name: array[..., :count].copy() for name, array in self._outcomes.items()}

    def _write(self, nodes: Sequence[Node], kept: Sequence[Node]) -> None:
        """Write the steps; a buffer is free again once nobody reads it any more."""
        safe = {id(node.root) for node in kept}
        last = {id(part.root): node for node in nodes for part in _parts(node)}
        for node in nodes:
            dying = {id(part.root) for part in _parts(node) if last[id(part.root)] is node} - safe
            if node.source is not None:
                self._view(node, node.source)
            elif isinstance(node.function, np.ufunc):
                # It reads each number before it writes there, and so may write over what it reads.
                self._release(dying)
                self._step(node)
                continue
            else:
                self._step(node)
            self._release(dying)

    def _view(self, node: Node, source: Node) -> None:
        self._buffers[id(node)] = self._buffers[id(source)][node.index]
        if node.function is not None:
            self._steps.append(partial(node.function, self._buffers[id(node)]))

    def _step(self, node: Node) -> None:
        operands = [self._buffers[id(one)] if isinstance(one, Node) else one for one in node.operands]
        out = self._buffers[id(node)] = self._buffer(node.sample)
        if isinstance(node.function, np.ufunc) or node.function is summed:
            self._steps.append(partial(node.function, *operands, out=out))
        elif node.function is as_number:
            self._steps.append(partial(np.copyto, out, operands[0]))
        elif node.function is not None:
            self._steps.append(partial(_copied, out, node.function, *operands))

    def _buffer(self, sample: AnyArray) -> AnyArray:
        *others, scenarios = sample.shape
        shape = (*others, self._size if scenarios == SAMPLE else scenarios)
        free = self._free[shape, sample.dtype]
        return free.pop() if free else np.empty(shape, sample.dtype)

    def _release(self, roots: set[int]) -> None:
        for root in roots:
            buffer = self._buffers[root]
            self._free[buffer.shape, buffer.dtype].append(buffer)


def _copied(out: AnyArray, function: Callable[..., AnyArray], *operands: AnyArray) -> None:
    np.copyto(out, function(*operands))


def _parts(node: Node) -> list[Node]:
    """Give the figures that one is made of."""
    parts = [one for one in node.operands if isinstance(one, Node)]
    return parts if node.source is None else [*parts, node.source]


def _needed(tape: Tape, wanted: Operand) -> list[Node]:
    """Give the nodes that the wanted ones are computed from, in order."""
    found: set[int] = set()
    waiting = list(wanted)
    while waiting:
        node = waiting.pop()
        if id(node) not in found:
            found.add(id(node))
            waiting.extend(_parts(node))
    return [node for node in tape.nodes if id(node) in found]

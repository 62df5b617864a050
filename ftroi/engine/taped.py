"""Many scenarios from a tape: recorded once for all that vary likewise, and replayed with memory of its own."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from typing import Generic, TypeAlias, TypeVar

from ftroi.engine.by_option import ApartTape, apart, flat
from ftroi.engine.inputs import Inputs
from ftroi.engine.numpy_backend.program import Program
from ftroi.engine.regroup import regrouped
from ftroi.engine.replay import Replay
from ftroi.engine.tape import SAMPLE, Operand, Tape

WORTH_PARTING = 20000
"""From so many scenarios on options are kept apart: a longer tape takes a while to write, and is replayed faster."""

_MOST_RECORDINGS, _MOST_REPLAYS = 4, 2
"""A simulation computes its lives without and with events; figures that are drawn may then change, and nothing else."""

OfOption: TypeAlias = tuple[str, int]
"""An outcome of a tape: a line, and the place of its option among those shown."""

Recording: TypeAlias = tuple[Tape, dict[OfOption, Operand]]

Thing = TypeVar("Thing")


class _Last(Generic[Thing]):
    """The last things that were made, by what they were made from."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._things: OrderedDict[Hashable, Thing] = OrderedDict()

    def of(self, key: Hashable, make: Callable[[], Thing]) -> Thing:
        if key not in self._things:
            self._things[key] = make()
            if len(self._things) > self._most:
                self._things.popitem(last=False)
        self._things.move_to_end(key)
        return self._things[key]


class _OfThread(threading.local):
    def __init__(self) -> None:
        self.replays: _Last[Replay[OfOption]] = _Last(_MOST_REPLAYS)


_of_thread = _OfThread()
_recordings: _Last[Recording] = _Last(_MOST_RECORDINGS)
_lock = threading.Lock()


def replay_of(shown: tuple[int, ...], program: Program, inputs: Inputs) -> Replay[OfOption]:
    """Give the replay of a program for all inputs that vary likewise, with outcomes of the options at ``shown``.

    Each thread has its own. Raises FloatingPointError where a formula has no answer already for what does not vary.
    """
    parted = _worth_parting(program, inputs)
    size = inputs.chunk_of_one if parted else inputs.chunk
    key = (program, shown, parted, size, *_likeness(inputs))
    return _of_thread.replays.of(key, lambda: Replay(*_recording(key, program, inputs, shown, parted=parted), size))


def _worth_parting(program: Program, inputs: Inputs) -> bool:
    """Say whether options are to be kept apart.

    They are not where rates of return are sought from regrouped flows: what is left of equal costs, rounded
    differently by option, would have a rate, too.
    """
    return (
        len(inputs.options) > 1
        and max(inputs.total, inputs.scenarios) >= WORTH_PARTING
        and not (program.sums and program.rates)
    )


def _recording(key: Hashable, program: Program, inputs: Inputs, shown: tuple[int, ...], *, parted: bool) -> Recording:
    """Give the tape of a program, and its outcomes; the last ones serve all threads."""
    with _lock:
        return _recordings.of(key, lambda: _recorded(program, inputs, shown, parted=parted))


def _likeness(inputs: Inputs) -> Iterator[Hashable]:
    """Give what two inputs share that differ in scenarios alone."""
    yield inputs.months
    yield inputs.parties
    for name, value in (*inputs.values.items(), *inputs.own.items()):
        yield name, value.shape[:2], value.tobytes() if value.shape[2] == 1 else None


def _recorded(program: Program, inputs: Inputs, shown: tuple[int, ...], *, parted: bool) -> Recording:
    tape = ApartTape() if parted else Tape()
    values = {
        name: inputs.values[name] if inputs.values[name].shape[2] == 1 else apart(tape, name, sample)
        for name, sample in inputs.part(0, SAMPLE).values.items()
        if name in program.assumptions
    }
    outcomes = flat(program.record(values, inputs.own, inputs.months, *inputs.parties), shown)
    return regrouped(tape, outcomes) if program.sums else (tape, outcomes)

"""Evaluating a template for given inputs: all options at once, scenarios in chunks."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias, TypeVar
from weakref import WeakKeyDictionary

import numpy as np

from ftroi.engine.arrays import FloatArray
from ftroi.engine.faults import name_fault
from ftroi.engine.kernels import with_compiled_months
from ftroi.engine.program import Program, compile_template
from ftroi.engine.regroup import regrouped
from ftroi.engine.replay import Replay
from ftroi.engine.results import Results
from ftroi.engine.tape import SAMPLE, Operand, Tape
from ftroi.termsheet import Template

ROW = 50_000
"""About how many numbers a row of months × options × scenarios has at a time, so that rows stay in the cache."""

_FEWEST = 64

COMPILED_CHUNK = 4_096
"""Scenarios computed at a time where the months are compiled."""

NOTHING = "do_nothing"
"""The option that every plan is also compared with."""


@dataclass(frozen=True)
class Inputs:
    """What the engine computes from.

    ``values`` holds every assumption as an array of 1 × options × scenarios (1 where it does not
    vary); ``own`` every own-cost line as months × options × 1. ``months`` is how many months are
    computed: the horizon, or more; lines of money are 0 beyond the horizon.
    """

    options: tuple[str, ...]
    reference: str
    candidate: str
    months: int
    values: Mapping[str, FloatArray]
    own: Mapping[str, FloatArray]

    @property
    def scenarios(self) -> int:
        """The number of scenarios."""
        return max(int(value.shape[2]) for value in self.values.values())

    @property
    def chunk(self) -> int:
        """How many scenarios are computed at a time."""
        return max(_FEWEST, ROW // (self.months * len(self.options)))

    @property
    def parties(self) -> tuple[int, ...]:
        """The places of reference, candidate and doing nothing; out of reach where left out, as nobody asks for it."""
        known = (self.reference, self.candidate, NOTHING)
        return tuple(self.options.index(one) if one in self.options else len(self.options) for one in known)

    def parts(self, size: int) -> Iterator[Inputs]:
        """Give the inputs of one chunk of scenarios after another."""
        for start in range(0, self.scenarios, size):
            yield self.part(start, start + size)

    def part(self, start: int, stop: int) -> Inputs:
        """Give the inputs of some scenarios."""
        values = {
            name: value if value.shape[2] == 1 else value[:, :, start:stop] for name, value in self.values.items()
        }
        return replace(self, values=values)


def evaluate(
    template: Template, inputs: Inputs, wanted: Iterable[str] | None = None, *, sums: bool = False, many: bool = False
) -> Results:
    """Compute the wanted lines (all by default) for every option and scenario.

    With ``sums``, lines that vary by month come as their sums over the months, and no texts.
    ``many`` says that so many scenarios are to come, in this call and others, that compiling pays, where it can be.
    Raises EvaluationError that names line, option and month where a formula has no answer.
    """
    program = program_of(template, None if wanted is None else frozenset(wanted), sums=sums)
    compiled = with_compiled_months(template, program) if many and inputs.scenarios > 1 else None
    if compiled is not None:
        arrays = _in_compiled_chunks(template, program, compiled, inputs)
    elif inputs.scenarios <= inputs.chunk:
        arrays = _answered(template, program, inputs, _straight)
    else:
        arrays = _in_chunks(template, program, inputs)
    return Results(template, inputs.options, inputs.months, arrays, inputs.values)


def parties_read(template: Template, inputs: Inputs, wanted: Iterable[str]) -> frozenset[str]:
    """Name the options that the wanted lines of any option read: reference, candidate, doing nothing, or fewer."""
    known = {"reference": inputs.reference, "candidate": inputs.candidate, "nothing": NOTHING}
    return frozenset(known[one] for one in program_of(template, frozenset(wanted), sums=True).parties)


def program_of(template: Template, wanted: frozenset[str] | None = None, *, sums: bool = False) -> Program:
    """Give the compiled program of a template, compiling it once."""
    programs = _programs.setdefault(template, {})
    if (wanted, sums) not in programs:
        programs[wanted, sums] = compile_template(template, wanted, sums=sums)
    return programs[wanted, sums]


_programs: WeakKeyDictionary[Template, dict[tuple[frozenset[str] | None, bool], Program]] = WeakKeyDictionary()


def _in_chunks(template: Template, program: Program, inputs: Inputs) -> dict[str, FloatArray]:
    """Compute block after block from a tape, which takes the part of the program that varies."""
    replay = _answered(template, program, inputs, _replay_of)

    def answer(_: Program, part: Inputs) -> dict[str, FloatArray]:
        try:
            return replay.run(part.values)
        except FloatingPointError:
            # Few at a time: the one without an answer is looked for one by one.
            return _joined([_answered(template, program, one, _straight) for one in part.parts(_FEWEST)])

    return _joined([_answered(template, program, part, answer) for part in inputs.parts(replay.block)])


def _in_compiled_chunks(
    template: Template, program: Program, compiled: Program, inputs: Inputs
) -> dict[str, FloatArray]:
    """Compute with compiled months; where they have no answer, numpy says why."""

    def answer(_: Program, part: Inputs) -> dict[str, FloatArray]:
        try:
            return _straight(compiled, part)
        except FloatingPointError:
            return _straight(program, part)

    return _joined([_answered(template, program, part, answer) for part in inputs.parts(COMPILED_CHUNK)])


Answer = TypeVar("Answer")


def _answered(
    template: Template, program: Program, inputs: Inputs, work: Callable[[Program, Inputs], Answer]
) -> Answer:
    """Do some work of a program; raises EvaluationError where a formula has no answer."""
    try:
        with np.errstate(divide="raise", invalid="raise", over="raise", under="ignore"):
            return work(program, inputs)
    except FloatingPointError:
        raise name_fault(template, program, inputs) from None


def _straight(program: Program, inputs: Inputs) -> dict[str, FloatArray]:
    return program.run(inputs.values, inputs.own, inputs.months, *inputs.parties)


def _replay_of(program: Program, inputs: Inputs) -> Replay:
    """Give the replay of a program for all inputs that vary likewise; each thread remembers its last."""
    key = (program, inputs.chunk, *_likeness(inputs))
    if getattr(_last, "key", None) != key:
        _last.key, _last.replay = key, Replay(*_recording(key, program, inputs), inputs.chunk)
    replay: Replay = _last.replay
    return replay


_last = threading.local()


def _recording(key: Hashable, program: Program, inputs: Inputs) -> Recording:
    """Give the tape of a program, and its outcomes; the last ones serve all threads."""
    with _lock:
        if key not in _recordings:
            _recordings[key] = _recorded(program, inputs)
            if len(_recordings) > _MOST_RECORDINGS:
                _recordings.popitem(last=False)
        _recordings.move_to_end(key)
        return _recordings[key]


Recording: TypeAlias = tuple[Tape, dict[str, Operand]]
_recordings: OrderedDict[Hashable, Recording] = OrderedDict()
_MOST_RECORDINGS = 4
"""A simulation records its lives without and with events; figures that are drawn may then change, and nothing else."""
_lock = threading.Lock()


def _likeness(inputs: Inputs) -> Iterator[Hashable]:
    """Give what two inputs share that differ in scenarios alone."""
    yield inputs.months
    yield inputs.parties
    for name, value in (*inputs.values.items(), *inputs.own.items()):
        yield name, value.shape[:2], value.tobytes() if value.shape[2] == 1 else None


def _recorded(program: Program, inputs: Inputs) -> Recording:
    tape = Tape()
    values = {
        name: inputs.values[name] if inputs.values[name].shape[2] == 1 else tape.input(name, sample)
        for name, sample in inputs.part(0, SAMPLE).values.items()
        if name in program.assumptions
    }
    outcomes = program.record(values, inputs.own, inputs.months, *inputs.parties)
    return regrouped(tape, outcomes) if program.sums else (tape, outcomes)


def _joined(parts: list[dict[str, FloatArray]]) -> dict[str, FloatArray]:
    """Put the scenarios of the chunks together; what does not vary stays as it is."""
    return {name: _along_scenarios([part[name] for part in parts]) for name in parts[0]}


def _along_scenarios(arrays: list[FloatArray]) -> FloatArray:
    if all(array.shape[2] == 1 for array in arrays):
        return arrays[0]
    return np.concatenate(arrays, axis=2)

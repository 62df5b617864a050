"""Evaluating a template for given inputs: all options at once, scenarios in chunks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

import numpy as np

from ftroi.engine.arrays import FloatArray
from ftroi.engine.faults import name_fault
from ftroi.engine.program import Program, compile_template
from ftroi.engine.results import Results
from ftroi.termsheet import Template

CHUNK = 2_000
"""Scenarios computed at a time, so that a row of months stays in the processor's cache."""

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

    def part(self, start: int, stop: int) -> Inputs:
        """Give the inputs of some scenarios."""
        values = {
            name: value if value.shape[2] == 1 else value[:, :, start:stop] for name, value in self.values.items()
        }
        return replace(self, values=values)


def evaluate(template: Template, inputs: Inputs, wanted: Iterable[str] | None = None) -> Results:
    """Compute the wanted lines (all by default) for every option and scenario.

    Raises EvaluationError that names line, option and month where a formula has no answer.
    """
    program = program_of(template, None if wanted is None else frozenset(wanted))
    parts = [_run(template, program, part) for part in _chunks(inputs)]
    arrays = parts[0] if len(parts) == 1 else _joined(parts)
    return Results(template, inputs.options, inputs.months, arrays, inputs.values)


def parties_read(template: Template, inputs: Inputs, wanted: Iterable[str]) -> frozenset[str]:
    """Name the options that the wanted lines of any option read: reference, candidate, doing nothing, or fewer."""
    known = {"reference": inputs.reference, "candidate": inputs.candidate, "nothing": NOTHING}
    return frozenset(known[one] for one in program_of(template, frozenset(wanted)).parties)


def program_of(template: Template, wanted: frozenset[str] | None = None) -> Program:
    """Give the compiled program of a template, compiling it once."""
    programs = _programs.setdefault(template, {})
    if wanted not in programs:
        programs[wanted] = compile_template(template, wanted)
    return programs[wanted]


_programs: WeakKeyDictionary[Template, dict[frozenset[str] | None, Program]] = WeakKeyDictionary()


def _chunks(inputs: Inputs) -> Iterator[Inputs]:
    scenarios = inputs.scenarios
    if scenarios <= CHUNK:
        yield inputs
        return
    for start in range(0, scenarios, CHUNK):
        yield inputs.part(start, min(start + CHUNK, scenarios))


def _run(template: Template, program: Program, inputs: Inputs) -> dict[str, FloatArray]:
    reference, candidate, nothing = (_place(inputs, one) for one in (inputs.reference, inputs.candidate, NOTHING))
    try:
        with np.errstate(divide="raise", invalid="raise", over="raise", under="ignore"):
            return program.run(inputs.values, inputs.own, inputs.months, reference, candidate, nothing)
    except FloatingPointError:
        raise name_fault(template, program, inputs) from None


def _place(inputs: Inputs, option: str) -> int:
    """Give an option's place; out of reach where it was left out because no wanted line asks for it."""
    return inputs.options.index(option) if option in inputs.options else len(inputs.options)


def _joined(parts: list[dict[str, FloatArray]]) -> dict[str, FloatArray]:
    """Put the scenarios of the chunks together; what does not vary stays as it is."""
    return {name: _along_scenarios([part[name] for part in parts]) for name in parts[0]}


def _along_scenarios(arrays: list[FloatArray]) -> FloatArray:
    if all(array.shape[2] == 1 for array in arrays):
        return arrays[0]
    return np.concatenate(arrays, axis=2)

"""Evaluating a template for given inputs: all options at once, scenarios in chunks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TypeVar
from weakref import WeakKeyDictionary

import numpy as np

from ftroi.engine.by_option import together
from ftroi.engine.diagnose import name_fault
from ftroi.engine.inputs import FEWEST, NOTHING, Inputs
from ftroi.engine.numba_backend.compile import with_compiled_months
from ftroi.engine.numpy_backend.program import Program, compile_template
from ftroi.engine.numpy_backend.runtime import FloatArray
from ftroi.engine.results import Results
from ftroi.engine.taped import replay_of
from ftroi.termsheet import Template

COMPILED_CHUNK = 16_384
"""Scenarios computed at a time where the months are compiled."""


def evaluate(
    template: Template,
    inputs: Inputs,
    wanted: Iterable[str] | None = None,
    *,
    shown: Sequence[str] | None = None,
    sums: bool = False,
    many: bool = False,
) -> Results:
    """Compute the wanted lines (all by default) of the options ``shown`` (all by default) for every scenario.

    With ``sums``, lines that vary by month come as their sums over the months, and no texts.
    ``many`` says that so many scenarios are to come, in this call and others, that compiling pays, where it can be.
    Raises EvaluationError that names line, option and month where a formula has no answer.
    """
    program = program_of(template, None if wanted is None else frozenset(wanted), sums=sums)
    of = inputs.places(inputs.options if shown is None else shown)
    compiled = with_compiled_months(template, program) if many and inputs.scenarios > 1 else None
    if compiled is not None:
        arrays = _of_options(_in_compiled_chunks(template, program, compiled, inputs), of)
    elif inputs.scenarios <= inputs.chunk:
        arrays = _of_options(_answered(template, program, inputs, _straight), of)
    else:
        arrays = _in_chunks(template, program, inputs, of)
    options = tuple(inputs.options[place] for place in of)
    return Results(template, options, inputs.months, arrays, _of_options(inputs.values, of))


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


def _in_chunks(template: Template, program: Program, inputs: Inputs, shown: tuple[int, ...]) -> dict[str, FloatArray]:
    """Compute block after block from a tape, which takes the part of the program that varies."""
    replay = _answered(template, program, inputs, partial(replay_of, shown))

    def answer(_: Program, part: Inputs) -> dict[str, FloatArray]:
        try:
            return together(replay.run(part.values))
        except FloatingPointError:
            # Few at a time: the one without an answer is looked for one by one.
            found = _joined([_answered(template, program, one, _straight) for one in part.parts(FEWEST)])
            return _of_options(found, shown)

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


def _of_options(arrays: Mapping[str, FloatArray], places: tuple[int, ...]) -> dict[str, FloatArray]:
    """Give the options at some places of arrays; what is the same for all options stays as it is."""
    return {
        name: array if array.shape[1] == 1 or places == tuple(range(array.shape[1])) else array[:, places]
        for name, array in arrays.items()
    }


def _joined(parts: list[dict[str, FloatArray]]) -> dict[str, FloatArray]:
    """Put the scenarios of the chunks together; what does not vary stays as it is."""
    return {name: _along_scenarios([part[name] for part in parts]) for name in parts[0]}


def _along_scenarios(arrays: list[FloatArray]) -> FloatArray:
    if all(array.shape[2] == 1 for array in arrays):
        return arrays[0]
    return np.concatenate(arrays, axis=2)

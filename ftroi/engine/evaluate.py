"""Evaluating a template for given inputs: all options at once, scenarios in blocks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from weakref import WeakKeyDictionary

import numpy as np

from ftroi.engine.diagnose import name_fault
from ftroi.engine.inputs import FEWEST, Inputs
from ftroi.engine.numba_backend.compile import WORTH_COMPILING, with_compiled_months
from ftroi.engine.numpy_backend.program import Program, compile_template
from ftroi.engine.results import Results
from ftroi.language import FloatArray
from ftroi.termsheet import Template

COMPILED_BLOCK = 16_384
"""Scenarios computed at a time where the months are compiled."""


def evaluate(
    template: Template,
    inputs: Inputs,
    wanted: Iterable[str] | None = None,
    *,
    shown: Sequence[str] | None = None,
    sums: bool = False,
    total: int = 0,
) -> Results:
    """Compute the wanted lines (all by default) of the options ``shown`` (all by default) for every scenario.

    With ``sums``, lines that vary by month come as their sums over the months, and no texts.
    ``total`` is how many scenarios are to come in this call and others like it, if there are others: for many the
    months are compiled, where that can be.
    Raises EvaluationError that names line, option and month where a formula has no answer.
    """
    program = program_of(template, None if wanted is None else frozenset(wanted), sums=sums)
    of = inputs.places(inputs.options if shown is None else shown)
    compiled = with_compiled_months(template, program, max(total, inputs.scenarios)) if inputs.scenarios > 1 else None
    programs = (program,) if compiled is None else (compiled, program)
    parts = inputs.parts(inputs.block if compiled is None else COMPILED_BLOCK)
    arrays = _joined([_of_options(_answered(template, programs, part), of) for part in parts])
    options = tuple(inputs.options[place] for place in of)
    return Results(template, options, inputs.months, arrays, _of_options(inputs.values, of))


def parties_read(template: Template, inputs: Inputs, wanted: Iterable[str]) -> frozenset[str]:
    """Name the options that the wanted lines of any option read, such as the reference."""
    return frozenset(inputs.parties[one] for one in program_of(template, frozenset(wanted), sums=True).parties)


def compiled_ahead(template: Template, wanted: Iterable[str]) -> bool:
    """Compile the months of lines for many scenarios to come; give whether they are compiled, be it from before."""
    program = program_of(template, frozenset(wanted), sums=True)
    return with_compiled_months(template, program, WORTH_COMPILING) is not None


def program_of(template: Template, wanted: frozenset[str] | None = None, *, sums: bool = False) -> Program:
    """The compiled program of a template, compiling it once."""
    programs = _programs.setdefault(template, {})
    if (wanted, sums) not in programs:
        programs[wanted, sums] = compile_template(template, wanted, sums=sums)
    return programs[wanted, sums]


_programs: WeakKeyDictionary[Template, dict[tuple[frozenset[str] | None, bool], Program]] = WeakKeyDictionary()


def _answered(template: Template, programs: Sequence[Program], inputs: Inputs) -> dict[str, FloatArray]:
    """Run the first program and, where it has no answer, the next one on smaller blocks, which the last names."""
    first, *others = programs
    try:
        return _straight(first, inputs)
    except FloatingPointError:
        if not others and inputs.scenarios <= FEWEST:
            raise name_fault(template, first, inputs) from None
    # Naming is slow: the last program looks for the few scenarios without an answer first.
    parts = inputs.parts(inputs.block if others else FEWEST)
    return _joined([_answered(template, others or programs, part) for part in parts])


def _straight(program: Program, inputs: Inputs) -> dict[str, FloatArray]:
    """Run a program; raises FloatingPointError where a formula has no answer."""
    with np.errstate(divide="raise", invalid="raise", over="raise", under="ignore"):
        try:
            return program.run(inputs.values, inputs.own, inputs.months, inputs.party_places)
        except ZeroDivisionError:  # of two literals, which numpy never sees
            raise FloatingPointError from None


def _of_options(arrays: Mapping[str, FloatArray], places: tuple[int, ...]) -> dict[str, FloatArray]:
    """The options at some places of arrays; what is the same for all options stays as it is."""
    return {
        name: array if array.shape[1] == 1 or places == tuple(range(array.shape[1])) else array[:, places]
        for name, array in arrays.items()
    }


def _joined(parts: list[dict[str, FloatArray]]) -> dict[str, FloatArray]:
    """Put the scenarios of the blocks together; what does not vary stays as it is."""
    return {name: _along_scenarios([part[name] for part in parts]) for name in parts[0]}


def _along_scenarios(arrays: list[FloatArray]) -> FloatArray:
    if all(array.shape[2] == 1 for array in arrays):
        return arrays[0]
    return np.concatenate(arrays, axis=2)

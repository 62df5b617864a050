"""Evaluating a template for given inputs: all options at once, scenarios in blocks that fit the processor's cache."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from weakref import WeakKeyDictionary

import numpy as np

from ftroi.engine.diagnose import locate_fault
from ftroi.engine.inputs import SMALLEST_BLOCK, Inputs
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
    """Compute the wanted lines (default: all) of the options ``shown`` (default: all) for every scenario.

    With ``sums``, lines that vary by month are returned as their sums over the months, and measures without texts.
    ``total`` is the number of scenarios in this call and similar ones to follow, if more than in this call; for large
    numbers the compiled months are used, where they are available.
    Raises EvaluationError, with line, option and month, where a formula has no result.
    """
    program = program_of(template, None if wanted is None else frozenset(wanted), sums=sums)
    of = inputs.places(inputs.options if shown is None else shown)
    compiled = with_compiled_months(template, program, max(total, inputs.scenarios)) if inputs.scenarios > 1 else None
    programs = (program,) if compiled is None else (compiled, program)
    parts = inputs.parts(inputs.block if compiled is None else COMPILED_BLOCK)
    arrays = _concatenated([_of_options(_run_with_fallback(template, programs, part), of) for part in parts])
    options = tuple(inputs.options[place] for place in of)
    return Results(template, options, inputs.months, arrays, _of_options(inputs.values, of))


def option_roles_read(template: Template, inputs: Inputs, wanted: Iterable[str]) -> frozenset[str]:
    """The options whose values the wanted lines of other options read, such as the reference."""
    return frozenset(inputs.parties[role] for role in program_of(template, frozenset(wanted), sums=True).parties)


def compile_months(template: Template, wanted: Iterable[str]) -> bool:
    """Compile the months of the wanted lines now, before many scenarios; false where they cannot be compiled."""
    program = program_of(template, frozenset(wanted), sums=True)
    return with_compiled_months(template, program, WORTH_COMPILING) is not None


def program_of(template: Template, wanted: frozenset[str] | None = None, *, sums: bool = False) -> Program:
    """The numpy program for the wanted lines of a template, cached for the life of the template."""
    programs = _programs.setdefault(template, {})
    if (wanted, sums) not in programs:
        programs[wanted, sums] = compile_template(template, wanted, sums=sums)
    return programs[wanted, sums]


_programs: WeakKeyDictionary[Template, dict[tuple[frozenset[str] | None, bool], Program]] = WeakKeyDictionary()


def _run_with_fallback(template: Template, programs: Sequence[Program], inputs: Inputs) -> dict[str, FloatArray]:
    """Run the first program; where it has no result, the next one on smaller blocks. The last one raises the error."""
    first, *others = programs
    try:
        return _run(first, inputs)
    except FloatingPointError:
        if not others and inputs.scenarios <= SMALLEST_BLOCK:
            raise locate_fault(template, first, inputs) from None
    # Diagnosing is slow: small blocks narrow the failure down to a few scenarios first.
    parts = inputs.parts(inputs.block if others else SMALLEST_BLOCK)
    return _concatenated([_run_with_fallback(template, others or programs, part) for part in parts])


def _run(program: Program, inputs: Inputs) -> dict[str, FloatArray]:
    """Run a program; raises FloatingPointError where a formula has no result."""
    with np.errstate(divide="raise", invalid="raise", over="raise", under="ignore"):
        try:
            return program.run(inputs.values, inputs.own, inputs.months, inputs.party_indices)
        except ZeroDivisionError:  # of two literals, which numpy never sees
            raise FloatingPointError from None


def _of_options(arrays: Mapping[str, FloatArray], places: tuple[int, ...]) -> dict[str, FloatArray]:
    """The arrays restricted to the options at some indices; an array with one value for all options is unchanged."""
    return {
        name: array if array.shape[1] == 1 or places == tuple(range(array.shape[1])) else array[:, places]
        for name, array in arrays.items()
    }


def _concatenated(parts: list[dict[str, FloatArray]]) -> dict[str, FloatArray]:
    """The blocks concatenated along the scenarios; lines that do not vary by scenario are taken from the first."""
    return {name: _along_scenarios([part[name] for part in parts]) for name in parts[0]}


def _along_scenarios(arrays: list[FloatArray]) -> FloatArray:
    if all(array.shape[2] == 1 for array in arrays):
        return arrays[0]
    return np.concatenate(arrays, axis=2)

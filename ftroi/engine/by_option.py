"""Options kept apart while a program is recorded: what varies in one option may be a constant in another.

A row of months × options × scenarios takes as long for an option that builds nothing as for one that does. Recorded
by option, whatever is nothing, settled or the same for all options is not computed again for each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from ftroi.engine.numpy_backend.runtime import FloatArray
from ftroi.engine.tape import AnyArray, Figure, Operand, Tape

_AXES = 2
"""The least axes of a figure: options and scenarios, which come last."""


class ByOption(np.lib.mixins.NDArrayOperatorsMixin):
    """One figure or constant for each option, each with a single option in its axes."""

    def __init__(self, parts: Sequence[Operand]) -> None:
        months, _, scenarios = _whole_shape(parts)
        self.shape: tuple[int, ...] = (*months, len(parts), scenarios)
        self.ndim = len(self.shape)
        self.parts = tuple(_with_axes(part, self.ndim) for part in parts)

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *operands: Operand, **options: Operand) -> Operand:
        """Record an operation of numpy for each option."""
        if method != "__call__" or options:
            return NotImplemented
        return applied(ufunc, operands)

    def __array_function__(self, function: Operand, _types: Operand, operands: Operand, options: Operand) -> Operand:
        """Record a choice for each option."""
        if function is not np.where or options:
            return NotImplemented
        return applied(np.where, operands)

    def __getitem__(self, index: Operand) -> Operand:
        """Give a month, or one more axis ahead, of every option."""
        return ByOption([part[0 if len(part) == 1 and isinstance(index, int) else index] for part in self.parts])

    def __len__(self) -> int:
        """Give the length of the first axis."""
        return self.shape[0]

    def __iter__(self) -> Any:  # noqa: ANN401 - what a part is
        """Give the parts along the first axis."""
        return (self[place] for place in range(len(self)))


class ApartTape(Tape):
    """A tape of figures that have a single option each."""

    def applied(self, function: Callable[..., Operand], operands: Sequence[Operand]) -> Operand:
        """Record an operation, for each option where a constant or a figure has several."""
        return applied(function, operands)


def apart(tape: Tape, name: str, sample: AnyArray) -> Operand:
    """Give an input of a tape, by option where they are kept apart, from its value for the recorded scenarios."""
    options = sample.shape[1]
    if options == 1 or not isinstance(tape, ApartTape):
        return tape.input(name, sample)
    return ByOption([tape.input(name, sample[:, place : place + 1], place) for place in range(options)])


def applied(function: Callable[..., Operand], operands: Sequence[Operand]) -> Operand:
    """Apply a function that is recorded to operands of months × options × scenarios, one option after another."""
    options = max(map(_options, operands))
    if options == 1:
        return _recorded(function, operands)
    return _joined([_recorded(function, [of_option(one, place) for one in operands]) for place in range(options)])


def _recorded(function: Callable[..., Operand], operands: Sequence[Operand]) -> Operand:
    tapes = [one.tape for one in operands if isinstance(one, Figure)]
    return tapes[0].outcome(function, operands) if tapes else np.asarray(function(*operands))


def for_each(function: Callable[..., Operand]) -> Callable[..., Operand]:
    """Give a function of figures that does its work for each option where they are kept apart."""

    def lifted(*operands: Operand) -> Operand:
        if not any(map(_is_apart, operands)):
            return function(*operands)
        options = max(map(_options, operands))
        return _joined([function(*(of_option(one, place) for one in operands)) for place in range(options)])

    return lifted


def of_option(operand: Operand, place: int) -> Operand:
    """Give an option's part of what varies by option, and all else as it is; months side by side one by one."""
    if isinstance(operand, ByOption):
        return operand.parts[place]
    if isinstance(operand, (list, tuple)):
        return [of_option(one, place) for one in operand]
    if isinstance(operand, np.ndarray) and operand.ndim >= _AXES and operand.shape[-2] > 1:
        return operand[..., place : place + 1, :]
    return operand


def _options(operand: Operand) -> int:
    if isinstance(operand, (list, tuple)):
        return max(map(_options, operand))
    shape: tuple[int, ...] = getattr(operand, "shape", ())
    return shape[-2] if len(shape) >= _AXES else 1


def _is_apart(operand: Operand) -> bool:
    if isinstance(operand, (list, tuple)):
        return any(map(_is_apart, operand))
    return isinstance(operand, ByOption) or (isinstance(operand, Figure) and isinstance(operand.tape, ApartTape))


def _joined(parts: Sequence[Operand]) -> Operand:
    """Put the options' parts together: as one array, or as one figure, where that is what they are."""
    if all(map(_is_constant, parts)):
        months, _, scenarios = _whole_shape(parts)
        return np.concatenate([np.broadcast_to(part, (*months, 1, scenarios)) for part in parts], axis=-2)
    first = parts[0]
    same = isinstance(first, Figure) and all(isinstance(part, Figure) and part.node is first.node for part in parts)
    return first if same else ByOption(parts)


def _whole_shape(parts: Iterable[Operand]) -> tuple[tuple[int, ...], int, int]:
    """Give the months (nothing of a single month), options and scenarios that parts have in common."""
    shape = np.broadcast_shapes((1,) * _AXES, *(np.shape(part) if _is_constant(part) else part.shape for part in parts))
    return shape[:-2], shape[-2], shape[-1]


def _with_axes(part: Operand, axes: int) -> Operand:
    return np.reshape(part, (1,) * (axes - np.ndim(part)) + np.shape(part)) if _is_constant(part) else part


def _is_constant(part: Operand) -> bool:
    return not isinstance(part, (Figure, ByOption))


def flat(outcomes: Mapping[str, Operand], shown: Sequence[int]) -> dict[tuple[str, int], Operand]:
    """Give outcomes of the options at ``shown``, by place among these; in one piece what is the same for all."""
    found: dict[tuple[str, int], Operand] = {}
    for name, one in outcomes.items():
        if _options(one) == 1:
            found[name, 0] = one
        else:
            found.update({(name, number): _part(one, place) for number, place in enumerate(shown)})
    return found


def _part(outcome: Operand, place: int) -> Operand:
    return outcome.parts[place] if isinstance(outcome, ByOption) else outcome[:, place : place + 1]


def together(parts: Mapping[tuple[str, int], FloatArray]) -> dict[str, FloatArray]:
    """Put the options' parts of each outcome together again, as months × options × scenarios."""
    by_name: dict[str, list[FloatArray]] = {}
    for name, place in sorted(parts):
        by_name.setdefault(name, []).append(parts[name, place])
    return {name: one[0] if len(one) == 1 else np.asarray(_joined(one)) for name, one in by_name.items()}

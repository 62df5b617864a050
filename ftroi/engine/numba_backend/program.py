"""A program whose months, and most of what comes before them, are computed by numba; numpy does the rest.

It replaces the numpy program for many scenarios where numba is installed (which it is not in a browser).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ftroi.engine.numba_backend.month_kernel import KernelSource, KernelWriter
from ftroi.engine.numba_backend.prologue import LANES, reads_months
from ftroi.engine.numpy_backend.program import ProgramWriter
from ftroi.engine.numpy_backend.runtime import whole_array
from ftroi.language import AGGREGATE_FUNCTIONS, FUNCTIONS, PARTIES, FloatArray, Name, Node, references


class NoAnswerError(FloatingPointError):
    """An operation has no result in a branch that is selected."""


@dataclass(frozen=True)
class Months:
    """Computes the lines that vary by month; called by the generated program, once the kernel is compiled."""

    source: KernelSource
    kernel: Any = None

    def run(
        self, columns: Sequence[FloatArray | float], own: Mapping[str, FloatArray], months: int, parties: Sequence[int]
    ) -> tuple[dict[tuple[str, str], FloatArray], dict[str, FloatArray]]:
        """Sums by (row function, line), and rows by line; all are months × options × scenarios.

        ``columns`` are the kernel's inputs, ``own`` the own costs by month, ``parties`` the indices of the options that
        each of the language's `PARTIES` reads. Raises NoAnswerError where an operation has no result, or a result is
        not finite.
        """
        arrays = [_contiguous_scenarios(whole_array(column)) for column in columns]
        costs = [own[name] for name in self.source.own]
        options = max((array.shape[1] for array in (*arrays, *costs)), default=1)
        count = max(array.shape[2] for array in arrays)
        by_month = np.zeros((options, months, max(1, len(costs))))
        for place, cost in enumerate(costs):
            by_month[:, :, place] = np.broadcast_to(cost[:, :, 0], (months, options)).T
        width = -(-count // LANES) * LANES
        sums = np.empty((max(1, len(self.source.sums)), options, width))
        rows = np.empty((max(1, len(self.source.rows)), options, months, width if self.source.rows else 1))
        places = np.array([min(one, options - 1) for one in parties], dtype=np.int64)
        varies = np.array([array.shape[2] > 1 for array in arrays])
        if not self.kernel(_addresses(arrays, options), varies, count, by_month, months, places, sums, rows):
            raise NoAnswerError("an operation without an answer")
        return (
            {key: sums[place, np.newaxis, :, :count] for place, key in enumerate(self.source.sums)},
            {name: rows[place, :, :, :count].transpose(1, 0, 2) for place, name in enumerate(self.source.rows)},
        )


def _contiguous_scenarios(array: FloatArray) -> FloatArray:
    """An array whose scenarios are contiguous in memory, copied only if they are not."""
    return array if array.shape[2] == 1 or array.strides[2] == array.itemsize else np.ascontiguousarray(array)


def _addresses(arrays: Sequence[FloatArray], options: int) -> NDArray[np.int64]:
    """The memory address of the first scenario, arrays × options."""
    starts = [[array.ctypes.data] for array in arrays]
    steps = [[array.strides[1] if array.shape[1] > 1 else 0] for array in arrays]
    return np.array(starts, dtype=np.int64) + np.array(steps, dtype=np.int64) * np.arange(options)


class CompiledWriter(ProgramWriter):
    """Writes a program in three parts: lines before the months, a call that computes the months, lines after them."""

    def write_both(self) -> tuple[str, Months]:
        """The program's source, and its months; raises UncompiledError where they are not supported."""
        names = [name for group in self._groups for name in group.names if name in self._needed]
        series = [name for name in names if name in self._template.series]
        after = [name for name in names if name not in series and reads_months(Name(name), self._template)]
        asked = dict.fromkeys(need for name in after for need in self._template.lines[name].needs)
        asked.update(dict.fromkeys((name, "TOTAL") for name in series if name in self._wanted & self._summed))
        sums = [(via, name) for name, via in asked if name in series and _is_summed(via)]
        solved = {name for name, via in asked if via in AGGREGATE_FUNCTIONS and not _is_summed(via)}
        rows = (self._wanted - self._summed).intersection(series) | solved
        months = KernelWriter(self._template, series, sums, [name for name in series if name in rows]).write()
        read = self._read_by([*after, *self._wanted], months.columns)
        for name in self.assumptions:
            self._out.append(f"v_{name} = values['{name}']")
        self._lines_of(name for name in names if name in read and name not in after)
        self._call(months)
        self._lines_of(after, solved)
        for name in names:
            if name in self._wanted:
                value = f"sums['TOTAL', '{name}']" if name in self._summed else f"v_{name}"
                self._out.append(f"out['{name}'] = {value}")
        return self._text(), Months(months)

    def _read_by(self, names: Iterable[str], trees: Iterable[Node]) -> frozenset[str]:
        """The scalar lines among ``names`` and the names in ``trees``, with all that they depend on."""
        waiting = [*names, *(mention.name for tree in trees for mention in references(tree))]
        found: set[str] = set()
        while waiting:
            name = waiting.pop()
            if name in self._template.lines and name not in found and name not in self._template.series:
                found.add(name)
                waiting.extend(one for one, _ in self._template.lines[name].needs)
        return frozenset(found)

    def _lines_of(self, names: Iterable[str], solved: Collection[str] = ()) -> None:
        """State lines; before the first that reads one of ``solved`` the opening of that one."""
        waiting = set(solved)
        for name in names:
            read = waiting.intersection(one for one, _ in self._template.lines[name].needs)
            for one in read:
                self._opening(one)
            waiting -= read
            self._line(self._template.lines[name])

    def _call(self, months: KernelSource) -> None:
        printer = self._printer()
        texts = [printer.text(tree) for tree in months.columns]
        parties = f"[{', '.join(f'parties[{one!r}]' for one in PARTIES)}]"
        self._out.extend(
            (*printer.statements, f"sums, rows = compiled.run([{', '.join(texts)}], own, months, {parties})")
        )
        self._out.extend(f"v_{name} = rows['{name}']" for name in months.rows)

    def _row_text(self, name: str, via: str) -> str:
        summed = _is_summed(via) and name in self._template.series
        return f"sums['{via}', '{name}']" if summed else super()._row_text(name, via)


def _is_summed(via: str) -> bool:
    """Whether a row function makes one number of a row, month by month."""
    return via in AGGREGATE_FUNCTIONS and not FUNCTIONS[via].of_all_months

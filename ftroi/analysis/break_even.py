"""Break-even: the values of an assumption at which a measure crosses its threshold, or the reference overtakes.

The whole allowed range is scanned, densely where the assumption is likely to be, near today's value and near both
ends, at all scales. There is a closer look at every turn towards the threshold and at every edge of a region without
a number, and every change of sign is narrowed down to neighbouring numbers. A measure that passes its threshold without
meeting it has a jump there: a whole number of months, or an event that moves by a month. Two crossings between
neighbouring values of the scan may stay unseen; `BreakEven.tried` says how many values there were.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ftroi.analysis.report import Report, head_of, parties_of
from ftroi.analysis.sweep import Figure, Target, require_measure, tried
from ftroi.engine import FloatArray
from ftroi.errors import Finding, PlanError
from ftroi.plan.plan import Plan

WITHIN = 1e-9
"""How near to its threshold a measure counts as meeting it: a share of its distance at the points scanned around."""

_SAME = 1e-12
_LINEAR, _DISTANCES, _SCALES, _INNER = 65, 49, 41, 63
_MOST_WHOLE = 2_000
_REACH = 1_000
_NEAREST = 1e-3
_LOOKS = 3

Gap = Callable[[FloatArray], FloatArray]
"""The measure less its threshold at values of the assumption; nan where there is no number."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: the assumption, the measure, its threshold, and where to look.

    ``threshold`` is a number in the measure's unit, another measure's name, or None for the usual one: 0, or the
    baseline's own figure, as the template's views have it (`against_zero`). ``low`` and ``high`` are None for the ends
    of the allowed range.
    """

    target: Target
    measure: str
    threshold: float | str | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Crossing:
    """A value at which the measure crosses its threshold, in the assumption's unit.

    ``rises`` says that the measure is below the threshold under this value and above it over it; of a jump
    ``value`` is the first one on the other side.
    """

    value: float
    rises: bool
    is_jump: bool


@dataclass(frozen=True)
class BreakEven:
    """Every crossing between two values, in order, and on which side the measure is without any.

    ``today`` is the assumption's value in the plan, ``tried`` how many values were looked at before narrowing down.
    ``side`` is "above", "below", "no_difference" (the measure
    does not depend on the assumption), "no_number" or, with crossings, "".
    """

    asked: Asked
    today: float
    searched: tuple[float, float]
    tried: int
    crossings: tuple[Crossing, ...]
    side: str

    @property
    def status(self) -> str:
        """Say how many there are: "none", "one" or "several"."""
        return ("none", "one", "several")[min(len(self.crossings), 2)]


def break_even(plan: Plan, asked: Asked) -> BreakEven:
    """Find where a measure of the plan's option crosses its threshold, in the plan's case.

    Raises PlanError for an unknown measure, a threshold that is none, and an empty stretch to look at.
    """
    _require(plan, asked)
    low, high = _stretch(plan, asked)
    search = _Search(_gap(plan, asked), _is_whole(plan, asked.target))
    points, gaps = search.scanned(_grid(plan, asked.target, low, high))
    crossings = tuple(search.crossings(points, gaps))
    side = "" if crossings else _side(gaps)
    return BreakEven(asked, asked.target.value(plan), (low, high), len(points), crossings, side)


def threshold_of(plan: Plan, asked: Asked) -> float | str:
    """The threshold: a number, the name of a measure of the option, or "reference" for the reference's figure."""
    if asked.threshold is not None:
        return asked.threshold
    return 0.0 if asked.measure in plan.template.views.against_zero else "reference"


def break_even_report(plan: Plan, found: BreakEven) -> Report:
    """A break-even for JSON; ``value`` is the crossing where there is exactly one, else None."""
    asked, (low, high) = found.asked, found.searched
    return {
        **head_of(plan),
        "option": plan.settings.option,
        **parties_of(plan),
        "assumption": asked.target.name,
        "of": asked.target.option or None,
        "unit": plan.template.assumptions[asked.target.name].table.unit,
        "today": found.today,
        "measure": asked.measure,
        "threshold": threshold_of(plan, asked),
        "searched": {"from": low, "to": high, "values": found.tried},
        "status": found.status,
        "side": found.side or None,
        "value": found.crossings[0].value if found.status == "one" else None,
        "crossings": [
            {
                "value": one.value,
                "direction": "rises" if one.rises else "falls",
                "kind": "jump" if one.is_jump else "crossing",
                "set": f"{asked.target}={one.value!r}",
            }
            for one in found.crossings
        ],
    }


def _require(plan: Plan, asked: Asked) -> None:
    findings: list[Finding] = []
    for name in (asked.measure, *([asked.threshold] if isinstance(asked.threshold, str) else [])):
        try:
            require_measure(plan, name)
        except PlanError as error:
            findings.extend(error.findings)
    findings.extend(_stretch_findings(plan, asked))
    if findings:
        raise PlanError(*findings)


def _stretch_findings(plan: Plan, asked: Asked) -> Iterable[Finding]:
    (low, high), (least, most) = _stretch(plan, asked), _range(plan, asked.target)
    if not low < high:
        what = f"there is nothing between {low:g} and {high:g}"
        yield Finding(str(asked.target), what, "let --from be below --to")
    if low < least or high > most:
        what = f"{low:g} to {high:g} is outside the allowed range"
        yield Finding(str(asked.target), what, f"stay between {least:g} and {most:g}")


def _stretch(plan: Plan, asked: Asked) -> tuple[float, float]:
    least, most = _range(plan, asked.target)
    return least if asked.low is None else asked.low, most if asked.high is None else asked.high


def _range(plan: Plan, target: Target) -> tuple[float, float]:
    """The allowed range; where there is none, a thousand times as far as the value is large."""
    allowed, today = plan.template.assumptions[target.name].table.range, target.value(plan)
    reach = _REACH * max(abs(today), 1.0)
    return allowed or (today - reach, today + reach)


def _is_whole(plan: Plan, target: Target) -> bool:
    table = plan.template.assumptions[target.name].table
    return table.whole or table.unit == "date"


def _gap(plan: Plan, asked: Asked) -> Gap:
    option, threshold = plan.settings.option, threshold_of(plan, asked)
    wanted = [Figure(asked.measure, option)]
    if threshold == "reference":
        wanted.append(Figure(asked.measure, plan.settings.reference))
    elif isinstance(threshold, str):
        wanted.append(Figure(threshold, option))

    def gap(points: FloatArray) -> FloatArray:
        found = tried(plan, wanted, [asked.target], points.reshape(-1, 1))
        return np.asarray(found[0] - (found[1] if len(wanted) > 1 else threshold))

    return gap


def _grid(plan: Plan, target: Target, low: float, high: float) -> FloatArray:
    """The values to scan: evenly, by growing steps from today's value outwards, and from both ends inwards."""
    if _is_whole(plan, target) and high - low <= _MOST_WHOLE:
        return np.arange(np.ceil(low), np.floor(high) + 1)
    entry, today = plan.entries[target.name], target.value(plan)
    ends = entry.ends or (low, high)
    reach = max(high - today, today - low, 1e-300)
    distances = np.geomspace(min(reach, _NEAREST * max(abs(today), ends[1] - ends[0], 1e-300)), reach, _DISTANCES)
    scales = today * 2.0 ** np.arange(-_SCALES + 1, _SCALES)
    inward = (high - low) * 2.0 ** np.arange(-_SCALES + 1.0, 0.0)
    evenly = (np.linspace(*ends, _LINEAR), np.linspace(low, high, _LINEAR))
    parts = (*evenly, today - distances, today + distances, scales, low + inward, high - inward)
    points = np.unique(np.clip(np.concatenate([*parts, [today]]), low, high))
    return np.unique(np.round(points)) if _is_whole(plan, target) else points


def _side(gaps: FloatArray) -> str:
    found = gaps[np.isfinite(gaps)]
    if not found.size:
        return "no_number"
    if np.ptp(found) <= _SAME * np.abs(found).max():
        return "no_difference"
    return "above" if found.max() > 0 else "below"


@dataclass(frozen=True)
class _Search:
    gap: Gap
    is_whole: bool

    def scanned(self, points: FloatArray) -> tuple[FloatArray, FloatArray]:
        """The points with more of them where a crossing may hide, and the gap at each.

        That is around each turn towards the threshold, and at each edge of a region without a number, which is narrowed
        down: a payback may pass its threshold just before there is none.
        """
        gaps = self.gap(points)
        for look in range(_LOOKS):
            turns = _turns(gaps) if look == 0 else ()
            around = [(at - 1, at + 1) for at in turns] + [(at, at + 1) for at in _edges(gaps)]
            more = [self._inner(points[start], points[end]) for start, end in around]
            added = np.setdiff1d(np.concatenate([np.empty(0), *more]), points)
            if not added.size:
                break
            points, gaps = np.concatenate([points, added]), np.concatenate([gaps, self.gap(added)])
            order = np.argsort(points)
            points, gaps = points[order], gaps[order]
        return points, gaps

    def crossings(self, points: FloatArray, gaps: FloatArray) -> Iterable[Crossing]:
        """Go through the changes of sign between points with a number; points at the threshold belong to none."""
        apart = ~(gaps == 0)
        for below, above in pairwise(np.flatnonzero(apart)):
            if gaps[below] * gaps[above] < 0:
                part = slice(below, above + 1)
                yield self._narrowed(points[part], gaps[part])

    def _narrowed(self, points: FloatArray, gaps: FloatArray) -> Crossing:
        """Narrow a change of sign down to neighbouring numbers, or to a value at the threshold."""
        rises, scale = bool(gaps[-1] > 0), max(1.0, float(np.nanmax(np.abs(gaps))))
        while True:
            if (gaps == 0).any():
                return Crossing(float(points[gaps == 0][0]), rises, is_jump=False)
            points, gaps = _first_change(points, gaps)
            inner = self._inner(*points)
            if not inner.size:
                break
            points, gaps = _with_number(np.array([points[0], *inner, points[1]]), gaps, self.gap(inner))
            if len(points) == 2:  # noqa: PLR2004 - the two ends alone: there is no number between them
                break
        nearest = int(np.argmin(np.abs(gaps)))
        is_jump = bool(abs(gaps[nearest]) > WITHIN * scale)
        return Crossing(float(points[1 if is_jump else nearest]), rises, is_jump)

    def _inner(self, low: float, high: float) -> FloatArray:
        """Values between two others, without them; whole ones where only these are allowed."""
        between = np.linspace(low, high, _INNER + 2)[1:-1]
        between = np.unique(np.round(between) if self.is_whole else between)
        return between[(between > low) & (between < high)]


def _edges(gaps: FloatArray) -> Iterable[int]:
    """The places after which there is a number no more, or again."""
    return np.flatnonzero(np.isfinite(gaps[:-1]) != np.isfinite(gaps[1:])).tolist()


def _turns(gaps: FloatArray) -> Iterable[int]:
    """The places at which the gap is smallest among its neighbours, on one side of the threshold."""
    for at in range(1, len(gaps) - 1):
        three = gaps[at - 1 : at + 2]
        on_one_side = bool((three > 0).all() or (three < 0).all())
        if on_one_side and abs(three[1]) < abs(three[0]) and abs(three[1]) < abs(three[2]):
            yield at


def _first_change(points: FloatArray, gaps: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The first two neighbours of opposite sign."""
    at = int(np.flatnonzero(np.sign(gaps[:-1]) != np.sign(gaps[1:]))[0])
    return points[at : at + 2], gaps[at : at + 2]


def _with_number(points: FloatArray, ends: FloatArray, inner: FloatArray) -> tuple[FloatArray, FloatArray]:
    gaps = np.array([ends[0], *inner, ends[1]])
    kept = np.isfinite(gaps)
    return points[kept], gaps[kept]

"""Break-even: the values of an assumption at which a measure crosses its threshold, or the reference overtakes.

The whole allowed range is scanned: densely where the assumption is likely to be, near its present value and near both
ends, at all scales. The scan is refined at every local extremum near the threshold and at every edge of a region in
which the measure has no value; every change of sign is then narrowed down to adjacent floats. A measure that passes its
threshold without meeting it jumps there, as whole months do. Two crossings between neighbouring points of the scan may
be missed; `BreakEven.tried` is the number of points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ftroi.analysis.report import Report, head_of, settings_of
from ftroi.analysis.sweep import OptionMeasure, Target, evaluate_points, require_measure
from ftroi.engine import FloatArray
from ftroi.errors import Finding, PlanError
from ftroi.plan.plan import Plan

WITHIN = 1e-9
"""The tolerance for meeting the threshold, relative to the measure's distance from it at the surrounding points."""

_SAME = 1e-12
_LINEAR, _DISTANCES, _SCALES, _INNER = 65, 49, 41, 63
_MOST_WHOLE = 2_000
_REACH = 1_000
_NEAREST = 1e-3
_LOOKS = 3

Gap = Callable[[FloatArray], FloatArray]
"""Maps values of the assumption to the measure minus its threshold; nan where the measure has no value."""


@dataclass(frozen=True, slots=True)
class BreakEvenQuery:
    """A question of break-even: the assumption, the measure, its threshold, and the range to search.

    ``threshold`` is a number in the measure's unit, another measure's name, or None for the default: 0 for the measures
    in the template's ``against_zero``, the baseline's value for others. ``low`` and ``high`` are None for the ends of
    the allowed range.
    """

    target: Target
    measure: str
    threshold: float | str | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Crossing:
    """A value at which the measure crosses its threshold, in the assumption's unit.

    ``rises`` says that the measure is below its threshold for smaller values, and above it for larger ones. For a jump,
    ``value`` is the first value beyond it.
    """

    value: float
    rises: bool
    is_jump: bool


@dataclass(frozen=True)
class BreakEven:
    """All crossings in the searched range, in ascending order.

    ``today`` is the assumption's value in the plan, ``tried`` the number of points of the scan. Without crossings,
    ``side`` is "above", "below", "no_difference" (the measure does not depend on the assumption) or "no_number"; else
    "".
    """

    asked: BreakEvenQuery
    today: float
    searched: tuple[float, float]
    tried: int
    crossings: tuple[Crossing, ...]
    side: str

    @property
    def status(self) -> str:
        """Say how many there are: "none", "one" or "several"."""
        return ("none", "one", "several")[min(len(self.crossings), 2)]


def break_even(plan: Plan, asked: BreakEvenQuery) -> BreakEven:
    """The values at which a measure of the plan's option crosses its threshold, in the plan's case.

    Raises PlanError for an unknown measure, an unknown threshold, and an invalid range to search.
    """
    _require(plan, asked)
    low, high = _search_range(plan, asked)
    search = _Search(_gap(plan, asked), _is_whole(plan, asked.target))
    points, gaps = search.scanned(_grid(plan, asked.target, low, high))
    crossings = tuple(search.crossings(points, gaps))
    side = "" if crossings else _side(gaps)
    return BreakEven(asked, asked.target.value(plan), (low, high), len(points), crossings, side)


def threshold_of(plan: Plan, asked: BreakEvenQuery) -> float | str:
    """The threshold: a number, the name of a measure of the option, or "reference" for the reference's figure."""
    if asked.threshold is not None:
        return asked.threshold
    return 0.0 if asked.measure in plan.template.views.against_zero else "reference"


def break_even_report(plan: Plan, found: BreakEven) -> Report:
    """A break-even as a dictionary for JSON; ``value`` is the crossing if there is exactly one, else None."""
    asked, (low, high) = found.asked, found.searched
    return {
        **head_of(plan),
        "option": plan.settings.option,
        **settings_of(plan),
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


def _require(plan: Plan, asked: BreakEvenQuery) -> None:
    findings: list[Finding] = []
    for name in (asked.measure, *([asked.threshold] if isinstance(asked.threshold, str) else [])):
        try:
            require_measure(plan, name)
        except PlanError as error:
            findings.extend(error.findings)
    findings.extend(_search_range_findings(plan, asked))
    if findings:
        raise PlanError(*findings)


def _search_range_findings(plan: Plan, asked: BreakEvenQuery) -> Iterable[Finding]:
    (low, high), (least, most) = _search_range(plan, asked), _range(plan, asked.target)
    if not low < high:
        what = f"there is nothing between {low:g} and {high:g}"
        yield Finding(str(asked.target), what, "let --from be below --to")
    if low < least or high > most:
        what = f"{low:g} to {high:g} is outside the allowed range"
        yield Finding(str(asked.target), what, f"stay between {least:g} and {most:g}")


def _search_range(plan: Plan, asked: BreakEvenQuery) -> tuple[float, float]:
    least, most = _range(plan, asked.target)
    return least if asked.low is None else asked.low, most if asked.high is None else asked.high


def _range(plan: Plan, target: Target) -> tuple[float, float]:
    """The allowed range; if there is none, a thousand times the present value in both directions."""
    allowed, today = plan.template.assumptions[target.name].table.range, target.value(plan)
    reach = _REACH * max(abs(today), 1.0)
    return allowed or (today - reach, today + reach)


def _is_whole(plan: Plan, target: Target) -> bool:
    table = plan.template.assumptions[target.name].table
    return table.whole or table.unit == "date"


def _gap(plan: Plan, asked: BreakEvenQuery) -> Gap:
    option, threshold = plan.settings.option, threshold_of(plan, asked)
    wanted = [OptionMeasure(asked.measure, option)]
    if threshold == "reference":
        wanted.append(OptionMeasure(asked.measure, plan.settings.reference))
    elif isinstance(threshold, str):
        wanted.append(OptionMeasure(threshold, option))

    def gap(points: FloatArray) -> FloatArray:
        found = evaluate_points(plan, wanted, [asked.target], points.reshape(-1, 1))
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
        """The points, with more of them where a crossing may be missed, and the gap at each.

        These are around each local extremum near the threshold, and at each edge of a region without a value: a payback
        period may pass its threshold just before it ceases to exist.
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
        """The crossings at changes of sign between points with a value; points at the threshold have no sign."""
        apart = ~(gaps == 0)
        for below, above in pairwise(np.flatnonzero(apart)):
            if gaps[below] * gaps[above] < 0:
                part = slice(below, above + 1)
                yield self._narrowed(points[part], gaps[part])

    def _narrowed(self, points: FloatArray, gaps: FloatArray) -> Crossing:
        """Narrow a change of sign down to adjacent floats, or to a value that meets the threshold."""
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
        """Points between two others, exclusive; whole numbers if only these are allowed."""
        between = np.linspace(low, high, _INNER + 2)[1:-1]
        between = np.unique(np.round(between) if self.is_whole else between)
        return between[(between > low) & (between < high)]


def _edges(gaps: FloatArray) -> Iterable[int]:
    """The indices after which values cease or begin to exist."""
    return np.flatnonzero(np.isfinite(gaps[:-1]) != np.isfinite(gaps[1:])).tolist()


def _turns(gaps: FloatArray) -> Iterable[int]:
    """The indices of local minima of the distance from the threshold, without a change of sign."""
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

"""No figure of twenty random plans changes unless that is meant."""

from __future__ import annotations

import pytest

from tests.support.former_figures import SEEDS, Figures, figures_of, former_figures

WITHIN = 1e-12
"""Of the largest figure that any option has for a measure."""


@pytest.mark.parametrize("seed", SEEDS)
def test_every_measure_of_every_option_is_what_it_was(seed: int) -> None:
    assert changes(figures_of(seed), former_figures(seed)) == []


def test_a_changed_figure_is_told() -> None:
    former = former_figures(0)
    option, measures = next(iter(former.items()))
    scale = max(abs(one["value"] or 0.0) for one in former.values())
    for changed in (None, (measures["value"] or 0.0) + 3e-12 * scale):
        found = changes(former | {option: measures | {"value": changed}}, former)
        assert found == [f"{option}.value: {measures['value']!r} became {changed!r}"]


def changes(found: Figures, former: Figures) -> list[str]:
    """Tell every figure that is not what it was; measures that are new are none of it."""
    assert found.keys() == former.keys()
    told = []
    for name in next(iter(former.values())):
        scale = max((abs(one[name] or 0.0) for one in former.values()), default=0.0)
        for option, measures in former.items():
            now, before = found[option][name], measures[name]
            is_same = now is before if now is None or before is None else abs(now - before) <= WITHIN * scale
            if not is_same:
                told.append(f"{option}.{name}: {before!r} became {now!r}")
    return told

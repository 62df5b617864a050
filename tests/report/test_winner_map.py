"""The paper's winner map: a field for every pair, with the name of the option that is best there."""

from __future__ import annotations

from ftroi.analysis.winners import find_winners, usual_axes
from ftroi.report.paper import Picture
from ftroi.report.winner_map import draw_winners, winner_map
from tests.support.edited import small_plan


def test_every_field_bears_its_options_name_in_a_colour_of_its_own() -> None:
    plan = small_plan()
    axes = usual_axes(plan)
    assert axes is not None
    found = find_winners(plan, axes)
    drawing = draw_winners(plan, found)
    fills = [element.get("fill") for element in drawing.element if element.tag == "rect"]
    names = [one for row in found.options for one in row]
    assert len(fills) == len(names)
    colours = {name: {fill for fill, one in zip(fills, names, strict=True) if one == name} for name in names}
    assert all(len(one) == 1 for one in colours.values())
    texts = [element.text for element in drawing.element if element.tag == "text"]
    for name in set(names):
        assert name is not None
        assert texts.count(plan.template.options[name].short) == names.count(name)


def test_the_paper_names_both_assumptions() -> None:
    plan = small_plan()
    picture, text = winner_map(plan)
    assert isinstance(picture, Picture)
    axes = usual_axes(plan)
    assert axes is not None
    for axis in axes:
        assert plan.template.assumptions[axis.target.name].table.label in str(text)

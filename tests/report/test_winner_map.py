"""The paper's winner map: a field for every pair, with the name of the option that is best there."""

from __future__ import annotations

from ftroi.analysis.sensitivity import Axis
from ftroi.analysis.winners import find_winners, usual_axes
from ftroi.plan import Plan
from ftroi.report.paper import Picture, Text
from ftroi.report.winner_map import winner_map
from tests.support.charts import fills_of, words_of
from tests.support.edited import small_plan


def test_every_field_bears_its_options_name_in_a_colour_of_its_own() -> None:
    plan = small_plan()
    axes = axes_of(plan)
    picture, told = winner_map(plan)
    assert isinstance(picture, Picture)
    assert isinstance(told, Text)
    names = [one for row in find_winners(plan, axes).options for one in row]
    words = words_of(picture)
    for name in set(names):
        assert name is not None
        assert words.count(plan.template.options[name].short) == names.count(name)
    assert len(fills_of(picture)) >= len(set(names))
    for axis in axes:
        assert plan.template.assumptions[axis.target.name].table.label in " ".join(words)


def test_where_one_option_is_best_everywhere_a_sentence_says_so() -> None:
    plan = small_plan().with_base("requests_per_month", 100)
    (told,) = winner_map(plan)
    assert isinstance(told, Text)
    best = {plan.template.options[one].short for row in find_winners(plan, axes_of(plan)).options for one in row if one}
    assert told.text.startswith(f"{best.pop()} has the highest net present value at every pair of ")
    assert not best


def axes_of(plan: Plan) -> tuple[Axis, Axis]:
    axes = usual_axes(plan)
    assert axes is not None
    return axes

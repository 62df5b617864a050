"""Labels of points keep off each other and stay within the chart."""

from __future__ import annotations

from itertools import combinations

from ftroi.workbook.xlsx.label_placement import Point, label_positions


def test_labels_of_neighbouring_points_stand_on_different_sides() -> None:
    near = {f"option {number}": Point(1 + number / 50, 1, "neighbour") for number in range(2)}
    places = label_positions({"far": Point(3, 0.5, "faraway"), **near})
    assert all(places[one] != places[other] for one, other in combinations(near, 2))


def test_a_label_at_the_right_edge_does_not_leave_the_chart() -> None:
    assert (
        label_positions({"a": Point(0.5, 0.5, "left"), "b": Point(1, 0.5, "a label of some length, too")})["b"]
        != "right"
    )

"""``ftroi sensitivity`` as people and programs see it."""

from __future__ import annotations

from tests.support.running import Ftroi

PRESET = ("--preset", "support_assistant")


def test_a_tornado_is_shown_the_largest_first(ftroi: Ftroi) -> None:
    told = ftroi.done("sensitivity", *PRESET, "--top", "4").out
    assert "One assumption at a time" in told
    assert max(len(line) for line in told.splitlines()) <= 100
    bars = ftroi.done("sensitivity", *PRESET, "--top", "4", "--json").json["tornado"]
    assert len(bars) == 4
    assert bars == sorted(bars, key=lambda bar: -bar["swing"])
    assert f"{bars[0]['swing']:,.0f}" in told


def test_shares_of_the_variance_come_with_their_errors(ftroi: Ftroi) -> None:
    words = ("sensitivity", *PRESET, "--indices", "--rows", "16", "--measure", "tco")
    found = ftroi.done(*words, "--json").json
    assert found["points"] == 16 * (len(found["indices"]) + 2)
    told = ftroi.done(*words, "--top", "3").out
    assert "drawn independently" in told
    assert found["indices"][0]["label"] in told


def test_a_grid_crosses_two_assumptions(ftroi: Ftroi) -> None:
    words = ("sensitivity", *PRESET, "--grid", "requests_per_month=1e5,1e6", "quality_level=70%,90%")
    found = ftroi.done(*words, "--json").json
    assert found["columns"] == {"assumption": "lora_hosted.quality_level", "values": [0.7, 0.9]}
    told = ftroi.done(*words).out
    assert all(f"{figure:,.0f}" in told for row in found["figures"] for figure in row)


def test_bad_input_is_told_with_its_cure(ftroi: Ftroi) -> None:
    assert "ask for one of the two" in ftroi.refused("sensitivity", *PRESET, "--indices", "--grid", "a", "b")
    assert "2 findings" in ftroi.refused("sensitivity", *PRESET, "--grid", "discount_rat", "quality_level=7")
    assert "did you mean 'npv'" in ftroi.refused("sensitivity", *PRESET, "--measure", "nvp")


def test_winners_are_shown_at_pairs_of_values_in_whole_words(ftroi: Ftroi) -> None:
    grid = ("--grid", "requests_per_month=1e5,1e6", "discount_rate=5%,10%")
    found = ftroi.done("sensitivity", *PRESET, "--winners", *grid, "--json").json
    assert [len(row) for row in found["winners"]] == [2, 2]
    told = ftroi.done("sensitivity", *PRESET, "--winners").out
    assert "The best option by" in told
    assert "Larger model " in told
    assert max(len(line) for line in told.splitlines()) <= 100
    assert "--winners" in ftroi.refused("sensitivity", *PRESET, "--winners", "--indices")

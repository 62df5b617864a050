"""What may stand in events.toml."""

from __future__ import annotations

from pathlib import Path

import pytest

from ftroi.errors import TemplateError
from ftroi.termsheet import load_template
from tests.support.plans import fine_tuning
from tests.support.small_template import small_template

ASSUMPTIONS = """
[storm_chance]
label = "Chance of a storm"
unit = "1/year"
scope = "plan"
kind = "decision"
base = 0.1
range = [0, 0.9]
source = "judgement"
note = "Seldom."

[storm_month]
label = "Month of the storm"
unit = "month"
scope = "plan"
kind = "decision"
base = 0
range = [0, 60]
whole = true
source = "judgement"
note = "Never."
"""


def with_events(folder: Path, *lines: str) -> Path:
    """Write the small template with a chance and a month, and with events."""
    small_template(folder)
    path = folder / "assumptions" / "all.toml"
    path.write_text(path.read_text(encoding="utf-8") + ASSUMPTIONS, encoding="utf-8")
    (folder / "events.toml").write_text("\n".join(lines), encoding="utf-8")
    return folder


def event(month: str = "storm_month", chance: str = "storm_chance", more: str = "", name: str = "storm") -> list[str]:
    return [f"[{name}]", 'label = "Storm"', f'chance = "{chance}"', f'month = "{month}"' if month else "", more]


def test_events_are_read_and_a_template_may_go_without(tmp_path: Path) -> None:
    template = load_template(with_events(tmp_path, *event()))
    assert template.events["storm"].month == "storm_month"
    assert load_template(small_template(tmp_path / "other")).events == {}
    assert set(fine_tuning().events) == {"abandonment", "withdrawal", "leap"}


@pytest.mark.parametrize(
    "lines, words",
    [
        (event(month="storm_mont"), "no assumption named 'storm_mont'; did you mean 'storm_month'"),
        (event(month="price"), "'price' cannot be its month"),
        (event(chance="price"), "the chance 'price' is in"),
        (event(chance="storm_chanc"), "did you mean 'storm_chance'"),
        (event(month=""), "either a month or an outcome"),
        (event(more='outcome = "price"'), "either a month or an outcome"),
        (event(month="", more='outcome = "nowhere"'), "no such outcome 'nowhere'"),
        (event(month="", more='outcome = "tco"'), "is in 1/year, not in 1"),
        (event(more='sizes = ["divisor"]'), "'divisor' is never drawn"),
        (event(name="events"), "'events' stands for all of them"),
        ([*event(), *event(name="other")], "'storm_month' is named twice"),
        (event(more="often = 1"), "unknown key 'often'"),
    ],
)
def test_what_an_event_cannot_be_is_told_with_its_place(tmp_path: Path, lines: list[str], words: str) -> None:
    with pytest.raises(TemplateError) as caught:
        load_template(with_events(tmp_path, *lines))
    assert words in str(caught.value)
    assert "events.toml" in str(caught.value)


def test_what_is_drawn_with_an_event_is_not_correlated_with_others(tmp_path: Path) -> None:
    folder = with_events(tmp_path, *event(more='sizes = ["price"]'))
    group = ('[both]\nlabel = "Both"\nmembers = ["price", "rent"]\nvalue = 0.5\nsource = "judgement"\nnote = "x"',)
    (folder / "correlations.toml").write_text(group[0], encoding="utf-8")
    with pytest.raises(TemplateError, match="'price' is drawn with its event"):
        load_template(folder)

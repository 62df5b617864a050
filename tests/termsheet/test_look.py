"""A house style from its values: what is changed, what is refused, and whether the verdict can be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from ftroi.termsheet import ThemeTable, load_template
from ftroi.termsheet.colour import WHITE, contrast, ink_on
from ftroi.termsheet.look import theme_of
from tests.support.small_template import small_template

READABLE = 4.5
"""The contrast that WCAG 2.2 wants of text."""

FAULTS = {
    "colours.input_ink": "E69F0",
    "verdict.stop": "red",
    "colours.hidden.2": "#12",
    "font": 'Arial"; x',
    "numbers.whole": '#,##0"',
    "numbers.date": "0;0;0;0;0",
    "numbers.percent": "0" * 10_000,
}


@pytest.mark.parametrize("place,value", FAULTS.items())
def test_a_value_that_is_none_is_told_and_the_standard_one_used(place: str, value: str) -> None:
    assert theme_of({place: value, "colours.ink": "#0A0B0C"}) == (theme_of({"colours.ink": "#0A0B0C"})[0], (place,))


def test_all_faults_are_told_at_once() -> None:
    theme, refused = theme_of(FAULTS)
    assert (theme, {*refused}) == (ThemeTable(), {*FAULTS})


def test_what_is_left_out_is_as_the_standard_look_has_it() -> None:
    theme, refused = theme_of({"font": "Source Sans 3", "colours.visible.1": "0a0b0c"})
    assert (theme.font, theme.colours.visible[1], refused) == ("Source Sans 3", "#0A0B0C", ())
    assert (theme.colours.grey, theme.colours.visible[0]) == (ThemeTable().colours.grey, "#4D4D4D")


def test_a_template_without_a_look_has_the_standard_one(tmp_path: Path) -> None:
    assert load_template(small_template(tmp_path)).theme == ThemeTable()


@pytest.mark.parametrize("code", list(ThemeTable().verdict.model_dump()))
def test_the_verdicts_text_can_be_read_on_its_fill(code: str) -> None:
    theme = ThemeTable()
    fill = theme.verdict.model_dump()[code]
    assert contrast(ink_on(fill, theme), fill) >= READABLE


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast(WHITE, "#000000") == pytest.approx(21)
    assert contrast("#767676", WHITE) == pytest.approx(4.54, abs=0.01)  # the lightest grey that passes on white

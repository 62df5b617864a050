"""A template's house style: what the shipped one states, what is refused, and where it ends up."""

from __future__ import annotations

from pathlib import Path

import pytest

from ftroi.errors import TemplateError
from ftroi.termsheet import ThemeTable, load_template
from ftroi.termsheet.colour import WHITE, contrast, ink_on
from tests.support.plans import fine_tuning
from tests.support.small_template import small_template

READABLE = 4.5
"""The contrast that WCAG 2.2 wants of text."""

FAULTS = {
    "a colour with a digit missing": ('[colours]\ninput_ink = "E69F0"', "theme.toml:2", "'E69F0' is no colour"),
    "a colour by its name": ('[verdict]\nstop = "red"', "theme.toml:2", "'red' is no colour"),
    "a colour in a palette": (
        '[colours]\n\nhidden = ["#12", "#000000", "#111111", "#222222"]',
        "theme.toml:3",
        "'#12'",
    ),
    "an unknown colour": ('[colours]\nink = "#000000"\npen = "#000000"', "theme.toml:3", "unknown key 'colours.pen'"),
    "an unknown key": ('type = "Arial"', "theme.toml:1", "unknown key 'type'"),
    "a font that is no name": ("font = 'Arial\"; x'", "theme.toml:1", "'font'"),
    "a number format with an open quote": ("[numbers]\nwhole = '#,##0\"'", "theme.toml:2", "is no number format"),
    "a number format of five parts": ("[numbers]\nwhole = '0;0;0;0;0'", "theme.toml:2", "is no number format"),
    "no number format at all": ("[numbers]\nwhole = ''", "theme.toml:2", "is no number format"),
}


@pytest.mark.parametrize("text,where,what", FAULTS.values(), ids=list(FAULTS))
def test_a_fault_is_told_with_its_line(tmp_path: Path, text: str, where: str, what: str) -> None:
    folder = small_template(tmp_path)
    (folder / "theme.toml").write_text(text, encoding="utf-8")
    with pytest.raises(TemplateError) as refused:
        load_template(folder)
    (finding,) = refused.value.findings
    assert str(finding).startswith(f"{where}: ")
    assert what in str(finding)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    folder = small_template(tmp_path)
    (folder / "theme.toml").write_text('font = ""\n[colours]\nink = "0"\ngrey = "1"\nx = 1\n', encoding="utf-8")
    with pytest.raises(TemplateError) as refused:
        load_template(folder)
    assert len(refused.value.findings) == 4


def test_a_template_without_a_theme_has_the_look_of_the_house(tmp_path: Path) -> None:
    assert load_template(small_template(tmp_path)).theme == ThemeTable()


def test_a_theme_states_what_it_changes_alone(tmp_path: Path) -> None:
    folder = small_template(tmp_path)
    (folder / "theme.toml").write_text('font = "Source Sans 3"\n[colours]\nink = "0a0b0c"\n', encoding="utf-8")
    theme = load_template(folder).theme
    assert (theme.font, theme.colours.ink) == ("Source Sans 3", "#0A0B0C")
    assert theme.colours.grey == ThemeTable().colours.grey


def test_the_shipped_theme_states_the_look_of_the_house() -> None:
    theme = fine_tuning().theme
    assert theme.model_copy(update={"numbers": ThemeTable().numbers}) == ThemeTable()


@pytest.mark.parametrize("code", list(ThemeTable().verdict.model_dump()))
def test_the_verdicts_text_can_be_read_on_its_fill(code: str) -> None:
    theme = ThemeTable()
    fill = theme.verdict.model_dump()[code]
    assert contrast(ink_on(fill, theme), fill) >= READABLE


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast(WHITE, "#000000") == pytest.approx(21)
    assert contrast("#767676", WHITE) == pytest.approx(4.54, abs=0.01)  # the lightest grey that passes on white

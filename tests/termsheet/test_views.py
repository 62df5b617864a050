"""What is shown where, as the template's views have it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ftroi.errors import TemplateError
from ftroi.termsheet import load_template
from tests.support.plans import fine_tuning
from tests.support.small_template import small_template


def test_places_keep_the_order_of_the_file_and_the_terminal_its_ranks() -> None:
    views = fine_tuning().views
    listed = [one.measure for one in views.headlines]
    for place in ("table", "options", "paper", "simulation"):
        shown = [one.measure for one in views.shown_in(place)]
        assert shown == sorted(shown, key=listed.index)
    ranks = [one.rank for one in views.shown_in("compare")]
    assert ranks == sorted(ranks)
    assert ranks[0] == 1


def test_a_template_without_views_is_refused(tmp_path: Path) -> None:
    folder = small_template(tmp_path)
    (folder / "views.toml").unlink()
    with pytest.raises(TemplateError, match=r"views.toml: is missing; add one: its \[roles\]"):
        load_template(folder)


def test_a_part_that_nothing_plays_is_told_with_what_it_is(tmp_path: Path) -> None:
    template = load_template(small_template(tmp_path))
    assert template.role("cost") == "tco"
    with pytest.raises(TemplateError, match=r"\[roles\]: this needs 'gain'.*above 0 beats it"):
        template.role("gain")

"""A template that no workbook can be made of is told before it is registered, and not by a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from ftroi.errors import TemplateError
from ftroi.termsheet import load_template
from ftroi.workbook.complete import missing_for_workbook, require_complete
from tests.support.plans import fine_tuning
from tests.support.small_template import small_template


def test_our_template_has_all_that_a_workbook_shows() -> None:
    assert list(missing_for_workbook(fine_tuning())) == []


def test_a_part_that_a_sheet_needs_and_no_name_plays_is_told(tmp_path: Path) -> None:
    template = load_template(small_template(tmp_path))
    with pytest.raises(TemplateError, match=r"\[roles\]: this needs 'gain', and nothing plays it; name it there"):
        require_complete(template)

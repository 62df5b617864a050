"""A template's checksum is another where it computes or judges otherwise, and only there."""

from __future__ import annotations

from pathlib import Path

import pytest

from ftroi.termsheet import load_template
from tests.support.small_template import small_template


def checksum(folder: Path, **changes: tuple[str, str]) -> str:
    return load_template(small_template(folder, **changes)).checksum


@pytest.mark.parametrize(
    "change",
    [
        {"lines_all": ("(divisor - month)", "(divisor + month)")},
        {"lines_all": ('nature = "economic"', 'nature = "cash"')},
        {"lines_all": ('opening = "0"', 'opening = "1"')},
        {"measures": ("TOTAL(costs)", "TOTAL(costs) + 1")},
        {"assumptions_all": ("range = [0, 1000]", "range = [0, 1001]")},
        {"assumptions_all": ('spread = "ratio"', 'spread = "difference"')},
        {"views": ('cost = "tco"', 'cost = "tco"\ngain = "tco"')},
    ],
    ids=str,
)
def test_what_computes_otherwise_has_another_checksum(change: dict[str, tuple[str, str]], tmp_path: Path) -> None:
    assert checksum(tmp_path / "as it was") != checksum(tmp_path / "changed", **change)


@pytest.mark.parametrize(
    "change",
    [
        {"lines_all": ("Paid by the month.", "Paid at the month's end.")},
        {"lines_all": ('[work]\nlabel = "Work"', '# a remark\n[work]\n\nlabel   =   "Labour"')},
        {"assumptions_all": ("base = 100\nhigh = 400", "base = 120\nhigh = 500")},
        {"options": ("price = 0", "price = 1")},
        {"presets_plain": ("Plain project", "Another project")},
        {"views": ('short = "Cost"', 'short = "Costs"')},
    ],
    ids=str,
)
def test_texts_and_what_only_a_new_workbook_takes_leave_it(change: dict[str, tuple[str, str]], tmp_path: Path) -> None:
    assert checksum(tmp_path / "as it was") == checksum(tmp_path / "changed", **change)


def test_an_edition_is_the_version_with_the_checksum(tmp_path: Path) -> None:
    template = load_template(small_template(tmp_path))
    assert template.edition == f"1.0.0+{template.checksum}"
    assert len(template.checksum) == 8

"""The workbook that comes with the template is the one that the template makes."""

from __future__ import annotations

import re
from pathlib import Path

from ftroi.analysis.case_directions import with_directions
from ftroi.plan import plan_from_preset
from ftroi.resources import templates_folder
from ftroi.termsheet.load import DEFAULT_PRESET, DEFAULT_TEMPLATE
from ftroi.workbook.write import write_workbook
from tests.support.package import parts
from tests.support.plans import fine_tuning

BUILT = templates_folder() / f"{DEFAULT_TEMPLATE}.xlsx"
ANEW = f"ftroi new {BUILT.parent.name}/{BUILT.name} --force"


_VALUE = re.compile(rb"<v>([^<]*)</v>")


def cut(content: bytes) -> bytes:
    """A sheet with its values to twelve digits: machines differ in the last ones."""

    def shorter(match: re.Match[bytes]) -> bytes:
        try:
            return f"<v>{float(match[1]):.12g}</v>".encode()
        except ValueError:
            return match[0]

    return _VALUE.sub(shorter, content)


def content(path: Path) -> dict[str, bytes]:
    return {name: cut(part) for name, part in parts(path).items()}


def test_the_built_workbook_is_not_stale(tmp_path: Path) -> None:
    write_workbook(with_directions(plan_from_preset(fine_tuning(), DEFAULT_PRESET)), tmp_path / "fresh.xlsx")
    fresh, built = content(tmp_path / "fresh.xlsx"), content(BUILT)
    stale = sorted(name for name in fresh.keys() | built.keys() if fresh.get(name) != built.get(name))
    assert stale == [], f"{BUILT} is stale: write it anew with '{ANEW}'"


def test_a_stale_workbook_would_be_noticed(tmp_path: Path) -> None:
    plan = plan_from_preset(fine_tuning(), DEFAULT_PRESET, ["rag"])
    write_workbook(plan.with_base("discount_rate", 0.101), tmp_path / "other.xlsx")
    assert content(tmp_path / "other.xlsx") != content(BUILT)


def test_only_digits_beyond_the_twelfth_are_left_out() -> None:
    assert cut(b"<v>0.1234567890123</v><v>a text</v>") == cut(b"<v>0.1234567890124</v><v>a text</v>")
    assert cut(b"<v>0.12345678901</v>") != cut(b"<v>0.12345678902</v>")
